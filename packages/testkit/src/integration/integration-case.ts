import { expectThat } from '../expect.js'
import { type SuiteCase, suiteCase } from '../suite-case.js'
import type { SkinUnderTest } from './endpoint.js'
import { type SocketTrial, startTrial, type Trial, type TrialSetup } from './trial.js'

/** Starts a receiver, which is closed when the case is over. */
export type Start<Started extends Trial = Trial> = (setup?: TrialSetup) => Promise<Started>

/** A case, before it is known which skin it is for. */
export interface IntegrationCase<Started extends Trial = Trial> {
  readonly name: string
  run(start: Start<Started>): Promise<void>
}

/** One that only a receiver that listens can fail. */
export type SocketCase = IntegrationCase<SocketTrial>

export function anywhere(name: string, run: IntegrationCase['run']): IntegrationCase {
  return { name, run }
}

export function onSocket(name: string, run: SocketCase['run']): SocketCase {
  return { name, run }
}

/** A case for one skin. `begin` is what starts an endpoint of it. */
export function caseFor(
  skin: SkinUnderTest,
  begin: SkinUnderTest['start'],
  { name, run }: IntegrationCase | SocketCase,
): SuiteCase {
  return suiteCase(name, async () => {
    const trials: Trial[] = []
    const start = async (setup: TrialSetup = {}) => {
      const trial = await startTrial(skin, begin, setup)
      trials.push(trial)
      return trial as SocketTrial
    }
    await withoutLooseRejections(async () => {
      // Of two failures the case's own is told: that an endpoint does not close follows from many.
      const [ran] = await Promise.allSettled([run(start)])
      const closed = await Promise.allSettled(trials.map((trial) => trial.close()))
      for (const settled of [ran, ...closed]) if (settled.status === 'rejected') throw settled.reason
    })
  })
}

/** A promise that nobody waits for, and that fails, ends a process of Node's. */
async function withoutLooseRejections(run: () => Promise<void>): Promise<void> {
  const loose: unknown[] = []
  const note = (reason: unknown) => loose.push(reason)
  process.on('unhandledRejection', note)
  try {
    await run()
    // They are told of between two turns of the event loop.
    await new Promise((resume) => setImmediate(resume))
  } finally {
    process.off('unhandledRejection', note)
  }
  expectThat(loose.length === 0, 'every rejection to be handled', `loose: ${loose.map(String).join('; ')}`)
}
