import { STATUS_CODES } from 'node:http'
import type { AnyProvider } from '@countersign/core'
import { printable } from '../printable.js'
import type { Colors } from '../terminal.js'
import type { Reply } from './post.js'

/** A delivery, ready to be sent. */
export interface Sending {
  readonly url: string
  readonly provider: AnyProvider
  readonly headers: readonly (readonly [string, string])[]
  /** Those of the headers that the signing made. */
  readonly signatures: readonly (readonly [string, string])[]
  readonly body: Uint8Array
  readonly isSample: boolean
}

const MOST_LINES = 5

export function sendingText({ url, provider, signatures, body, isSample }: Sending, { bold, dim }: Colors): string {
  const what = `${isSample ? 'a sample event' : 'a body'} of ${body.length} bytes`
  // In token mode the header is the secret.
  const shown = (value: string) => (provider.scheme.kind === 'token' ? '[secret]' : value)
  const headers = signatures.map(([name, value]) => dim(`  ${name}: ${shown(value)}`))
  return [bold(`POST ${printable(url)}`), `  ${what}, signed as ${provider.title} does`, ...headers].join('\n')
}

export function replyText(reply: Reply, count: number, total: number, { green, red, dim }: Colors): string {
  const { status, durationMs, body } = reply
  const paint = status < 300 ? green : red
  const number = total > 1 ? `${count}. ` : ''
  const lines = body.split('\n').filter((line) => line.trim() !== '')
  const shown = lines.slice(0, MOST_LINES).map((line) => dim(`  ${printable(line)}`))
  const more = lines.length > MOST_LINES ? [dim('  …')] : []
  const name = STATUS_CODES[status] ?? ''
  return [`${number}${paint(`${status} ${name}`.trim())} in ${Math.round(durationMs)} ms`, ...shown, ...more].join('\n')
}

interface Asked {
  readonly tamper?: true
  readonly repeat: number
}

/** What the answers mean, where they do not speak for themselves. */
export function verdictText(replies: readonly Reply[], asked: Asked, provider: AnyProvider, colors: Colors): string {
  if (asked.tamper) return tamperVerdict(replies, provider, colors)
  return asked.repeat > 1 ? repeatVerdict(replies, colors) : ''
}

function tamperVerdict(replies: readonly Reply[], { scheme }: AnyProvider, { green, red }: Colors): string {
  if (replies.every(({ status }) => status >= 400 && status < 500))
    return `${green('✔')} the changed body was refused\n`
  if (scheme.kind === 'token')
    return `${red('✘')} the changed body was not refused: in token mode nothing ties the body to the secret\n`
  const wasAccepted = replies.some(({ status }) => status < 300)
  return `${red('✘')} the changed body was ${wasAccepted ? 'accepted: the receiver does not verify it' : 'not refused with 4xx'}\n`
}

function repeatVerdict([first, ...repeats]: readonly Reply[], { green, red }: Colors): string {
  const isAlike = repeats.every(({ status }) => status === first?.status)
  if (!isAlike) {
    return `${red('✘')} repeats were answered otherwise than the first: a vendor would take that for a failure, and send again\n`
  }
  if (first !== undefined && first.status < 300) {
    return `${green('✔')} repeats were answered as a duplicate should be: like the first. Its log tells whether it was handled once\n`
  }
  return `${red('✘')} each was refused alike\n`
}
