import { build } from 'esbuild'
import { onEach, proveInside } from './proofs.mjs'

/** Which engine computes the MACs: Node's in Node, WebCrypto in what is bundled for a browser. */
export async function proveEngines(project, nodes) {
  const use = "createVerifier, defineProvider, sign } from '@countersign/core'"
  const required = "const { createVerifier, defineProvider, sign } = require('@countersign/core')"
  for (const [outfile, contents] of [
    ['browser-import.mjs', `export { ${use}`],
    ['browser-require.mjs', `${required}\nexport { createVerifier, defineProvider, sign }`],
  ]) {
    await build({
      stdin: { contents, resolveDir: project },
      absWorkingDir: project,
      outfile,
      bundle: true,
      platform: 'browser',
      format: 'esm',
      logLevel: 'silent',
    })
  }
  return onEach(nodes, ({ path }) => proveInside(project, 'engines.mjs', [], {}, path))
}
