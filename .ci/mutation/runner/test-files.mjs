import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Left out: `engines` has Vitest mock the engine or what it imports, and loads a second time, so that it would seem to test what
 * is evaluated while loading. `processes` starts programs of its own, in which no mutant is active.
 */
const LEFT_OUT = /^engines|-processes\.test\.ts$/
const SUITES = /^(?:key-use|keyring-store)-suite\.test\.ts$/

/** The tests that show whether the core still does what it should, as paths from the root of a checkout. */
export function testFiles(root) {
  const packages = readdirSync(join(root, 'packages')).filter((name) => name !== 'cli')
  const explain = packages.map((name) => `packages/${name}/test/explain.test.ts`)
  return [
    ...filesIn(root, 'packages/core/test', (name) => name.endsWith('.test.ts') && !LEFT_OUT.test(name)),
    ...filesIn(root, 'packages/testkit/test', (name) => SUITES.test(name)),
    ...explain.filter((file) => existsSync(join(root, file))),
  ]
}

function filesIn(root, folder, isMeant) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter(isMeant)
    .map((name) => `${folder}/${name}`)
    .sort()
}

/**
 * Which tests of a file are run; undefined: all. Of the suites that try stores: those that try ours, and do not take seconds.
 * Not those of memory that is gone: once other files have run in the same process, and V8 (of Node 20) has optimised the core,
 * a body whose memory was handed away is not always seen to be gone. With --no-opt it is. They would fail for any mutant.
 */
export function namesIn(file) {
  if (file.startsWith('packages/testkit/')) return /^(?!.*race:).*keeps the contract/
  return file.endsWith('/lent-body.test.ts') ? /^(?!memory that is gone before)/ : undefined
}
