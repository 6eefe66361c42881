import type { Colors } from '../terminal.js'
import type { FleetResult } from './fleet-drill.js'
import type { StoreKind } from './store-kinds.js'

const NAMES: Record<StoreKind, string> = { redis: 'Redis', postgres: 'PostgreSQL' }
/** What has to be set for a completion that was answered never to be forgotten. */
const SETTINGS: Record<StoreKind, string> = {
  redis: 'appendonly yes, appendfsync always, maxmemory-policy noeviction',
  postgres: 'fsync on, synchronous_commit on',
}

/** The report for people. */
export function fleetReport(result: FleetResult, colors: Colors): string {
  const { traffic, faults, operator, propagation, effects } = result
  return [
    colors.bold(`countersign drill: ${result.instances} instances on ${NAMES[result.store]}`),
    INTRODUCTION,
    `${NAMES[result.store]} with ${SETTINGS[result.store]}.`,
    '',
    rows([
      [
        'events',
        `${number(traffic.events)}; ${number(traffic.retries)} retries, ${number(traffic.duplicates)} duplicates`,
      ],
      ['forged deliveries', `${number(traffic.forged)}; ${number(traffic.stolen)} of them with a key that was revoked`],
      ['answers', answersIn(traffic.statuses)],
      [
        'refused at first',
        `${number(traffic.refusedAtFirst)} good ones, with a key of which the instance had not heard`,
      ],
      ['store', `killed ${faults.storeKilled}, frozen ${faults.storeFrozen}, slowed ${faults.storeSlowed} times`],
      ['instances', `killed ${faults.instancesKilled} times`],
      ['rotations', `${number(propagation.rotations)}${uncertainty(operator.uncertain)}`],
      ['to the last instance', `median ${seconds(propagation.medianMs)}, worst ${seconds(propagation.worstMs)}`],
    ]),
    '',
    rows([
      ['wrongly accepted', judged(result.wronglyAccepted.length, colors)],
      ['events lost', judged(result.lost.length, colors)],
      ['handled after completion', `${judged(effects.afterCompletion.length, colors)}${before(effects.again)}`],
      ['rotations missed', judged(propagation.missed, colors)],
    ]),
    '',
    closing(result, colors),
  ].join('\n')
}

const INTRODUCTION = `Receivers, each a process of its own, share their keyring (sealed) and their idempotency.
An operator rotates the key through the store, and the vendor switches at once. The store
is killed, frozen and slowed, and instances are killed, while the vendor retries.`

function rows(lines: readonly (readonly [string, string])[]): string {
  return lines.map(([name, text]) => `  ${name.padEnd(NAME_WIDTH)}  ${text}`).join('\n')
}

const NAME_WIDTH = 'handled after completion'.length

function before(again: number): string {
  return again === 0 ? '' : `; ${number(again)} again before it, since their instance was killed or lost its lease`
}

function answersIn(statuses: ReadonlyMap<number, number>): string {
  return [...statuses]
    .sort(([one], [other]) => one - other)
    .map(([status, count]) => `${status === 0 ? 'none' : status}: ${number(count)}`)
    .join(', ')
}

function uncertainty(count: number): string {
  return count === 0 ? '' : `; ${count} saves without an answer, so the operator looked again`
}

function judged(count: number, colors: Colors): string {
  return count === 0 ? colors.green('0') : colors.red(String(count))
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

function closing(result: FleetResult, colors: Colors): string {
  const { ok, traffic, propagation, durationMs } = result
  const what = ok ? 'nothing lost, wrongly accepted or handled again' : 'something went wrong, see above'
  const text = `${number(traffic.events)} events, ${propagation.rotations} rotations: ${what} (${seconds(durationMs)})`
  return ok ? colors.green(`✔ ${text}`) : colors.red(`✘ ${text}`)
}
