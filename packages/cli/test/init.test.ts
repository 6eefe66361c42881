import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FRAMEWORKS } from '../src/init/frameworks.js'
import { runCommand } from './run-command.js'
import { argumentsOf, bodyOf, type Vector, vectorOf } from './vectors.js'

const MODULES = fileURLToPath(new URL('../node_modules', import.meta.url))
const TYPES = fileURLToPath(new URL('../../../node_modules/@types', import.meta.url))
const TSC = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url))

let folder: string
let running: ChildProcess | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-init-'))
})
afterEach(() => {
  running?.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

/** A project: what is in its package.json, and files. */
function project(manifest: object, files: Readonly<Record<string, string>> = {}): void {
  for (const [path, text] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files })) write(path, text)
}

function write(path: string, text: string): void {
  mkdirSync(join(folder, dirname(path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

const init = (...more: string[]) => runCommand(['init', ...more], { cwd: folder })
const contentOf = (path: string) => readFileSync(join(folder, path), 'utf8')

describe('the framework', () => {
  it.each<[string, object, Record<string, string>, string]>([
    ['next', { dependencies: { next: '16' } }, {}, 'app/webhooks/autify/route.js'],
    [
      'next',
      { dependencies: { next: '16' } },
      { 'src/app/page.tsx': '', 'tsconfig.json': '{}' },
      'src/app/webhooks/autify/route.ts',
    ],
    [
      'sveltekit',
      { devDependencies: { '@sveltejs/kit': '2' } },
      { 'tsconfig.json': '{}' },
      'src/routes/webhooks/autify/+server.ts',
    ],
    [
      'nest',
      { dependencies: { '@nestjs/core': '11', express: '5' }, devDependencies: { typescript: '5' } },
      { 'src/main.ts': '' },
      'src/webhooks/autify.ts',
    ],
    ['express', { dependencies: { express: '5' } }, {}, 'webhooks/autify.mjs'],
    ['express', { type: 'module', dependencies: { express: '5' } }, { 'src/a.js': '' }, 'src/webhooks/autify.js'],
    ['fastify', { dependencies: { fastify: '5' } }, {}, 'webhooks/autify.mjs'],
    ['hono', { dependencies: { hono: '4' } }, {}, 'webhooks/autify.mjs'],
    ['koa', { dependencies: { koa: '3' } }, {}, 'webhooks/autify.mjs'],
    ['lambda', { devDependencies: { '@types/aws-lambda': '8' } }, {}, 'webhooks/autify.mjs'],
    ['bun', {}, { 'bun.lock': '' }, 'webhooks/autify.ts'],
    ['deno', {}, { 'deno.json': '{}' }, 'webhooks/autify.ts'],
    ['node', {}, {}, 'webhooks/autify.mjs'],
  ])('is seen: %s, by %j and %j', async (framework, manifest, files, path) => {
    project(manifest, files)
    const { code, stdout, stderr } = await init('-p', 'autify')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain(`✔ ${join(path)} is written, for ${framework}.`)
    expect(contentOf(path)).toContain('createVerifier(autify(), {')
  })

  it('is plain Node where there is no package.json', async () => {
    expect((await init('-p', 'autify', '--dry-run')).stdout).toContain('for node, would be written')
  })

  it.each([
    [{}, 'npm install @countersign/autify @countersign/http'],
    [{ 'pnpm-lock.yaml': '' }, 'pnpm add @countersign/autify @countersign/http'],
    [{ 'yarn.lock': '' }, 'yarn add @countersign/autify @countersign/http'],
    [{ 'bun.lock': '' }, 'bun add @countersign/autify @countersign/http'],
  ])('so is the package manager: %j', async (files, install) => {
    project({ dependencies: { express: '5' } }, files)
    expect((await init('-p', 'autify')).stdout).toContain(`Install:      ${install}\n`)
  })
})

describe('what is written', () => {
  it('is never over a file that is there, unless told', async () => {
    project({}, { 'own.ts': 'mine' })
    const { code, stdout, stderr } = await init('-p', 'autify', '--out', 'own.ts')
    expect([code, stdout, contentOf('own.ts')]).toEqual([3, '', 'mine'])
    expect(stderr).toContain('own.ts is there already: --force writes over it')
    expect((await init('-p', 'autify', '--out', 'own.ts', '--force')).code).toBe(0)
    expect(contentOf('own.ts')).toContain('autify')
  })

  it('is only shown with --dry-run', async () => {
    const { code, stdout } = await init('-p', 'insider', '--dry-run')
    expect(code).toBe(0)
    expect(stdout).toContain("import { createVerifier, insider } from '@countersign/insider'\n")
    expect(() => contentOf('webhooks/insider.mjs')).toThrow('ENOENT')
  })

  it('has the options of the provider', async () => {
    const { stdout } = await init(
      '-p',
      'orange-logic',
      '-o',
      'hash=sha512',
      '-o',
      'rotationPeriodMs=60000',
      '--dry-run',
    )
    expect(stdout).toContain("createVerifier(orangeLogic({ hash: 'sha512', rotationPeriodMs: 60000 }), {")
    expect(stdout).toContain('keys: [process.env.ORANGE_LOGIC_SECRET, process.env.ORANGE_LOGIC_NEXT_SECRET],')
    expect(stdout).toContain('-o hash=sha512 -o rotationPeriodMs=60000 --secret-env ORANGE_LOGIC_SECRET\n')
  })

  it('is told to programs', async () => {
    const { stdout } = await init('-p', 'autify', '--json')
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      provider: 'autify',
      framework: 'node',
      typescript: false,
      path: join('webhooks/autify.mjs'),
      written: true,
      source: contentOf('webhooks/autify.mjs'),
      install: 'npm install @countersign/autify @countersign/http',
      environment: ['AUTIFY_SECRET'],
      secret: expect.stringContaining('openssl rand -hex 20'),
      send: 'countersign send http://localhost:3000/ -p autify --secret-env AUTIFY_SECRET',
    })
  })

  it.each([
    [['-p', 'agilepoint'], 'read the names off one delivery'],
    [[], 'name the provider'],
    [['-p', 'autify', '--framework', 'rails'], 'Allowed choices are next, sveltekit'],
  ])('is nothing with %j', async (more, message) => {
    const { code, stderr } = await init(...more)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })

  it('a package.json that is none is told', async () => {
    write('package.json', '{')
    const { code, stderr } = await init('-p', 'autify')
    expect(code).toBe(3)
    expect(stderr).toContain('cannot be read as JSON')
  })
})

const PORT = 'Number(process.env.PORT)'

/** How a user mounts it, by the line in the file. */
const APPS: Readonly<Record<string, string>> = {
  express: `import express from 'express'
import { autifyWebhook } from './webhooks/autify.js'
const app = express()
app.all('/webhooks/autify', autifyWebhook)
app.use(express.json())
app.listen(${PORT})`,
  fastify: `import fastify from 'fastify'
import { autifyWebhook } from './webhooks/autify.js'
const app = fastify()
app.register(autifyWebhook, { path: '/webhooks/autify' })
app.listen({ port: ${PORT} })`,
  hono: `import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { autifyWebhook } from './webhooks/autify.js'
const app = new Hono()
app.all('/webhooks/autify', autifyWebhook)
serve({ fetch: app.fetch, port: ${PORT} })`,
  koa: `import Koa from 'koa'
import { autifyWebhook } from './webhooks/autify.js'
const app = new Koa()
app.use((ctx, next) => (ctx.path === '/webhooks/autify' ? autifyWebhook(ctx) : next()))
app.listen(${PORT})`,
  next: `import { createServer } from 'node:http'
import { POST } from './app/webhooks/autify/route.js'
createServer(async (request, response) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const given = new Request('http://localhost/', { method: 'POST', headers: request.headers, body: Buffer.concat(chunks) })
  response.writeHead((await POST(given)).status).end()
}).listen(${PORT})`,
  lambda: `import { createServer } from 'node:http'
import { handler } from './webhooks/autify.js'
createServer(async (request, response) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const event = { version: '2.0', rawPath: '/', rawQueryString: '', headers: request.headers,
    requestContext: { http: { method: 'POST', path: '/' } },
    body: Buffer.concat(chunks).toString('base64'), isBase64Encoded: true }
  response.writeHead((await handler(event)).statusCode).end()
}).listen(${PORT})`,
  node: "import './webhooks/autify.js'",
}

describe('a receiver that was written', () => {
  const good = vectorOf('autify')
  const { env } = argumentsOf('autify', good)
  const secret = env.SECRET_0 ?? ''

  it.each(Object.keys(APPS))('runs in %s, and verifies', async (framework) => {
    project({ type: 'module' }, { 'app.js': APPS[framework] ?? '' })
    symlinkSync(MODULES, join(folder, 'node_modules'))
    expect((await init('-p', 'autify', '--framework', framework)).code).toBe(0)
    const url = await start({ AUTIFY_NEXT_SECRET: secret, AUTIFY_SECRET: 'another-secret-than-that' })
    expect(await statusOf(url, good)).toBe(200)
    expect(await statusOf(url, { ...good, body: `${good.body} ` })).toBe(401)
  })

  it('has types: every framework, every provider', async () => {
    project({ type: 'module' }, { 'tsconfig.json': TSCONFIG })
    symlinkSync(MODULES, join(folder, 'node_modules'))
    const agilepoint = ['-o', 'headers.both=X-A', '-o', 'headers.separator=,', '-o', 'hash=sha512']
    const wanted = [
      // Deno takes its packages from elsewhere, and its global from itself.
      ...FRAMEWORKS.filter((framework) => framework !== 'deno').map((framework) => [
        '-p',
        'autify',
        '--framework',
        framework,
      ]),
      ...['insider', 'orange-logic', 'global-commerce'].map((provider) => ['-p', provider]),
      ['-p', 'agilepoint', ...agilepoint],
    ]
    await Promise.all(wanted.map((words, index) => init(...words, '--out', `receivers/${index}.ts`)))
    const checked = await promisify(execFile)(process.execPath, [TSC, '-p', folder]).catch((error) => error)
    expect(checked.stdout).toBe('')
    expect(checked.code).toBeUndefined()
  })

  it('is formatted as Deno wants its imports', async () => {
    const { stdout } = await init('-p', 'autify', '--framework', 'deno', '--dry-run')
    expect(stdout).toContain("import { autify, createVerifier } from 'npm:@countersign/autify'")
    expect(stdout).toContain("import { createReceiver, memoryStore } from 'npm:@countersign/http'")
    expect(stdout).not.toContain('Install:')
  })

  async function start(more: Record<string, string>): Promise<string> {
    const port = await freePort()
    running = spawn(process.execPath, ['app.js'], {
      cwd: folder,
      env: { PATH: process.env.PATH, PORT: String(port), ...more },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const url = `http://127.0.0.1:${port}/webhooks/autify`
    while (
      !(await fetch(url).then(
        () => true,
        () => false,
      ))
    ) {
      if (running.exitCode !== null) throw new Error(`it ended with ${running.exitCode}`)
    }
    return url
  }
})

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: true,
    target: 'ES2022',
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    skipLibCheck: true,
    typeRoots: [TYPES],
    types: ['node'],
  },
  include: ['receivers'],
})

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await new Promise<number>((resolve) =>
    server.listen(0, () => resolve((server.address() as { port: number }).port)),
  )
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function statusOf(url: string, vector: Vector): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: vector.headers as Record<string, string>,
    body: bodyOf(vector),
  })
  await response.arrayBuffer()
  return response.status
}
