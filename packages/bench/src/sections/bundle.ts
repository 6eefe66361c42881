import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type BuildFailure, build } from 'esbuild'
import { PEERS } from '../peers/index.js'
import { ADAPTERS } from './imports.js'

export interface Bundle {
  readonly name: string
  readonly isOurs: boolean
  readonly bytes?: number
  readonly gzipped?: number
  /** Why there is none. */
  readonly failure?: string
}

export interface BundlePart {
  /** From the repository on. */
  readonly file: string
  readonly bytes: number
}

const FACTORIES: Record<(typeof ADAPTERS)[number], string> = {
  agilepoint: 'agilePoint',
  autify: 'autify',
  'global-commerce': 'globalCommerce',
  insider: 'insider',
  'orange-logic': 'orangeLogic',
}

/** What a receiver of each peer's needs, where its entry exports more. */
const EXPORTED: Record<string, string> = {
  standardwebhooks: "export { Webhook } from 'standardwebhooks'",
  svix: "export { Webhook } from 'svix'",
  '@octokit/webhooks-methods': "export { verify } from '@octokit/webhooks-methods'",
  stripe: "export { default } from 'stripe'",
  '@slack/bolt': "export { verifySlackRequest } from '@slack/bolt'",
  twilio: "export { default } from 'twilio'",
  'box-node-sdk': "export { WebhooksManager } from 'box-node-sdk/managers'",
  '@shopify/shopify-api':
    "import '@shopify/shopify-api/adapters/web-api'; export { shopifyApi } from '@shopify/shopify-api'",
  '@hookflo/tern': "export { WebhookVerificationService } from '@hookflo/tern'",
  '@line/bot-sdk': "export { validateSignature } from '@line/bot-sdk'",
  'secure-webhooks': "export { verify } from 'secure-webhooks'",
  'x-hub-signature': "export { default } from 'x-hub-signature'",
}

/** What a browser would load to verify: by esbuild, minified, and by `gzip -9`. */
export async function measureBundles(root: string, peers: string): Promise<Bundle[]> {
  const ours = ADAPTERS.map((folder) => {
    const contents = `export { ${FACTORIES[folder]}, createVerifier, statusOf } from '@countersign/${folder}'`
    return bundle(`@countersign/${folder}`, true, contents, join(root, 'packages', folder))
  })
  const theirs = PEERS.map(({ id }) => bundle(id, false, EXPORTED[id] ?? `export * from '${id}'`, peers))
  return Promise.all([...ours, ...theirs])
}

async function bundle(name: string, isOurs: boolean, contents: string, resolveDir: string): Promise<Bundle> {
  try {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir, sourcefile: 'user.js' },
      ...{ bundle: true, minify: true, write: false, logLevel: 'silent' },
      ...{ platform: 'browser', format: 'esm', legalComments: 'none', outdir: 'dist' },
    })
    const [code] = outputFiles
    if (!code) throw new Error('nothing came out')
    return { name, isOurs, bytes: code.contents.length, gzipped: gzipSync(code.contents, { level: 9 }).length }
  } catch (error) {
    return { name, isOurs, failure: failureText(error as BuildFailure) }
  }
}

/** The largest of ours, by the modules of its sources: what each is in it, minified. */
export async function measureParts(root: string): Promise<BundlePart[]> {
  const folder = 'global-commerce'
  const { metafile } = await build({
    stdin: {
      contents: `export { ${FACTORIES[folder]}, createVerifier, statusOf } from '@countersign/${folder}'`,
      resolveDir: join(root, 'packages', folder),
    },
    ...{ bundle: true, minify: true, write: false, metafile: true, logLevel: 'silent', absWorkingDir: root },
    ...{ platform: 'browser', format: 'esm', outdir: 'dist', conditions: ['countersign-source'] },
  })
  const inputs = Object.values(metafile.outputs)[0]?.inputs ?? {}
  return Object.entries(inputs)
    .map(([file, { bytesInOutput }]) => ({ file, bytes: bytesInOutput }))
    .filter(({ bytes }) => bytes > 0)
    .sort((one, other) => other.bytes - one.bytes)
}

/** So many are enough to see why. */
const NAMED = 3

function failureText({ errors = [], message }: BuildFailure): string {
  const missing = errors
    .map(({ text }) => /Could not resolve "(.*?)"/.exec(text)?.[1])
    .filter((name) => name !== undefined)
  const nodes = [...new Set(missing.filter((name) => isBuiltin(name)).map((name) => name.replace(/^node:/, '')))].sort()
  if (nodes.length === 0) return message.split('\n')[0] as string
  const others = nodes.length > NAMED ? ` and ${nodes.length - NAMED} more` : ''
  return `needs Node's ${nodes.slice(0, NAMED).join(', ')}${others}`
}
