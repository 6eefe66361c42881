import './style/base.css'
import './style/form.css'
import './style/outcome.css'
import './style/bytes.css'
import './style/rotation.css'
import { render } from 'preact'
import { Page } from './page.js'

render(<Page />, document.getElementById('page') as HTMLElement)
