import type { AnyProvider } from '@countersign/core'
import type { Adapter } from '../providers.js'
import type { Framework } from './frameworks.js'
import { literal } from './literal.js'
import type { Project } from './project.js'

/** What the parts of a receiver's file are made from. */
interface Receiver {
  readonly adapter: Adapter
  readonly provider: AnyProvider
  readonly options: Readonly<Record<string, unknown>>
  readonly project: Project
}

/** The source of a receiver. It has no type of TypeScript's in it but where a framework needs one. */
export function receiverSource(receiver: Receiver): string {
  const { adapter, provider, options, project } = receiver
  const { framework, isTypeScript } = project
  const given = Object.keys(options).length > 0 ? literal(options) : ''
  const skin = SKINS[framework]
  const from = (name: string) => (framework === 'deno' ? `npm:${name}` : name)
  return `// ${provider.title}: every delivery is verified, and handled once.${skin.note ? `\n// ${skin.note(receiver)}` : ''}
${framework === 'deno' ? "import process from 'node:process'\n" : ''}${skin.node ? `import { ${skin.node} } from 'node:http'\n` : ''}import { ${importsOf(adapter)} } from '${from(`@countersign/${adapter.id}`)}'
import { createReceiver, memoryStore } from '${from('@countersign/http')}'
${skin.import ? `import { ${skin.import[0]} } from '@countersign/http/${skin.import[1]}'\n` : ''}
const verifier = createVerifier(${adapter.factory}(${given}), {
  keys: ${keysSource(provider, variablesOf(receiver))},
})

const receiver = createReceiver(verifier, {
  // It forgets with its process: several of them share @countersign/redis or @countersign/postgres.
  idempotency: memoryStore(),
  handle(event) {
    console.info('handled once:', event)
  },
})

${skin.code({ ...receiver, isTypeScript })}
`
}

function importsOf({ factory }: Adapter): string {
  return [factory, 'createVerifier'].sort().join(', ')
}

/** The environment variables that hold the secrets. The next one is set while rotating. */
export function variablesOf({ adapter, provider }: Pick<Receiver, 'adapter' | 'provider'>): readonly string[] {
  const name = adapter.id.toUpperCase().replaceAll('-', '_')
  if (provider.slots !== undefined) return provider.slots.map((slot) => `${name}_${slot.toUpperCase()}_SECRET`)
  return [`${name}_SECRET`, `${name}_NEXT_SECRET`]
}

function keysSource({ slots }: AnyProvider, variables: readonly string[]): string {
  const values = variables.map((name) => `process.env.${name}`)
  if (slots === undefined) return `[${values.join(', ')}]`
  const members = slots.map((slot, index) => `    ${slot}: ${values[index]},`)
  return `{\n${members.join('\n')}\n  }`
}

/** What a receiver is called where something else mounts it. */
function webhookName({ factory }: Adapter): string {
  return `${factory}Webhook`
}

/** Where a receiver is mounted, unless the framework goes by files. */
export function routeOf({ id }: Adapter): string {
  return `/webhooks/${id}`
}

interface Skin {
  /** How to mount it, in a line. */
  readonly note?: (receiver: Receiver) => string
  /** What comes from node:http. */
  readonly node?: string
  /** The skin's function, and where it is in @countersign/http. */
  readonly import?: readonly [name: string, subpath: string]
  readonly code: (receiver: Receiver & { readonly isTypeScript: boolean }) => string
}

function mounted(name: string, subpath: string, line: (path: string, webhook: string) => string, when = ''): Skin {
  return {
    note: ({ adapter }) => `Mount it${when}: ${line(routeOf(adapter), webhookName(adapter))}`,
    import: [name, subpath],
    code: ({ adapter }) => `export const ${webhookName(adapter)} = ${name}(receiver)`,
  }
}

const BEFORE_PARSERS = ' before any body parser'

const SKINS: Readonly<Record<Framework, Skin>> = {
  express: mounted('toExpress', 'express', (path, webhook) => `app.all('${path}', ${webhook})`, BEFORE_PARSERS),
  fastify: mounted('toFastify', 'fastify', (path, webhook) => `app.register(${webhook}, { path: '${path}' })`),
  hono: mounted('toHono', 'hono', (path, webhook) => `app.all('${path}', ${webhook})`),
  koa: mounted(
    'toKoa',
    'koa',
    (path, webhook) => `app.use((ctx, next) => (ctx.path === '${path}' ? ${webhook}(ctx) : next()))`,
    BEFORE_PARSERS,
  ),
  nest: mounted('toNest', 'nest', (path, webhook) => `app.use('${path}', ${webhook}), before app.listen`),
  lambda: { import: ['toLambda', 'lambda'], code: () => 'export const handler = toLambda(receiver)' },
  next: { code: () => 'export const POST = receiver' },
  sveltekit: {
    code: ({ isTypeScript }) => {
      const type = isTypeScript ? ': { request: Request }' : ''
      return `export const POST = ({ request }${type}) => receiver(request)`
    },
  },
  node: {
    node: 'createServer',
    import: ['toNode', 'node'],
    code: () => 'createServer(toNode(receiver)).listen(Number(process.env.PORT ?? 3000))',
  },
  bun: { code: () => 'export default { port: Number(process.env.PORT ?? 3000), fetch: receiver }' },
  deno: { code: () => 'Deno.serve({ port: Number(process.env.PORT ?? 3000) }, receiver)' },
}
