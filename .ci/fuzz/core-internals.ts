// What is fuzzed by itself and no user can reach. All else goes through the public API.
export { decode } from '../../packages/core/src/decode.js'
export { encode, isCanonical } from '../../packages/core/src/encoding.js'
export { readHeader, rereadable } from '../../packages/core/src/headers.js'
export type { MacEngine } from '../../packages/core/src/mac.js'
export { engine as nodeEngine } from '../../packages/core/src/mac.node.js'
export { engine as webEngine } from '../../packages/core/src/mac.web.js'
export { formatTimestamp, parseTimestamp } from '../../packages/core/src/timestamp.js'
