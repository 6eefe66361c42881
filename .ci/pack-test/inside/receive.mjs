// Posts a good delivery and a tampered one to the quick start: node receive.mjs <proof> <package> <quick-start.mjs|cjs>
import { deepEqual, equal } from 'node:assert/strict'
import { createRequire } from 'node:module'
import { prove } from './prove.mjs'

const [proof, name, file] = process.argv.slice(2)
const { env } = process
const require = createRequire(import.meta.url)
// Standard output is for the proofs; what a quick start prints goes beside them.
console.info = console.error
// Package and quick start in the same form, so that this process has one copy of each.
const load = file.endsWith('.cjs') ? require : (specifier) => import(specifier)

await prove(proof, async () => {
  const quickStart = await load(`./${file}`)
  equal(typeof quickStart.POST, 'function', 'the quick start has to export function POST(request)')
  const library = await load(name)
  const provider = quickStart.provider ?? (await defaultProvider(library))
  const body = '{"type":"example"}'
  const headers = await library.sign(provider, keysOf(provider), body)
  const statuses = []
  for (const posted of [body, body.replace('example', 'exampel')]) {
    const request = new Request('https://example.com/webhooks', { method: 'POST', headers, body: posted })
    statuses.push((await quickStart.POST(request)).status)
  }
  deepEqual(statuses, [200, 401], 'a good delivery has to be answered 200 and a tampered one 401')
  return statuses.join(' and ')
})

function keysOf({ slots }) {
  const prefix = env.SECRETS_PREFIX
  if (slots === undefined) return env[`${prefix}_SECRET`]
  return Object.fromEntries(slots.map((slot) => [slot, env[`${prefix}_${slot.toUpperCase()}_KEY`]]))
}

/** The provider of an adapter whose quick start exports none: made by its one function, without options. */
async function defaultProvider(library) {
  const core = await load('@countersign/core')
  const own = Object.keys(library).filter((key) => !(key in core) && typeof library[key] === 'function')
  equal(own.length, 1, 'the quick start has to export its provider')
  return library[own[0]]()
}
