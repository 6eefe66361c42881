// Uses an installed store against a server: node store.mjs <package> <url> <name of the run>
import { deepEqual, equal } from 'node:assert/strict'
import { createRequire } from 'node:module'
import { prove } from './prove.mjs'

const [name, url, runName] = process.argv.slice(2)
const require = createRequire(import.meta.url)

/** How each client is opened and closed. */
const CLIENTS = {
  '@countersign/redis': {
    ioredis(load) {
      const { Redis } = load('ioredis')
      const client = new Redis(url)
      return { client, close: () => client.disconnect() }
    },
    async redis(load) {
      const client = await load('redis').createClient({ url }).connect()
      return { client, close: () => client.destroy() }
    },
  },
  '@countersign/postgres': {
    pg(load) {
      const client = new (load('pg').Pool)({ connectionString: url })
      return { client, close: () => client.end() }
    },
    postgres(load) {
      const client = load('postgres')(url)
      return { client, close: () => client.end() }
    },
  },
}

for (const [client, open] of Object.entries(CLIENTS[name])) {
  for (const [form, load] of [
    ['ESM', (specifier) => import(specifier)],
    ['CommonJS', async (specifier) => require(specifier)],
  ]) {
    await prove(`${client}, ${form}`, async () => {
      const opened = await open(require)
      try {
        return await use(
          await load(name),
          await load('@countersign/core'),
          opened.client,
          `${runName}-${client}-${form}`,
        )
      } finally {
        await opened.close()
      }
    })
  }
}

async function use(library, core, client, key) {
  await library.migrate?.(client)
  const [store, records] =
    name === '@countersign/redis'
      ? [library.redisStore(client), library.redisKeyrings(client)]
      : [library.postgresStore(client), library.postgresKeyrings(client)]
  const { state, token } = await store.claim(key, 60_000)
  equal(state, 'claimed')
  equal(await store.complete(key, token, 60_000), true)
  deepEqual(await store.claim(key, 60_000), { state: 'done' })
  const keyrings = core.sealed(records, Buffer.alloc(32, 7).toString('base64'))
  await keyrings.save(key, core.keyring([{ id: 'key-1', secret: 'a-secret-for-tests' }]), undefined)
  equal((await keyrings.load(key)).ring.keys[0].id, 'key-1')
  return 'claimed, completed, done; sealed, saved, loaded'
}
