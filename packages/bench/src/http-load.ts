// A load generator in a process of its own: node http-load.js FOLDERS-AS-JSON. Each message is an order, and is answered with a report.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { LOAD_FILE } from './load.js'

export interface LoadOrder {
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string
  readonly requests: number
  readonly connections: number
}

export interface LoadReport {
  readonly milliseconds: number
  /** With 200. */
  readonly answered: number
}

type Autocannon = (options: object, done: (error: Error | null) => void) => Instance
interface Instance {
  on(event: 'response', listener: (client: unknown, status: number) => void): void
}

const { http } = JSON.parse(process.argv[2] as string)
const { load } = await import(pathToFileURL(join(http, LOAD_FILE)).href)
const { default: autocannon } = (await load('autocannon')) as { default: Autocannon }

/** Timed by its responses: it ends with its next sample, some time after the last of them. */
function run({ url, headers, body, requests, connections }: LoadOrder): Promise<LoadReport> {
  const options = { url, headers, body, connections, amount: requests, method: 'POST', timeout: 10, sampleInt: 20 }
  return new Promise((resolve, reject) => {
    const began = performance.now()
    let last = began
    let answered = 0
    const done = (error: Error | null) => (error ? reject(error) : resolve({ milliseconds: last - began, answered }))
    autocannon(options, done).on('response', (_, status) => {
      last = performance.now()
      if (status === 200) answered += 1
    })
  })
}

process.on('message', async (order: LoadOrder) => process.send?.(await run(order)))
