export { bench } from './command.js'
export { compare } from './compare-command.js'
