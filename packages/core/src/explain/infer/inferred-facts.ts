import { latin1, utf8 } from '../../encoding.js'
import { digestBytes, type Hash } from '../../hash.js'
import type { SignedMessage } from '../../scheme.js'
import type { HeaderEntry } from '../header-entries.js'
import type { MacBudget } from '../mac-budget.js'
import { CONTENT_FORMS, type ContentForm } from '../readings/content-forms.js'
import { type FoundDigest, findDigests } from '../readings/digest-readings.js'
import type { SecretReading } from '../readings/secret-readings.js'
import { sameText } from '../subject.js'
import { hmacScheme, type InferredScheme, type SignedSo, tokenScheme } from './inferred-scheme.js'
import { stampPlace } from './stamp-place.js'

/** An inference before it is known which adapter it belongs to. */
export interface InferredFact extends InferredScheme {
  readonly header: string
  readonly secretIndex: number
  readonly secretReading: string
  /** The name of what is signed; undefined in token mode. */
  readonly form: string | undefined
  /** Where the signature stands; undefined in token mode. */
  readonly digest: FoundDigest | undefined
}

const HASHES: readonly Hash[] = ['sha1', 'sha256', 'sha384', 'sha512']

/** What is signed beside what the headers hold. */
type Message = Pick<SignedMessage, 'body' | 'url' | 'method'>
type Found = Omit<InferredFact, 'secretIndex' | 'secretReading'>

/** The headers that hold the secret itself. */
export function tokenFacts(entries: readonly HeaderEntry[], { text }: SecretReading): Found[] {
  if (text === undefined) return []
  const token = latin1(utf8(text))
  return entries.flatMap(({ name, value }) => {
    const mark = /^(?:Bearer|Token|Basic|Secret) /i.exec(value)?.[0] ?? ''
    const prefix = ['', mark].find((one) => sameText(token, value.slice(one.length)))
    return prefix === undefined
      ? []
      : [{ header: name, form: undefined, digest: undefined, ...tokenScheme(name, prefix) }]
  })
}

/** The headers that hold a MAC of it, of whatever content. What `holdsSecret` is true of is not written down (law 9). */
export async function hmacFacts(
  entries: readonly HeaderEntry[],
  message: Message,
  { bytes }: SecretReading,
  budget: MacBudget,
  holdsSecret: (text: string) => boolean,
): Promise<Found[]> {
  const digests = findDigests(entries, [])
  const facts: Found[] = []
  for (const hash of HASHES) {
    const fitting = digests.filter(({ hex }) => hex.length === digestBytes(hash) * 2)
    if (fitting.length === 0) continue
    for (const content of signedContents(entries, message)) {
      const mac = await budget.mac(hash, bytes, content.form.signed({ ...message, ...content.texts }))
      const digest = mac === undefined ? undefined : fitting.find(({ hex }) => sameText(mac, hex))
      if (digest === undefined || !isReadable(content.stamp, digest)) continue
      const { header } = digest
      facts.push({
        header,
        form: content.form.name,
        digest,
        ...hmacScheme(signedSo(digest, hash, content), holdsSecret),
      })
    }
  }
  return facts
}

interface Stamp {
  readonly header: string
  readonly text: string
  /** Whether the header holds nothing else. */
  readonly isWhole: boolean
}

interface SignedText {
  readonly form: ContentForm
  readonly stamp: Stamp | undefined
  readonly idHeader: string | undefined
  readonly texts: { readonly timestamp: string; readonly id: string }
}

/** Each form with each stamp and each id that the headers have, where it needs them. */
function* signedContents(entries: readonly HeaderEntry[], { url }: Message): Generator<SignedText> {
  const stamps = entries.flatMap(stampsIn)
  const ids = entries.filter(({ name, value }) => /(?:^|-)id$/i.test(name) && value.length <= 256)
  // Without its URL a delivery is not told from one that does not sign it.
  const forms = CONTENT_FORMS.filter(({ name }) => url !== '' || !name.includes('<url>'))
  for (const form of forms) {
    for (const stamp of form.name.includes('timestamp') ? stamps : [undefined]) {
      for (const id of form.name.includes('<id>') ? ids : [undefined]) {
        yield { form, stamp, idHeader: id?.name, texts: { timestamp: stamp?.text ?? '', id: id?.value ?? '' } }
      }
    }
  }
}

function stampsIn({ name, value }: HeaderEntry): Stamp[] {
  const texts = [value, ...value.split(/[\s,;="']+/)]
  return [...new Set(texts)]
    .filter((text) => stampPlace(text, name) !== undefined)
    .map((text) => ({ header: name, text, isWhole: text === value }))
}

/** A scheme takes a stamp from beside the signature, or a header of its own as it stands. */
function isReadable(stamp: Stamp | undefined, digest: FoundDigest): boolean {
  return stamp === undefined || stamp.isWhole || stamp.header === digest.header
}

/** A stamp beside the signature in its header is read from there. */
function signedSo(digest: SignedSo['digest'], hash: Hash, { form, stamp, idHeader }: SignedText): SignedSo {
  const isBeside = stamp?.header === digest.header
  return {
    digest,
    hash,
    form,
    idHeader,
    stamp: stamp && { text: stamp.text, header: isBeside ? undefined : stamp.header },
  }
}
