import { sha256 } from './bytes.js'
import { deliveryOf, describe } from './corpus.js'
import { PROVIDERS, type ProviderId } from './delivery.js'
import { engineUsed } from './engine.js'
import { judge } from './judge.js'
import { portableCases } from './portable-cases.js'

export interface Wanted {
  readonly seed: number
  /** How many deliveries of each provider. */
  readonly count: number
  /** Only this delivery, such as 'autify/12', and all about it. */
  readonly only?: string | undefined
}

/** One delivery: what went in, what came out, and whether that is what had to. */
export interface Line {
  readonly id: string
  readonly kind: string
  /** A digest of all that the verdict depends on; the whole of it where one delivery was asked for. */
  readonly input: string
  readonly outcome: string
  readonly record: string
  /** What was expected instead. */
  readonly expected?: readonly string[]
}

export interface Result {
  readonly engine: 'node' | 'web'
  readonly lines: readonly Line[]
  readonly cases: {
    readonly names: string
    readonly passed: number
    readonly failed: readonly { name: string; error: string }[]
  }
}

/** How many deliveries are under way at a time: what they share must not mind. */
const AT_A_TIME = 16

/** The whole suite. The same in every runtime; what comes out has to be, too. */
export async function runSuite({ seed, count, only }: Wanted): Promise<Result> {
  const engine = await engineUsed()
  if (only !== undefined)
    return { engine, lines: [await onlyLine(seed, only)], cases: { names: '', passed: 0, failed: [] } }
  const ids = PROVIDERS.flatMap((provider) => Array.from({ length: count }, (_, index) => ({ provider, index })))
  const lines: Line[] = []
  for (let start = 0; start < ids.length; start += AT_A_TIME) {
    const batch = ids.slice(start, start + AT_A_TIME)
    lines.push(...(await Promise.all(batch.map(({ provider, index }) => lineOf(seed, provider, index)))))
  }
  return { engine, lines, cases: await runCases() }
}

async function lineOf(seed: number, provider: ProviderId, index: number): Promise<Line> {
  const delivery = await deliveryOf(seed, provider, index)
  const input = (await sha256(await describe(delivery))).slice(0, 16)
  const { outcome, record } = await judge(delivery)
  const { kind, expected } = delivery
  const isWrong = expected ? !expected.some((one) => one === outcome) : !/^[a-z-]+$/.test(outcome)
  const line = { id: `${provider}/${index}`, kind, input, outcome, record }
  return isWrong ? { ...line, expected: expected ?? ['a verdict or a code'] } : line
}

async function onlyLine(seed: number, id: string): Promise<Line> {
  const [provider, index] = id.split('/')
  if (!PROVIDERS.some((one) => one === provider)) throw new Error(`no such provider: ${provider}`)
  const line = await lineOf(seed, provider as ProviderId, Number(index))
  return { ...line, input: await describe(await deliveryOf(seed, provider as ProviderId, Number(index))) }
}

async function runCases(): Promise<Result['cases']> {
  const cases = portableCases()
  const failed: { name: string; error: string }[] = []
  for (const { name, run } of cases) {
    try {
      await run()
    } catch (error) {
      failed.push({ name, error: String((error as Partial<Error> | null)?.message ?? error) })
    }
  }
  const names = await sha256(cases.map(({ name }) => name).join('\n'))
  return { names, passed: cases.length - failed.length, failed }
}
