import { describe, expect, test } from 'vitest'
import { defineProvider, type Provider } from '../src/index.js'
import { plainVendor, policies, slottedVendor, tokenVendor } from './vendors.js'

/** A provider of which one field is not what it must be. */
function broken(path: string, value: unknown, base: Provider = plainVendor()): Provider {
  const copy = { ...base, scheme: { ...base.scheme }, rotation: { ...base.rotation } } as unknown as Record<
    string,
    unknown
  >
  const steps = path.split('.')
  let place = copy
  for (const step of steps.slice(0, -1)) {
    place[step] = { ...(place[step] as object) }
    place = place[step] as Record<string, unknown>
  }
  place[steps.at(-1) as string] = value
  return copy as unknown as Provider
}

const stamp = { header: 'X-Acme-Timestamp', unit: 's' }
const slotted = slottedVendor() as unknown as Provider
const twoEncodings = [
  { header: 'x-one', encoding: 'hex' },
  { header: 'x-two', encoding: 'base64' },
]

describe('defineProvider names the field that is wrong', () => {
  test.each<[string, unknown, Provider?]>([
    ['id', 'Acme Inc'],
    ['id', ''],
    ['id', undefined],
    ['title', ''],
    ['docs', undefined],
    ['scheme.kind', 'rsa'],
    ['scheme.hash', 'md5'],
    ['scheme.hash', 'constructor'],
    ['scheme.signature', []],
    ['scheme.signature', undefined],
    ['scheme.signature.header', 'X Acme'],
    ['scheme.signature.header', ''],
    ['scheme.signature.header', 'X-Acmé'],
    ['scheme.signature.encoding', 'base64url'],
    ['scheme.signature.slot', 'primary'],
    ['scheme.signature.prefix', 5],
    ['scheme.signature.separator', ''],
    ['scheme.signature.parse', 'split'],
    ['scheme.signed', 'body'],
    ['scheme.signed', () => 'body'],
    ['scheme.signed', () => [5]],
    ['scheme.format', {}],
    ['scheme.timestamp.unit', 'minutes'],
    ['scheme.timestamp.header', 'x y'],
    ['scheme.id.header', ''],
    ['rotation', undefined],
    ['rotation.kind', 'never'],
    ['rotation.defaultGraceMs', -1],
    ['rotation.defaultGraceMs', undefined],
    ['secrets.issuedBy', 'nobody'],
    ['secrets.alphabet', 'emoji'],
    ['secrets.bytes', 4],
    ['secrets.bytes', 65],
    ['toleranceSeconds', 300],
    ['slots', ['primary', 'secondary']],
    ['slots', undefined, slotted],
    ['slots', ['primary', 'tertiary'], slotted],
    ['rotation.guardMs', 'a day', slotted],
    ['rotation.periodMs', Number.NaN, slotted],
    ['rotation.slots', ['primary'], slotted],
    ['scheme.header', 'x y', tokenVendor()],
    ['scheme.header', {}, tokenVendor()],
    ['scheme.header.primary', 'x-token', broken('scheme.header', { primary: 'x-token' }, tokenVendor())],
    ['scheme.prefix', 5, tokenVendor()],
    ['scheme.separator', '', tokenVendor()],
  ])('%s: %j', (path, value, base) => {
    const field =
      path.endsWith('unit') || path.startsWith('scheme.timestamp') ? broken('scheme.timestamp', stamp) : base
    expect(() => defineProvider(broken(path, value, field))).toThrowError(
      expect.objectContaining({ code: 'provider-invalid', message: expect.stringContaining(path) }),
    )
  })

  test.each([
    ['a stamp that is not signed', 'scheme.timestamp', stamp, 'scheme.signed'],
    ['an id that is not signed', 'scheme.id', { header: 'x-id' }, 'scheme.signed'],
    ['two encodings', 'scheme.signature', twoEncodings, 'scheme.signature[1].encoding'],
  ])('%s', (_, path, value, field) => {
    expect(() => defineProvider(broken(path, value))).toThrowError(
      expect.objectContaining({ code: 'provider-invalid', message: expect.stringContaining(field) }),
    )
  })

  test.each([
    ['rotation.max', 0],
    ['rotation.max', 17],
    ['rotation.gracesMs', []],
    ['rotation.gracesMs', [-1]],
    ['rotation.activates', 'soon'],
  ])('%s: %j', (path, value) => {
    const expiring = plainVendor({ rotation: policies.afterGrace })
    expect(() => defineProvider(broken(path, value, expiring))).toThrowError(
      expect.objectContaining({ code: 'provider-invalid', message: expect.stringContaining(path) }),
    )
  })

  test.each([[undefined], [null], ['acme'], [{}]])('%j is none', (value) => {
    expect(() => defineProvider(value as unknown as Provider)).toThrowError(
      expect.objectContaining({ code: 'provider-invalid' }),
    )
  })
})

test('what is right comes back frozen', () => {
  const base = plainVendor()
  const defined = defineProvider(base)
  expect(defined).toEqual(base)
  expect(Object.isFrozen(defined)).toBe(true)
})
