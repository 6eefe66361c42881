import { describeGuard } from '../guard.js'

describeGuard('redis', ['killed', 'frozen', 'ends'])
