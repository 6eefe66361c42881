import { BLOCK_BYTES } from './hash.js'
import type { AnyProvider } from './provider.js'
import { requireOption } from './provider-option.js'
import type { RotationPolicy } from './rotation-policy.js'
import type { HmacScheme, SignatureField, SignedMessage, TokenScheme } from './scheme.js'

/** Refuses a field that is not what it must be, by name. */
type Need = (holds: boolean, field: string, what: string) => asserts holds

/** @throws CountersignError `provider-invalid`. */
export function checkProvider(provider: AnyProvider): void {
  const need: Need = (holds, field, what) => {
    requireOption(holds, nameOf(provider), field, what)
  }
  need(isObject(provider), 'it', 'an object')
  const { id, title, docs, scheme, rotation, secrets, slots, toleranceSeconds } = provider
  need(typeof id === 'string' && /^[a-z0-9-]+$/.test(id), 'id', 'lower-case letters, digits and hyphens')
  need(isText(title), 'title', 'text')
  need(isText(docs), 'docs', 'the address of the page that the facts come from')
  need(isObject(scheme) && ['hmac', 'token'].includes(scheme.kind), 'scheme.kind', "'hmac' or 'token'")
  if (scheme.kind === 'hmac') checkHmac(scheme, slots, need)
  else checkToken(scheme, slots, need)
  checkRotation(rotation, slots, need)
  need(
    toleranceSeconds === undefined ||
      (isAtLeast(toleranceSeconds, 0) && scheme.kind === 'hmac' && scheme.timestamp !== undefined),
    'toleranceSeconds',
    '0 or more, beside a scheme.timestamp',
  )
  const { issuedBy = 'you', alphabet = 'hex', bytes = 32 } = secrets ?? {}
  need(['vendor', 'you', 'either'].includes(issuedBy), 'secrets.issuedBy', "'vendor', 'you' or 'either'")
  need(['hex', 'alphanumeric', 'base64'].includes(alphabet), 'secrets.alphabet', "'hex', 'alphanumeric' or 'base64'")
  need(isAtLeast(bytes, 8) && bytes <= 64, 'secrets.bytes', '8 to 64')
}

function checkHmac(scheme: HmacScheme, slots: readonly string[] | undefined, need: Need): void {
  const { hash, signature, timestamp, id, signed, format } = scheme
  need(Object.hasOwn(BLOCK_BYTES, hash), 'scheme.hash', `one of ${Object.keys(BLOCK_BYTES).join(', ')}`)
  const fields: readonly SignatureField[] = Array.isArray(signature) ? signature : [signature]
  need(fields.length > 0 && fields.length <= 8, 'scheme.signature', 'one field, or up to 8')
  for (const [index, field] of fields.entries()) {
    const where = Array.isArray(signature) ? `scheme.signature[${index}]` : 'scheme.signature'
    need(isObject(field), where, 'an object')
    need(isHeaderName(field.header), `${where}.header`, 'a header name')
    need(['hex', 'base64'].includes(field.encoding), `${where}.encoding`, "'hex' or 'base64'")
    // One MAC per key, whatever the headers hold (law 4).
    need(field.encoding === fields[0]?.encoding, `${where}.encoding`, 'the same for every field')
    need(field.slot === undefined || !!slots?.includes(field.slot), `${where}.slot`, "one of the provider's slots")
    need(isOptional(field.prefix, 'string'), `${where}.prefix`, 'text')
    need(field.separator === undefined || isText(field.separator), `${where}.separator`, 'text that is not empty')
    need(isOptional(field.parse, 'function'), `${where}.parse`, 'a function')
  }
  need(
    typeof signed === 'function' && isSigning(scheme),
    'scheme.signed',
    'a function from any delivery to text and bytes',
  )
  need(isOptional(format, 'function'), 'scheme.format', 'a function')
  if (timestamp !== undefined) {
    need(['s', 'ms', 'auto'].includes(timestamp.unit), 'scheme.timestamp.unit', "'s', 'ms' or 'auto'")
    need(isOptional(timestamp.parse, 'function'), 'scheme.timestamp.parse', 'a function')
    need(
      timestamp.header === undefined ? fields.some((field) => field.parse) : isHeaderName(timestamp.header),
      'scheme.timestamp.header',
      'a header name, or left out where scheme.signature.parse gives the stamp',
    )
    // A stamp outside the MAC would pretend to protect from replay.
    need(signs(scheme, 'timestamp'), 'scheme.signed', 'such that it includes the stamp that scheme.timestamp reads')
  }
  if (id !== undefined) {
    need(isHeaderName(id.header), 'scheme.id.header', 'a header name')
    // An id outside it could be anything, and would make a worthless idempotency key.
    need(signs(scheme, 'id'), 'scheme.signed', 'such that it includes the id that scheme.id reads')
  }
}

/** A function, so that bundlers may leave it out: what calls a constructor at load they have to keep. */
function plainMessage(): SignedMessage {
  return { body: new Uint8Array(), timestamp: '', id: '', url: '', method: 'POST' }
}

function isSigning(scheme: HmacScheme): boolean {
  try {
    return scheme.signed(plainMessage()).every((part) => typeof part === 'string' || part instanceof Uint8Array)
  } catch {
    return false
  }
}

/** Whether a scheme signs a delivery's stamp or id, found by asking it with a marked one. */
function signs(scheme: HmacScheme, what: 'timestamp' | 'id'): boolean {
  const mark = '1614265330'
  const parts = scheme.signed({ ...plainMessage(), [what]: mark })
  return parts
    .map((part) => (typeof part === 'string' ? part : new TextDecoder().decode(part)))
    .join('')
    .includes(mark)
}

function checkToken(scheme: TokenScheme, slots: readonly string[] | undefined, need: Need): void {
  const { header, prefix, separator } = scheme
  if (isObject(header)) {
    need(Object.keys(header).length > 0, 'scheme.header', 'a header name, or one for each slot')
    for (const [slot, name] of Object.entries(header)) {
      need(!!slots?.includes(slot), `scheme.header.${slot}`, "one of the provider's slots")
      need(isHeaderName(name), `scheme.header.${slot}`, 'a header name')
    }
  } else {
    need(isHeaderName(header), 'scheme.header', 'a header name, or one for each slot')
  }
  need(isOptional(prefix, 'string'), 'scheme.prefix', 'text')
  need(separator === undefined || isText(separator), 'scheme.separator', 'text that is not empty')
}

function checkRotation(rotation: RotationPolicy, slots: readonly string[] | undefined, need: Need): void {
  need(isObject(rotation), 'rotation', 'a policy')
  const policySlots = rotation.kind === 'slots' ? rotation.slots : undefined
  switch (rotation.kind) {
    case 'overlap':
    case 'swap':
      need(isAtLeast(rotation.defaultGraceMs, 0), 'rotation.defaultGraceMs', 'milliseconds, 0 or more')
      break
    case 'expiring':
      need(isAtLeast(rotation.max, 1) && rotation.max <= 16, 'rotation.max', '1 to 16')
      need(
        Array.isArray(rotation.gracesMs) &&
          rotation.gracesMs.length > 0 &&
          rotation.gracesMs.every((ms) => isAtLeast(ms, 0)),
        'rotation.gracesMs',
        'a list of milliseconds',
      )
      need(
        ['immediately', 'after-grace'].includes(rotation.activates),
        'rotation.activates',
        "'immediately' or 'after-grace'",
      )
      break
    case 'slots':
      need(
        Array.isArray(policySlots) && policySlots.length > 1 && policySlots.every(isText),
        'rotation.slots',
        'two names or more',
      )
      need(isAtLeast(rotation.guardMs, 0), 'rotation.guardMs', 'milliseconds, 0 or more')
      need(isAtLeast(rotation.periodMs, 0), 'rotation.periodMs', 'milliseconds, 0 or more')
      break
    default:
      need(false, 'rotation.kind', "'overlap', 'expiring', 'slots' or 'swap'")
  }
  need(String(slots) === String(policySlots), 'slots', 'the same as rotation.slots')
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isOptional(value: unknown, type: 'string' | 'function'): boolean {
  return value === undefined || typeof value === type
}

function isAtLeast(value: unknown, least: number): value is number {
  return Number.isFinite(value) && (value as number) >= least
}

/** A token of RFC 9110, section 5.6.2. */
function isHeaderName(value: unknown): value is string {
  return typeof value === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(value)
}

function nameOf(provider: Partial<AnyProvider> | undefined): string {
  return String(provider?.id ?? '?')
}
