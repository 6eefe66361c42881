export { fileKeyrings } from './stores/file-keyrings.js'
