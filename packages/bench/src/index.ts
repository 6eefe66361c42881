export { bench } from './command.js'
export type { Machine } from './machine.js'
