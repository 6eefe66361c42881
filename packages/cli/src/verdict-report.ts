import { type Accepted, type AnyProvider, type Rejected, statusOf, type Verdict } from '@countersign/core'
import { printable } from './printable.js'
import type { Colors } from './terminal.js'

/** A verdict as `--json` prints it; moments are in milliseconds since the epoch. */
export function verdictJson(verdict: Verdict): Record<string, unknown> {
  if (!verdict.ok) {
    const { ok, reason, detail, authenticated } = verdict
    return { ok, reason, detail, authenticated, status: statusOf(verdict) }
  }
  const { ok, provider, keyId, keyState, assurance, timestamp, deliveryId, body } = verdict
  return { ok, provider, keyId, keyState, assurance, timestamp, deliveryId, bodyBytes: body.length }
}

/** A verdict as a person reads it. */
export function verdictText(verdict: Verdict, provider: AnyProvider, now: number, colors: Colors): string {
  return verdict.ok ? acceptedText(verdict, provider, now, colors) : refusedText(verdict, colors)
}

function refusedText(verdict: Rejected, { red, bold }: Colors): string {
  const status = `a receiver answers ${statusOf(verdict)}`
  return `${red('✘')} ${bold(`refused: ${verdict.reason}`)} (${status})\n  ${printable(verdict.detail)}`
}

function acceptedText(verdict: Accepted, { title }: AnyProvider, now: number, { green, bold, dim }: Colors): string {
  const { keyId, keyState, assurance, timestamp, deliveryId, body } = verdict
  const facts: readonly (readonly [name: string, fact: string | undefined])[] = [
    ['provider', title],
    ['key', `${keyId} (${keyState})`],
    ['assurance', `${assurance}: ${ASSURANCES[assurance]}`],
    ['delivery id', deliveryId && printable(deliveryId)],
    ['stamp', timestamp === undefined ? undefined : stampText(timestamp, now)],
    ['body', `${body.length} bytes`],
  ]
  const lines = facts.flatMap(([name, fact]) => (fact === undefined ? [] : [`  ${dim(name.padEnd(12))}${fact}`]))
  return [`${green('✔')} ${bold(`accepted: signed with ${keyId}`)}`, ...lines].join('\n')
}

const ASSURANCES: Readonly<Record<Accepted['assurance'], string>> = {
  'body-mac': 'the body is under the MAC',
  'shared-token': 'the sender knows the secret; nothing ties the body to it',
}

function stampText(timestamp: number, now: number): string {
  const seconds = Math.round(Math.abs(now - timestamp) / 1000)
  return `${new Date(timestamp).toISOString()}, ${seconds} s ${timestamp > now ? 'ahead' : 'ago'}`
}
