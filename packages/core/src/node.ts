export { fileKeyUses } from './stores/file-key-uses.js'
export { fileKeyrings } from './stores/file-keyrings.js'
