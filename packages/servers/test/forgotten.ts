// Starts a server, tells where its data are, and forgets it; guard.test.ts bundles and starts it.
import { startPostgres, startRedis } from '../src/index.js'
import { redisAnswer, sqlAnswer } from './talk.js'

const [kind, state] = process.argv.slice(2)

async function startOne() {
  if (kind === 'redis') {
    const server = await startRedis()
    return { server, directory: (await redisAnswer(server.port, 'CONFIG GET dir'))?.split('\r\n').at(-1) }
  }
  const server = await startPostgres()
  return { server, directory: sqlAnswer(server.url, 'SHOW data_directory') }
}

const { server, directory } = await startOne()
if (state === 'frozen') server.freeze()
if (state !== 'ends') setInterval(() => undefined, 1_000)
process.send?.(directory)
