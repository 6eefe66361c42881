import fc from 'fast-check'
import { test } from 'vitest'
import { requestProperties } from './request-properties.js'

test.each(Object.entries(requestProperties))('%s', (_, property) => {
  fc.assert<unknown[]>(property as fc.IProperty<unknown[]>, { numRuns: 500 })
})
