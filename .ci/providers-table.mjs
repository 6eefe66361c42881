// The README's table of providers, made from the provider values themselves: what the table says is what the code does.
// With --write it replaces the table; without, it fails if the table in the README is another one.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
// By path, not by name: the repository's root depends on no package of its own.
import { agilePoint } from '../packages/agilepoint/dist/index.js'
import { autify } from '../packages/autify/dist/index.js'
import { globalCommerce } from '../packages/global-commerce/dist/index.js'
import { insider } from '../packages/insider/dist/index.js'
import { orangeLogic } from '../packages/orange-logic/dist/index.js'

const README = fileURLToPath(new URL('../README.md', import.meta.url))
const START = '<!-- providers:start -->'
const END = '<!-- providers:end -->'
const HOUR_MS = 60 * 60 * 1000

// AgilePoint publishes no header names, so the adapter has no default to show: these say that they are placeholders.
const PLACEHOLDERS = { primary: 'X-Your-Primary', secondary: 'X-Your-Secondary' }

const entries = [
  { folder: 'agilepoint', provider: agilePoint({ headers: PLACEHOLDERS }), headerNote: 'placeholders: you name yours' },
  { folder: 'orange-logic', provider: orangeLogic() },
  { folder: 'insider', provider: insider() },
  { folder: 'global-commerce', provider: globalCommerce() },
  { folder: 'autify', provider: autify() },
]

const columns = {
  Provider: ({ provider }) => `[${provider.title}](${provider.docs})`,
  Package: ({ folder }) => `[\`@countersign/${folder}\`](packages/${folder}/README.md)`,
  Header: headers,
  Digest: ({ provider }) => digest(provider.scheme),
  'What is signed': ({ provider }) => signedContent(provider.scheme),
  'Timestamp tolerance': ({ provider }) => tolerance(provider),
  Rotation: ({ provider }) => rotation(provider.rotation),
  'Secrets from': ({ provider }) => issuer(provider.secrets),
}

function headers({ provider, headerNote }) {
  const names = fieldsOf(provider.scheme).map(({ header, prefix = '' }) => `\`${header}${prefix && `: ${prefix}`}\``)
  return names.join(', ') + (headerNote ? ` (${headerNote})` : '')
}

/** By default every adapter expects an HMAC; the token modes are options, and stand in the adapters' own READMEs. */
function fieldsOf({ signature }) {
  return [signature].flat()
}

function digest(scheme) {
  return `HMAC-${scheme.hash.toUpperCase()}, ${fieldsOf(scheme)[0].encoding}`
}

/** Asks the provider to sign marked values: the marks then stand where the delivery's own values would. */
function signedContent({ signed }) {
  const marked = { body: Buffer.from('<body>'), timestamp: '<timestamp>', id: '<id>', url: '<url>', method: 'POST' }
  return `\`${Buffer.concat(signed(marked).map((part) => Buffer.from(part)))}\``
}

function tolerance({ scheme, toleranceSeconds = 300 }) {
  return scheme.timestamp === undefined ? 'no timestamp' : `${toleranceSeconds} s, both ways`
}

function rotation(policy) {
  switch (policy.kind) {
    case 'slots':
      return `slots ${policy.slots.join(' and ')}, one at a time, ${duration(policy.guardMs)} apart or more; by turns, one every ${duration(policy.periodMs)}`
    case 'overlap':
      return `old and new key both sign for ${duration(policy.defaultGraceMs)}`
    case 'expiring':
      return `up to ${policy.max} secrets; the old one expires after ${oneOf(policy.gracesMs.map((ms) => ms / HOUR_MS))} hours; the new one signs ${policy.activates === 'after-grace' ? 'after that' : 'at once'}`
    case 'swap':
      return `the vendor swaps at once; the old key retires for ${duration(policy.defaultGraceMs)}`
  }
}

function oneOf(values) {
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
}

function duration(ms) {
  const hours = ms / HOUR_MS
  return hours > 24 && hours % 24 === 0 ? `${hours / 24} days` : `${hours} h`
}

function issuer({ issuedBy } = { issuedBy: 'you' }) {
  return { vendor: 'the vendor', you: 'you', either: 'you or the vendor' }[issuedBy]
}

/** Columns of one width each, which is how the formatter wants a table. */
function table() {
  const cells = Object.entries(columns).map(([name, cell]) => [name, '', ...entries.map(cell)])
  const padded = cells.map((column) => {
    const width = Math.max(...column.map((text) => text.length))
    return column.map((text, row) => (row === 1 ? '-'.repeat(width) : text.padEnd(width)))
  })
  return padded[0].map((_, row) => `| ${padded.map((column) => column[row]).join(' | ')} |`).join('\n')
}

/** The README with its table replaced. Cut and joined, never `replace`: that would read a `$` in the table as a pattern. */
function withTable(readme) {
  const start = readme.indexOf(START)
  const end = readme.indexOf(END)
  if (start < 0 || end < start) throw new Error(`README.md has no region from ${START} to ${END}`)
  return `${readme.slice(0, start)}${START}\n\n${table()}\n\n${readme.slice(end)}`
}

const before = readFileSync(README, 'utf8')
const after = withTable(before)
if (process.argv.includes('--write')) {
  writeFileSync(README, after)
} else if (after !== before) {
  console.log(
    'README.md: its table of providers is not the one that the adapters make. Write it anew with: npm run providers-table',
  )
  process.exitCode = 1
} else {
  console.log(`providers-table: ${entries.length} providers, as the adapters make them`)
}
