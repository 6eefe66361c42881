/** Express 4 beside Express 5: used as far as their types agree. */
declare module 'express4' {
  export { default } from 'express'
}
