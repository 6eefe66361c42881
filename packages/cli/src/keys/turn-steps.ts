import type { Situation, Step } from './checklist-step.js'
import type { KeyRow } from './key-row.js'
import { keysCommandText } from './printed-command.js'
import type { Retirement } from './retirement.js'
import { encodingOf } from './secret-encoding.js'
import { hasTakenOver, type TurnUnderWay } from './turn-under-way.js'
import { vendorWords } from './vendor-words.js'
import { matchedWhen, when } from './when.js'

export function updateStep({ fresh }: TurnUnderWay, { name, provider, given }: Situation): Step {
  const isThere = provider.secrets?.issuedBy === 'vendor'
  const isDone = isThere || hasTakenOver(fresh)
  return {
    name: 'update',
    state: isDone ? 'done' : 'now',
    says: [vendorWords(provider).update(fresh.id), provider.docs],
    commands: isDone ? [] : [keysCommandText(['reveal', name, fresh.id], given.store)],
  }
}

export function testStep({ fresh }: TurnUnderWay, situation: Situation): Step {
  const { name, given } = situation
  const isDone = fresh.lastUsed !== undefined
  const reveal = keysCommandText(['reveal', name, fresh.id, '--confirm', name], given.store)
  return {
    name: 'test',
    state: isDone ? 'done' : 'now',
    says: [`Send your receiver a delivery that is signed with ${fresh.id} alone. It has to answer 2xx.`],
    commands: isDone ? [] : [`${reveal} |\n  ${sendText(fresh, situation)}`],
  }
}

/** It signs with the one secret that comes by stdin. */
function sendText({ id, slot }: KeyRow, { ring, provider, given }: Situation): string {
  const encoding = encodingOf(ring, id)
  const knowsHeaders = provider.id !== 'agilepoint' || given.provider.includes('headers.')
  return [
    'countersign send https://your.endpoint/webhooks',
    given.provider.includes(' --provider ') ? given.provider : ` --provider ${provider.id}${given.provider}`,
    knowsHeaders ? '' : ' -o headers.primary=NAME -o headers.secondary=NAME',
    ` --secret-file ${slot === undefined ? '' : `${slot}=`}-`,
    encoding === 'utf8' ? '' : ` --secret-encoding ${encoding}`,
  ].join('')
}

export function monitorStep(turn: TurnUnderWay, { verdict }: Retirement, situation: Situation): Step {
  const { fresh, old, waits } = turn
  const { name, uses, now, given } = situation
  const isOver = verdict === 'safe' || verdict === 'ended'
  const matches = [fresh, ...old].map((key) => `${key.id}${key === fresh ? ' (new)' : ''} ${matched(key, now)}.`)
  return {
    name: 'monitor',
    state: isOver ? 'done' : uses === undefined ? 'unknown' : 'now',
    says: [...(uses === undefined ? [UNRECORDED] : matches), ...monitorNotes(turn, situation)],
    commands: waits ? [keysCommandText(['promote', name, fresh.id], given.provider, given.store)] : [],
  }
}

const UNRECORDED = 'Nobody records when keys match: see createKeyUsage in the README of @countersign/http.'

function monitorNotes({ fresh, waits }: TurnUnderWay, { provider }: Situation): readonly string[] {
  if (waits)
    return [`${fresh.id} matches once ${provider.title} has switched, or for a test of yours. Then promote it:`]
  if (provider.rotation.kind !== 'slots') return []
  return ['A delivery counts for one of the slots. Whether the other fits as well, the note slot-mismatch tells.']
}

export function retireStep({ old, waits }: TurnUnderWay, { verdict, because }: Retirement, situation: Situation): Step {
  const { name, now, given } = situation
  const state = { safe: 'now', ended: 'now', unknown: 'unknown', 'not-yet': 'later' } as const
  const ends = old.flatMap(({ id, state: is, until }) =>
    is === 'retiring' && until !== undefined ? [`${id} ends by itself on ${when(until, now)}.`] : [],
  )
  const verb = { safe: 'safe to retire', ended: 'ended', unknown: 'unknown', 'not-yet': 'not yet' }[verdict]
  const revoke = old
    .filter(({ state: is }) => is === 'retiring')
    .map(({ id }) => keysCommandText(['revoke', name, id], given.store))
  const prune = [keysCommandText(['prune', name], given.store)]
  const commands = verdict === 'safe' ? revoke : verdict === 'ended' && old.length > 0 ? prune : []
  return { name: 'retire', state: waits ? 'later' : state[verdict], says: [`${verb}: ${because}.`, ...ends], commands }
}

function matched({ lastUsed }: KeyRow, now: number): string {
  return lastUsed === undefined ? 'has not matched yet' : matchedWhen(lastUsed, now)
}
