import './style/base.css'
import './style/form.css'
import './style/outcome.css'
import './style/bytes.css'
import './style/rotation.css'
import { render } from 'preact'
import { keepFocus } from './focus-keeper.js'
import { Page } from './page.js'

const root = document.getElementById('page') as HTMLElement
render(<Page />, root)
keepFocus(root.querySelector('main') as HTMLElement)
