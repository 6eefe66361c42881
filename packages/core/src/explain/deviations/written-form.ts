import { decode } from '../../decode.js'
import { type DigestEncoding, encode } from '../../encoding.js'
import { digestBytes, type Hash } from '../../hash.js'
import type { Field } from '../../plan.js'
import { type FoundDigest, findDigests } from '../readings/digest-readings.js'
import { candidatesIn, type Subject } from '../subject.js'
import type { Deviation } from './deviation.js'

/** In which ways a digest that fits is not where, or as, the provider's scheme wants it. */
export function formDeviations(subject: Subject, digest: FoundDigest, hash: Hash): readonly Deviation[] {
  const { plan } = subject
  const field = plan.fields.find(({ header }) => header.toLowerCase() === digest.header.toLowerCase())
  const isCut = digest.hex.length < digestBytes(hash) * 2
  // Beside it in one header, another one that is spelled otherwise makes all of it malformed.
  const beside = field === undefined ? [] : alikeIn(digest, digest.value)
  const odd = [digest, ...beside].find(({ spelling }) => spelling !== plan.encoding)
  const spelling = [...(isCut ? [cutDeviation(digest)] : []), ...(odd ? [spellingDeviation(odd, plan.encoding)] : [])]
  if (field === undefined) return [...spelling, otherHeader(subject, digest)]
  // Of a part of a MAC nothing can be read, wherever it stands.
  if (isCut || isRead(subject, digest, digest.value)) return spelling
  return [...spelling, ...placeDeviation(subject, digest, field)]
}

/** The digests of that length in a value of the header. */
function alikeIn({ header, hex }: FoundDigest, value: string): readonly FoundDigest[] {
  return findDigests([{ name: header, value }], []).filter((found) => found.hex.length === hex.length)
}

/** Whether a verifier finds this digest when the header has that value, and all digests in it their proper spelling. */
function isRead(subject: Subject, digest: FoundDigest, value: string): boolean {
  const { encoding } = subject.plan
  let written = value
  for (const found of [...alikeIn(digest, value)].reverse()) {
    written = written.slice(0, found.start) + properText(found, encoding) + written.slice(found.end)
  }
  const proper = properText(digest, encoding)
  return candidatesIn(subject, digest.header, written).includes(proper)
}

function properText({ hex }: FoundDigest, encoding: DigestEncoding): string {
  return encode(decode(hex, 'hex') ?? new Uint8Array(), encoding)
}

function cutDeviation({ hex }: FoundDigest): Deviation {
  return {
    code: 'digest-cut',
    summary: `with the rest of the signature, of which only the first ${hex.length / 2} bytes are there`,
    fix: 'Find what cuts the header (a column, a log, a proxy): a part of a MAC is never accepted.',
  }
}

function spellingDeviation({ spelling }: FoundDigest, encoding: DigestEncoding): Deviation {
  if (spelling === 'upper-case hex' && encoding === 'hex') {
    return {
      code: 'digest-case',
      summary: 'with the signature in lower case',
      fix: 'Send the hex digits in lower case, as the vendor does: a MAC has one spelling here, so that it cannot be varied.',
    }
  }
  const isAnOption = spelling === 'hex' || spelling === 'base64'
  const proper = encoding === 'hex' ? 'lower-case hex' : 'padded standard base64'
  return {
    code: 'digest-encoding',
    summary: `with the signature read as ${spelling}, where ${encoding} is expected`,
    fix: isAnOption
      ? `Set encoding: '${spelling}' if the vendor really sends that (an option of the adapter, or of defineProvider); else mend the sender.`
      : `Mend the sender: it has to write the bytes of the MAC as ${proper}.`,
  }
}

function otherHeader({ plan }: Subject, { header }: FoundDigest): Deviation {
  const wanted = plan.fields.map((field) => field.header).join(' or ')
  return {
    code: 'other-header',
    summary: `with the signature of the header ${header}, where ${wanted} is expected`,
    fix: `Configure the header's name if the vendor sends ${header}; else keep what renames it (a proxy, a gateway, CGI) from doing so.`,
  }
}

function placeDeviation(subject: Subject, digest: FoundDigest, field: Field): readonly Deviation[] {
  const { value, start, end } = digest
  const { header, prefix, separator } = field
  const before = value.slice(0, start)
  const after = value.slice(end)
  const text = value.slice(start, end)
  if (after.includes(text) || before.includes(text)) {
    return [
      {
        code: 'signature-repeated',
        summary: `with the signature once in ${header}: it stands there more than once`,
        fix: `Find what adds ${header} a second time (a proxy that copies headers), and have it sent once.`,
      },
    ]
  }
  if (prefix !== '' && !before.startsWith(prefix) && isRead(subject, digest, prefix + text + after)) {
    return [prefixMissing(header, prefix, before)]
  }
  const isOneOfMany = separator !== undefined && (before + after).trim() !== ''
  if (!isOneOfMany) {
    if (isRead(subject, digest, joinedPart(digest))) return [besideAnother(header)]
    if (isRead(subject, digest, prefix + text)) return [surplus(header, prefix, before, after)]
  }
  return [
    {
      code: 'signature-form',
      summary: `with ${header} in the form that the vendor documents: the right signature stands in it, but not at its place`,
      fix: "Compare the whole header with the form in the adapter's README: a label, a separator or the timestamp is missing, or something is beside them.",
    },
  ]
}

/** The value of the digest's own header, where it was sent twice: repeats are joined with a comma and a blank. */
function joinedPart({ value, start, end }: FoundDigest): string {
  const before = value.lastIndexOf(', ', start)
  const after = value.indexOf(', ', end)
  return value.slice(before < 0 ? 0 : before + 2, after < 0 ? value.length : after)
}

function besideAnother(header: string): Deviation {
  return {
    code: 'signature-repeated',
    summary: `with ${header} once: another value stands beside the right one`,
    fix: `Find what adds another ${header} (a proxy that sets its own), and have it sent once.`,
  }
}

function prefixMissing(header: string, prefix: string, before: string): Deviation {
  return {
    code: 'digest-prefix',
    summary: `with '${prefix}' before the signature in ${header}${before === '' ? '' : ', and not what stands there'}`,
    fix: `Send ${header}: ${prefix}<signature>, as the vendor does: something has taken the prefix off, or never wrote it.`,
  }
}

function surplus(header: string, prefix: string, before: string, after: string): Deviation {
  if ((before.slice(prefix.length) + after).trim() === '') {
    return {
      code: 'header-white-space',
      summary: `with ${header} trimmed of white space`,
      fix: 'Pass the header on as HTTP has it, without white space at its edges: something adds a blank or a line break.',
    }
  }
  return {
    code: 'digest-prefix',
    summary: `with nothing but ${prefix === '' ? 'the signature' : `'${prefix}' and the signature`} in ${header}: something stands ${before.length > prefix.length ? 'before' : 'behind'} it`,
    fix: `Configure that prefix if the vendor sends it (defineProvider: signature.prefix); else have ${header} sent without it.`,
  }
}
