import { type Keyring, keyring, promote, prune, revoke, rotate, secret, stage } from '@countersign/core'
import { describe, expect, it } from 'vitest'
import { type Checklist, checklistOf } from '../../src/keys/checklist.js'
import { checklistText } from '../../src/keys/checklist-text.js'
import { givenArguments } from '../../src/keys/printed-command.js'
import { ringProvider } from '../../src/keys/ring-provider.js'
import { colorsFor } from '../../src/terminal.js'
import { fakeTerminal } from '../streams.js'
import { DAY, HOUR, NOW } from './keys-session.js'

const MINUTE = 60_000
const colors = colorsFor(fakeTerminal().stdout, {})

function providerOf(id: string) {
  const provider = ringProvider({}, id)
  if (provider === undefined) throw new Error(id)
  return provider
}

/** A ring of that vendor with one key, or one for each slot, since long ago. */
function ringOf(id: string): Keyring {
  const slots = providerOf(id).slots
  const key = (name: string, slot?: string) => ({ id: name, slot, secret: `fake-secret-${name}` })
  return keyring(slots ? slots.map((slot) => key(slot, slot)) : [key('key-1')])
}

function rotated(id: string, at: number, options = {}): Keyring {
  return rotate(ringOf(id), providerOf(id), { secret: secret('fake-secret-key-2'), now: at, ...options }).ring
}

function checklist(id: string, ring: Keyring, used?: Record<string, number>, now = NOW): Checklist {
  const uses = used && new Map(Object.entries(used))
  return checklistOf({
    name: id,
    ring,
    provider: providerOf(id),
    uses,
    now,
    given: { store: ' --store file:./keys', provider: '' },
  })
}

const stepOf = ({ steps }: Checklist, name: string) => steps.find((step) => step.name === name)
const textOf = (list: Checklist, id: string) => checklistText(list, providerOf(id).title, 80, colors)

describe('no rotation under way', () => {
  it.each([
    ['autify', 'countersign keys stage autify --generate --store file:./keys'],
    ['insider', 'countersign keys stage insider --generate --store file:./keys'],
    ['orange-logic', 'countersign keys stage orange-logic --generate --store file:./keys'],
    [
      'global-commerce',
      'countersign keys rotate global-commerce --grace 24h --secret-file new-secret.txt --store file:./keys',
    ],
    [
      'agilepoint',
      'countersign keys rotate agilepoint --slot primary --secret-file new-secret.txt --store file:./keys',
    ],
  ])('%s: how to begin one', (id, command) => {
    const list = checklist(id, ringOf(id))
    expect(list).toMatchObject({ fresh: undefined, old: [], retire: undefined })
    expect(list.steps).toMatchObject([{ name: 'begin', state: 'now', commands: [command] }])
  })

  it('says when no key is active', () => {
    const list = checklist('autify', revoke(ringOf('autify'), 'key-1', { now: NOW }))
    expect(stepOf(list, 'begin')?.says[0]).toBe('No key of the ring is active.')
  })
})

describe('whether the old key may go', () => {
  // A use is written late, and clocks differ.
  const dayAndMore = DAY + 16 * MINUTE

  const autify = rotated('autify', NOW - HOUR)
  const orange = rotated('orange-logic', NOW - 2 * HOUR, { graceMs: DAY })
  const patient = rotated('autify', NOW - 2 * DAY, { graceMs: 7 * DAY })
  const staged = stage(ringOf('autify'), { id: 'key-2', secret: 'fake-secret-key-2' })

  it.each<[string, string, Keyring, Record<string, number> | undefined, Checklist['retire'], string]>([
    ['nobody records', 'autify', autify, undefined, 'unknown', 'nobody records when keys match'],
    [
      'it is used',
      'autify',
      autify,
      { 'key-1': NOW - 4 * MINUTE, 'key-2': NOW },
      'not-yet',
      'key-1 matched 4 minutes ago',
    ],
    ['the new one is not', 'autify', autify, { 'key-1': NOW - 3 * DAY }, 'not-yet', 'key-2 has not matched'],
    ['it is quiet, not for long', 'autify', autify, { 'key-2': NOW }, 'not-yet', 'key-1 has not matched'],
    [
      'it is quiet for long',
      'autify',
      patient,
      { 'key-1': NOW - dayAndMore, 'key-2': NOW },
      'safe',
      'matched 24 hours ago',
    ],
    ['it was never used', 'autify', patient, { 'key-2': NOW }, 'safe', 'key-1 has not matched'],
    [
      'its hour is not over',
      'orange-logic',
      orange,
      { 'key-1': NOW - 64 * MINUTE, 'key-2': NOW },
      'not-yet',
      '64 minutes',
    ],
    [
      'its hour is over',
      'orange-logic',
      orange,
      { 'key-1': NOW - 76 * MINUTE, 'key-2': NOW },
      'safe',
      '76 minutes ago',
    ],
    ['it has ended', 'autify', rotated('autify', NOW - 2 * DAY), undefined, 'ended', 'verifies nothing any more'],
    [
      'its hour is hardly over, and uses are written late',
      'orange-logic',
      orange,
      { 'key-1': NOW - 66 * MINUTE, 'key-2': NOW },
      'not-yet',
      'without another match, key-1 may go from',
    ],
    // Deliveries are rare, the new key was tried out, and promoted: the vendor may know nothing of it.
    [
      'it was quiet for long before it began to retire',
      'autify',
      rotated('autify', NOW - MINUTE, { graceMs: 7 * DAY }),
      { 'key-1': NOW - 5 * DAY, 'key-2': NOW },
      'not-yet',
      'key-1 matched 5 days ago; without another match, key-1 may go from',
    ],
    [
      'the new one has matched only while it was staged',
      'autify',
      promote(stage(ringOf('autify'), { id: 'key-2', secret: 'fake-secret-key-2' }), 'key-2', {
        now: NOW - 3 * DAY,
        graceMs: 7 * DAY,
      }),
      { 'key-1': NOW - 4 * DAY, 'key-2': NOW - 3 * DAY - 1 },
      'not-yet',
      'key-2 has matched only while it was staged',
    ],
    [
      'it has matched later than the new one',
      'autify',
      rotated('autify', NOW - 5 * DAY, { graceMs: 7 * DAY }),
      { 'key-1': NOW - 2 * DAY, 'key-2': NOW - 3 * DAY },
      'not-yet',
      'key-1 matched 2 days ago, and key-2 not since',
    ],
    [
      'a slot hides it, whatever its grace',
      'agilepoint',
      promote(
        stage(ringOf('agilepoint'), { id: 'primary-2', slot: 'primary', secret: 'fake-secret-key-2' }),
        'primary-2',
        { now: NOW - 2 * DAY, graceMs: 7 * DAY },
      ),
      { secondary: NOW },
      'not-yet',
      "primary-2 has not matched: the other slot's key may be",
    ],
    [
      'the new one is to sign at a later time',
      'autify',
      rotated('autify', NOW + DAY),
      { 'key-1': NOW - 5 * DAY, 'key-2': NOW },
      'not-yet',
      'key-2 does not sign yet',
    ],
    ['a clock is ahead', 'autify', patient, { 'key-1': NOW + HOUR, 'key-2': NOW + 2 * HOUR }, 'not-yet', 'matched now'],
    ['the new one waits', 'autify', staged, { 'key-2': NOW }, 'not-yet', 'promote key-2 first'],
  ])('%s', (_, id, ring, used, verdict, because) => {
    const list = checklist(id, ring, used)
    expect(list.retire).toBe(verdict)
    expect(stepOf(list, 'retire')?.says[0]).toContain(because)
  })

  it('says what to do about a key that ends while it is in use', () => {
    const says = (used: Record<string, number>) => stepOf(checklist('autify', autify, used), 'retire')?.says
    expect(says({ 'key-1': NOW - 4 * MINUTE, 'key-2': NOW })).toEqual([
      'not yet: key-1 matched 4 minutes ago; if that was no late delivery, find what still signs with key-1.',
      'key-1 ends by itself on 16 Jun 11:00 UTC (in 23 hours).',
    ])
    expect(says({ 'key-2': NOW })?.[0]).toBe('not yet: key-1 has not matched; wait.')
    const long = checklist('autify', patient, { 'key-1': NOW - 4 * MINUTE, 'key-2': NOW })
    expect(stepOf(long, 'retire')?.says[0]).toContain('key-1 may go from 16 Jun 12:11 UTC (in 24 hours) on')
  })

  it('says which command removes it', () => {
    const quiet = checklist('autify', rotated('autify', NOW - 2 * DAY, { graceMs: 7 * DAY }), { 'key-2': NOW })
    expect(stepOf(quiet, 'retire')?.commands).toEqual(['countersign keys revoke autify key-1 --store file:./keys'])
    const ended = checklist('autify', rotated('autify', NOW - 2 * DAY))
    expect(stepOf(ended, 'retire')?.commands).toEqual(['countersign keys prune autify --store file:./keys'])
    expect(checklist('autify', prune(rotated('autify', NOW - 2 * DAY), NOW)).fresh).toBeUndefined()
  })

  it('has a plural', () => {
    const older = keyring([
      { id: 'key-0', secret: 'fake-secret-key-0' },
      { id: 'key-1', secret: 'fake-secret-key-1' },
    ])
    const says = (ring: Keyring, used?: Record<string, number>) =>
      stepOf(checklist('autify', ring, used), 'retire')?.says[0]
    const waiting = stage(older, { id: 'key-2', secret: 'fake-secret-key-2' })
    expect(says(waiting)).toContain('key-0, key-1 sign: promote key-2 first')
    const retiring = (at: number) => promote(waiting, 'key-2', { now: at, graceMs: 3 * DAY })
    expect(says(retiring(NOW - HOUR), { 'key-2': NOW })).toContain('key-0, key-1 have not matched')
    expect(says(retiring(NOW - 4 * DAY))).toContain('key-0, key-1 verify nothing any more')
  })

  it('goes by the key that is replaced, also where that is to be later', () => {
    const list = checklist('autify', rotated('autify', NOW + DAY))
    expect(list).toMatchObject({ fresh: 'key-2', old: ['key-1'] })
  })

  it('does not take a test of a staged key for the vendor, once it was promoted', () => {
    const ring = stage(ringOf('autify'), { id: 'key-2', secret: 'fake-secret-key-2' })
    const after = promote(ring, 'key-2', { now: NOW - MINUTE })
    const list = checklist('autify', after, { 'key-2': NOW - HOUR })
    expect(stepOf(list, 'update')?.state).toBe('now')
  })

  it('does not wait for a slot that other deliveries hide', () => {
    const ring = rotated('agilepoint', NOW - 4 * MINUTE, { slot: 'primary' })
    const list = checklist('agilepoint', ring, { secondary: NOW - MINUTE })
    expect(list).toMatchObject({ fresh: 'primary-2', old: ['primary'], retire: 'not-yet' })
    expect(stepOf(list, 'monitor')?.says.join(' ')).toContain('slot-mismatch')
  })
})

describe('the steps', () => {
  it('of a vendor that is told the secret: reveal it, test it, promote it', () => {
    const ring = stage(ringOf('autify'), { id: 'key-2', secret: 'fake-secret-key-2' })
    expect(textOf(checklist('autify', ring), 'autify')).toMatchInlineSnapshot(`
      "Autify: key-2 replaces key-1

      → update   Enter the secret of key-2 as the webhook's secret token at Autify,
                 which swaps it at once.
                 https://help.autify.com/docs/securing-your-webhooks
                   countersign keys reveal autify key-2 --store file:./keys

      → test     Send your receiver a delivery that is signed with key-2 alone. It has
                 to answer 2xx.
                   countersign keys reveal autify key-2 --confirm autify --store file:./keys |
                     countersign send https://your.endpoint/webhooks --provider autify --secret-file -

      ? monitor  Nobody records when keys match: see createKeyUsage in the README of
                 @countersign/http.
                 key-2 matches once Autify has switched, or for a test of yours. Then
                 promote it:
                   countersign keys promote autify key-2 --store file:./keys

      ○ retire   not yet: key-2 is staged, and key-1 signs: promote key-2 first."
    `)
  })

  it('do not take a test for the vendor: a staged key that has matched is still to be entered there', () => {
    const ring = stage(ringOf('autify'), { id: 'key-2', secret: 'fake-secret-key-2' })
    const list = checklist('autify', ring, { 'key-2': NOW })
    expect([stepOf(list, 'update')?.state, stepOf(list, 'test')?.state]).toEqual(['now', 'done'])
  })

  it('of a rotation that is nearly over', () => {
    const ring = stage(ringOf('autify'), { id: 'key-2', secret: 'fake-secret-key-2' })
    const after = promote(ring, 'key-2', { now: NOW - 2 * DAY, graceMs: 7 * DAY })
    expect(
      textOf(checklist('autify', after, { 'key-1': NOW - 47 * HOUR, 'key-2': NOW - MINUTE }), 'autify'),
    ).toMatchInlineSnapshot(`
      "Autify: key-2 replaces key-1

      ✔ update   Enter the secret of key-2 as the webhook's secret token at Autify,
                 which swaps it at once.
                 https://help.autify.com/docs/securing-your-webhooks

      ✔ test     Send your receiver a delivery that is signed with key-2 alone. It has
                 to answer 2xx.

      ✔ monitor  key-2 (new) matched 60 seconds ago.
                 key-1 matched 47 hours ago.

      → retire   safe to retire: key-1 matched 47 hours ago, and what is under way
                 takes no longer.
                 key-1 ends by itself on 20 Jun 12:00 UTC (in 5 days).
                   countersign keys revoke autify key-1 --store file:./keys"
    `)
  })

  it('of a vendor that makes the secret: it is there already', () => {
    const list = checklist('global-commerce', rotated('global-commerce', NOW - HOUR, { graceMs: 6 * HOUR }))
    expect(stepOf(list, 'update')).toMatchObject({ state: 'done', commands: [] })
    expect(list).toMatchObject({ fresh: 'key-2', old: ['key-1'] })
  })

  it('name the slot, and how the secret is written', () => {
    const ring = rotate(ringOf('agilepoint'), providerOf('agilepoint'), {
      secret: secret('00112233445566778899', { encoding: 'hex' }),
      slot: 'secondary',
      now: NOW,
    }).ring
    const [command] = stepOf(checklist('agilepoint', ring), 'test')?.commands ?? []
    expect(command).toContain(
      '-o headers.primary=NAME -o headers.secondary=NAME --secret-file secondary=- --secret-encoding hex',
    )
  })

  it('print commands that find the same provider, and are words of a shell', () => {
    const ring = stage(keyring([{ id: 'key-1', secret: 'fake-secret-1' }]), {
      id: "it's mine",
      secret: 'fake-secret-2',
    })
    const given = givenArguments({ provider: 'insider', option: ['mode=token'], plaintext: true })
    const { steps } = checklistOf({
      name: 'acme',
      ring,
      provider: providerOf('insider'),
      uses: undefined,
      now: NOW,
      given,
    })
    expect(steps.flatMap(({ commands }) => commands)).toEqual([
      "countersign keys reveal acme 'it'\\''s mine' --plaintext",
      "countersign keys reveal acme 'it'\\''s mine' --confirm acme --plaintext |\n" +
        '  countersign send https://your.endpoint/webhooks --provider insider --option mode=token --secret-file -',
      "countersign keys promote acme 'it'\\''s mine' --provider insider --option mode=token --plaintext",
    ])
  })
})
