import { describeGuard } from '../guard.js'

describeGuard('postgres', ['killed', 'frozen'])
