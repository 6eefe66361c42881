import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const core = (file: string) => fileURLToPath(new URL(`../core/src/${file}`, import.meta.url))

export default defineConfig({
  // Any static host, and any path on it.
  base: './',
  resolve: {
    // The packages' sources, so that the page needs no build of theirs; and of what has two engines the web's.
    conditions: ['countersign-source', 'browser', 'module', 'import'],
    // What to do about an error. Bundles for browsers leave it out to be small, and a reader of this page wants it.
    alias: { '#advice': core('advice.node.ts') },
  },
  // What a page's own policy cannot say.
  preview: { headers: { 'Content-Security-Policy': "frame-ancestors 'none'" } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    // The first versions with light-dark().
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // It would be an inline script, which the page's policy forbids.
    modulePreload: { polyfill: false },
    // A data: URL is an origin that the page's policy does not list.
    assetsInlineLimit: 0,
    reportCompressedSize: true,
  },
})
