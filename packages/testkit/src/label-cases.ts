import { concat, sameBytes } from './bytes.js'
import { expectVerified } from './expect.js'
import { messageOf } from './fresh-mac.js'
import type { SignatureHeader } from './signature-header.js'
import type { HmacSubject } from './subject.js'
import { type SuiteCase, suiteCase } from './suite-case.js'

/** Labels and order describe the entries of a header; they never select a key. */
export function labelCases(subject: HmacSubject): readonly SuiteCase[] {
  const several = subject.signatures.filter(hasInterchangeableEntries)
  const labelled = several.filter(({ candidates }) => candidates.every(({ label }) => label !== undefined))
  if (signsLabel(subject)) return []
  return [
    ...rearranged(subject, several, 'entries: signatures in reverse order verify', (labels, texts) => [
      labels,
      reversed(texts),
    ]),
    ...rearranged(subject, labelled, 'labels: in reverse order, each before the signature of another, verify', swap),
    ...rearranged(subject, labelled, 'labels: with their signatures in reverse order verify', (labels, texts) => [
      reversed(labels),
      reversed(texts),
    ]),
    ...rearranged(subject, labelled, 'labels: all of them the first one verify', ([first = ''], texts) => [
      texts.map(() => first),
      texts,
    ]),
  ]
}

/** Where `parse` gives the entries different slots, their places do mean something. */
function hasInterchangeableEntries({ candidates }: SignatureHeader): boolean {
  return candidates.length > 1 && candidates.every(({ slot }) => slot === candidates[0]?.slot)
}

/** A scheme may sign the label itself: then another label is another content. */
function signsLabel(subject: HmacSubject): boolean {
  const message = messageOf(subject)
  const { signed } = subject.scheme
  return !sameBytes(concat(...signed(message)), concat(...signed({ ...message, label: 'another-label' })))
}

type Rearrange = (
  labels: readonly string[],
  texts: readonly string[],
) => readonly [readonly string[], readonly string[]]

function swap(labels: readonly string[], texts: readonly string[]) {
  return [reversed(labels), texts] as const
}

function rearranged(
  subject: HmacSubject,
  signatures: readonly SignatureHeader[],
  name: string,
  rearrange: Rearrange,
): readonly SuiteCase[] {
  const written = signatures.map((header) => [header.name, write(header, rearrange)])
  if (written.length === 0) return []
  return [
    suiteCase(name, async () => {
      await expectVerified(subject, { headers: { ...subject.headers, ...Object.fromEntries(written) } })
    }),
  ]
}

/** The header with other labels and signatures in the places where it has them. */
function write({ text, candidates }: SignatureHeader, rearrange: Rearrange): string {
  const wires = candidates.map(({ start, end }) => text.slice(start, end))
  const [labels, signatures] = rearrange(
    candidates.map(({ label }) => label ?? ''),
    wires,
  )
  const ends = [0, ...candidates.map(({ end }) => end)]
  const entries = candidates.map(({ start, label }, index) => {
    const before = text.slice(ends[index], start)
    return relabelled(before, label ?? '', labels[index] ?? '') + signatures[index]
  })
  return entries.join('') + text.slice(ends.at(-1))
}

/** The label is what stands last before its signature. */
function relabelled(before: string, label: string, other: string): string {
  const at = before.lastIndexOf(label)
  return at < 0 ? before : before.slice(0, at) + other + before.slice(at + label.length)
}

/** `toReversed` is missing before Node 20 and in the ES2022 types. */
function reversed<Item>(items: readonly Item[]): readonly Item[] {
  return [...items].reverse()
}
