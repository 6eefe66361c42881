import { execFileSync } from 'node:child_process'
import { createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  exportKeyring,
  type KeyringRecord,
  type KeyringRecords,
  keyring,
  type MasterKey,
  memoryKeyrings,
  plaintextAtRest,
  sealed,
  secret,
} from '../src/index.js'

const newKey = () => randomBytes(32).toString('base64')
const SECRET = 'fake-secret-to-be-sealed'
const ring = keyring([{ id: 'key-1', secret: SECRET }])

/** A sealed store, and what is kept of it. */
function vault(masterKeys: Parameters<typeof sealed>[1] = newKey()) {
  const records = memoryKeyrings()
  return { records, store: sealed(records, masterKeys), masterKeys }
}

async function recordOf(records: KeyringRecords, name = 'acme'): Promise<KeyringRecord> {
  const record = await records.read(name)
  if (record === undefined) throw new Error(`there is no ${name}`)
  return record
}

/** What looks like a sealed record. */
const written = (members: object) => JSON.stringify({ format: 'countersign-sealed-keyring', version: 1, ...members })
const PARTS = { masterKey: 'm', dataKey: '', keyring: '' }

/** A store of one record that somebody has put there. */
function tampered(record: KeyringRecord): KeyringRecords {
  return { ...memoryKeyrings(), read: async () => record }
}

async function codeOf(pending: Promise<unknown>): Promise<string> {
  try {
    return `resolved to ${inspect(await pending)}`
  } catch (error) {
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(SECRET)
    return (error as { code: string }).code
  }
}

describe('sealed', () => {
  it('gives back what was saved, in another process too', async () => {
    const { store, records, masterKeys } = vault()
    const whole = keyring([
      { id: 'key-1', secret: secret('00ff00ff00ff00ff', { encoding: 'hex' }), activeFrom: 1, notAfter: 9 },
      { id: 'key-2', secret: 'schlüssel-🔑-fake', slot: 'primary', retireFrom: 2, revokedAt: 3 },
    ])
    await store.save('acme', whole, undefined)
    for (const reader of [store, sealed(records, masterKeys)]) {
      const loaded = await reader.load('acme')
      expect(exportKeyring(loaded?.ring ?? ring)).toBe(exportKeyring(whole))
    }
  })

  it('keeps nothing of a secret, and no two records alike', async () => {
    const { store, records } = vault()
    const { version } = await store.save('acme', ring, undefined)
    const { text } = await recordOf(records)
    await store.save('acme', ring, version)
    const again = (await recordOf(records)).text
    for (const kept of [text, again]) {
      for (const part of [SECRET, Buffer.from(SECRET).toString('base64').slice(0, -4), 'key-1']) {
        expect(kept).not.toContain(part)
      }
    }
    expect(JSON.parse(text).keyring).not.toBe(JSON.parse(again).keyring)
    expect(JSON.parse(text).dataKey).not.toBe(JSON.parse(again).dataKey)
  })

  it('is what node:crypto opens: HKDF-SHA256, AES-256-GCM, a nonce of 12 bytes before and a tag of 16 behind', async () => {
    const masterKey = newKey()
    const { store, records } = vault(masterKey)
    await store.save('acme', ring, undefined)
    const record = JSON.parse((await recordOf(records)).text)
    const derive = (info: string, length: number) =>
      Buffer.from(hkdfSync('sha256', Buffer.from(masterKey, 'base64'), '', `countersign ${info}`, length))
    expect(record.masterKey).toBe(derive('master key id', 8).toString('hex'))
    const open = (key: Buffer, part: string, base64: string) => {
      const bytes = Buffer.from(base64, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
      decipher.setAAD(Buffer.from(JSON.stringify([record.format, 1, part, 'acme', 1, record.masterKey])))
      decipher.setAuthTag(bytes.subarray(-16))
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
    }
    const dataKey = open(derive('data key wrapping', 32), 'data key', record.dataKey)
    expect(open(dataKey, 'keyring', record.keyring).toString()).toBe(exportKeyring(ring))
  })

  it('reads with all master keys, writes with the first, and needs the old one no more once all is saved again', async () => {
    const [old, fresh] = [newKey(), newKey()]
    const { store, records } = vault(old)
    await store.save('acme', ring, undefined)
    const both = sealed(records, [fresh, old])
    const loaded = await both.load('acme')
    expect(loaded?.ring.keys[0]?.id).toBe('key-1')
    expect(await codeOf(sealed(records, fresh).load('acme'))).toBe('master-key-unknown')
    await both.save('acme', loaded?.ring ?? ring, loaded?.version)
    expect((await sealed(records, fresh).load('acme'))?.version).toBe('2')
    expect(await codeOf(sealed(records, old).load('acme'))).toBe('master-key-unknown')
  })

  it('takes the key as openssl makes it, as a secret, and from elsewhere', async () => {
    const openssl = execFileSync('openssl', ['rand', '-base64', '32'], { encoding: 'utf8' }).trim()
    for (const masterKey of [openssl, secret(openssl, { encoding: 'base64' }), [openssl]]) {
      await expect(vault(masterKey).store.save('acme', ring, undefined)).resolves.toEqual({ version: '1' })
    }
  })

  it.each([
    ['text that is no base64', 'not base64 at all'],
    ['base64 without its padding', newKey().slice(0, -1)],
    ['16 bytes', randomBytes(16).toString('base64')],
    ['33 bytes', randomBytes(33).toString('base64')],
    ['a secret of another length', secret('fake-master-key')],
    ['nothing', ''],
    ['null', null],
    ['one that wraps and does not unwrap', { id: 'kms-1', wrap: async () => newKey() }],
    ['one that unwraps and does not wrap', { id: 'kms-1', unwrap: async (): Promise<undefined> => undefined }],
    ['undefined, of an environment variable that is not set', undefined],
    ['an empty list', []],
    ['a list with a hole', [newKey(), undefined]],
    ['an object', {}],
    // What it sealed could not be read: nothing would say by what.
    ['an own one without an id', { wrap: async () => newKey(), unwrap: async (): Promise<undefined> => undefined }],
  ])('refuses %s as a master key, at once', (_, masterKey) => {
    const seal = () => sealed(memoryKeyrings(), masterKey as never)
    expect(seal).toThrow(expect.objectContaining({ code: 'master-key-malformed' }))
    if (typeof masterKey === 'string' && masterKey) {
      expect(seal).toThrow(expect.objectContaining({ message: expect.not.stringContaining(masterKey) }))
    }
  })
})

it('names the master key that is wrong, and the one that is not set', () => {
  const wrong = (keys: readonly (string | undefined)[]) => () => sealed(memoryKeyrings(), keys as string[])
  expect(wrong([])).toThrow('master-key-malformed: there is none')
  expect(wrong([undefined])).toThrow('master key is not set')
  expect(wrong(['AA=='])).toThrow('master key is not 32 bytes in base64')
  expect(wrong([newKey(), ''])).toThrow('master key 1 is not set')
  expect(wrong([newKey(), `${newKey()}\n`])).toThrow('master key 1 is not 32 bytes in base64')
})

describe('a sealed record that is not as it was sealed', () => {
  it('is refused for each flipped bit', async () => {
    const { store, records, masterKeys } = vault()
    await store.save('acme', ring, undefined)
    const { text, version } = await recordOf(records)
    for (let index = 0; index < text.length; index += 1) {
      for (const bit of [1, 2, 32]) {
        const changed = text.slice(0, index) + String.fromCharCode(text.charCodeAt(index) ^ bit) + text.slice(index + 1)
        const outcome = await codeOf(sealed(tampered({ text: changed, version }), masterKeys).load('acme'))
        // A base64 text has bits that stand for nothing: what is read is what was sealed then.
        if (outcome.startsWith('resolved')) {
          const [was, is] = [JSON.parse(text), JSON.parse(changed)]
          for (const part of ['dataKey', 'keyring'])
            expect(Buffer.from(is[part], 'base64')).toEqual(Buffer.from(was[part], 'base64'))
        } else expect(['seal-broken', 'master-key-unknown', 'keyring-version-unsupported']).toContain(outcome)
      }
    }
  })

  it('is refused under another name', async () => {
    const { store, records, masterKeys } = vault()
    await store.save('acme', ring, undefined)
    const swapped = sealed(tampered(await recordOf(records)), masterKeys)
    expect(await codeOf(swapped.load('other'))).toBe('seal-broken')
    await expect(swapped.load('other')).rejects.toThrow(
      "sealed as version 1 of 'acme', and stands as version 1 of 'other'",
    )
  })

  it('is refused under another name that is written into it', async () => {
    const { store, records, masterKeys } = vault()
    await store.save('acme', ring, undefined)
    const { text, version } = await recordOf(records)
    const renamed = text.replace('"name":"acme"', '"name":"other"')
    expect(renamed).not.toBe(text)
    expect(await codeOf(sealed(tampered({ text: renamed, version }), masterKeys).load('other'))).toBe('seal-broken')
  })

  it('is refused as an older one under the current version, whatever it says of itself', async () => {
    const { store, records, masterKeys } = vault()
    await store.save('acme', ring, undefined)
    const { text } = await recordOf(records)
    await store.save('acme', keyring([{ id: 'key-2', secret: 'fake-secret-2' }]), '1')
    for (const old of [text, text.replace('"keyringVersion":1', '"keyringVersion":2')]) {
      expect(await codeOf(sealed(tampered({ text: old, version: 2 }), masterKeys).load('acme'))).toBe('seal-broken')
    }
  })

  it('is refused as an older one of an older version by a process that has seen the newer, and by no other', async () => {
    const { store, records, masterKeys } = vault()
    await store.save('acme', ring, undefined)
    const old = await recordOf(records)
    await store.save('acme', ring, '1')
    let current: KeyringRecord | undefined = await recordOf(records)
    const process = sealed({ ...records, read: async () => current }, masterKeys)
    await process.load('acme')
    current = old
    expect(await codeOf(process.load('acme'))).toBe('keyring-rolled-back')
    current = undefined
    expect(await codeOf(process.load('acme'))).toBe('keyring-rolled-back')
    // What the documentation says cannot be detected.
    current = old
    expect((await sealed({ ...records, read: async () => current }, masterKeys).load('acme'))?.version).toBe('1')
  })

  it('is refused with parts of two records', async () => {
    const { store, records, masterKeys } = vault()
    await store.save('acme', ring, undefined)
    const first = JSON.parse((await recordOf(records)).text)
    await store.save('acme', ring, '1')
    const second = JSON.parse((await recordOf(records)).text)
    for (const part of ['dataKey', 'keyring', 'masterKey']) {
      const text = JSON.stringify({ ...second, [part]: part === 'masterKey' ? 'ffffffffffffffff' : first[part] })
      const outcome = await codeOf(sealed(tampered({ text, version: 2 }), masterKeys).load('acme'))
      expect(outcome).toBe(part === 'masterKey' ? 'master-key-unknown' : 'seal-broken')
    }
  })

  it.each([
    ['', "seal-broken: 'acme' cannot be unsealed: it is no sealed keyring"],
    ['null', "seal-broken: 'acme' cannot be unsealed: it is no sealed keyring"],
    ['[]', "seal-broken: 'acme' cannot be unsealed: it is no sealed keyring"],
    [written({}), "seal-broken: 'acme' cannot be unsealed: a part of it is missing"],
    [written({ dataKey: '' }), "seal-broken: 'acme' cannot be unsealed: a part of it is missing"],
    [written({ dataKey: '', keyring: '' }), "seal-broken: 'acme' cannot be unsealed: a part of it is missing"],
    [written({ masterKey: 'm', keyring: '' }), "seal-broken: 'acme' cannot be unsealed: a part of it is missing"],
    [written({ masterKey: 'm', dataKey: '' }), "seal-broken: 'acme' cannot be unsealed: a part of it is missing"],
    [written({ ...PARTS, dataKey: '*' }), "seal-broken: 'acme' cannot be unsealed: a part of it is missing"],
    [written({ ...PARTS, dataKey: 7 }), "seal-broken: 'acme' cannot be unsealed: a part of it is missing"],
    [
      written({ ...PARTS, name: 'other', keyringVersion: 3 }),
      "it was sealed as version 3 of 'other', and stands as version 1 of",
    ],
    [
      written({ ...PARTS, name: 'acme', keyringVersion: 3 }),
      "it was sealed as version 3 of 'acme', and stands as version 1 of",
    ],
    [written({ ...PARTS, name: 'acme', keyringVersion: '1' }), 'it was sealed as another, and stands as version 1 of'],
    [written({ ...PARTS, name: 'a b', keyringVersion: 1 }), 'it was sealed as another, and stands as version 1 of'],
    [written({ ...PARTS, name: 7, keyringVersion: 1 }), 'it was sealed as another, and stands as version 1 of'],
    [
      written({ ...PARTS, name: 'acme', keyringVersion: 1 }),
      "master-key-unknown: 'acme' was sealed with none of the 1 given",
    ],
    [
      written({ version: 2 }),
      "keyring-version-unsupported: 'acme' was sealed by another version than 1: update this package to read it",
    ],
    [exportKeyring(ring), "seal-missing: 'acme' is in plain text"],
  ])('is refused if it is %j', async (text, message) => {
    await expect(sealed(tampered({ text, version: 1 }), newKey()).load('acme')).rejects.toThrow(message)
  })

  it('is refused where what was sealed is no keyring of this name and version', async () => {
    const { store, records, masterKeys } = vault()
    await store.save('acme', ring, undefined)
    const sealedText = JSON.parse((await recordOf(records)).text)
    const text = JSON.stringify({ ...sealedText, keyring: sealedText.dataKey })
    await expect(sealed(tampered({ text, version: 1 }), masterKeys).load('acme')).rejects.toThrow(
      "seal-broken: 'acme' cannot be unsealed: it is not as it was sealed",
    )
  })

  it('does not get its own words into the message', async () => {
    const text = JSON.stringify({
      format: 'countersign-sealed-keyring',
      version: 1,
      name: 'x\n'.repeat(5000),
      keyringVersion: 1,
      masterKey: 'm',
      dataKey: '',
      keyring: '',
    })
    const error = await sealed(tampered({ text, version: 1 }), newKey())
      .load('acme')
      .catch((thrown) => thrown)
    expect(error.message.length).toBeLessThan(300)
  })
})

describe('plain text and sealed', () => {
  it('go over into each other by load and save', async () => {
    const { store, records, masterKeys } = vault()
    const plain = plaintextAtRest(records)
    const { version } = await plain.save('acme', ring, undefined)
    expect(await codeOf(store.load('acme'))).toBe('seal-missing')
    await store.save('acme', ring, version)
    expect((await sealed(records, masterKeys).load('acme'))?.version).toBe('2')
    await expect(plain.load('acme')).rejects.toMatchObject({
      code: 'keyring-malformed',
      message: expect.stringContaining('sealed'),
    })
  })
})

describe('a master key that is kept elsewhere', () => {
  /** A stand-in for a key management service: it turns the bits of a data key around, and counts what it is asked. */
  function standIn(id: string): MasterKey & { readonly asked: string[]; isDown: boolean } {
    const asked: string[] = []
    const turn = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0xff)
    return {
      id,
      asked,
      isDown: false,
      async wrap(dataKey, context) {
        asked.push(`wrap ${new TextDecoder().decode(context)}`)
        return turn(dataKey)
      },
      async unwrap(wrapped) {
        asked.push('unwrap')
        if (this.isDown) throw new Error('the service is down')
        return wrapped.length === 32 ? turn(wrapped) : undefined
      },
    }
  }

  it('is asked for each save and load, with the name and the version', async () => {
    const service = standIn('kms-1')
    const { store, records } = vault(service)
    await store.save('acme', ring, undefined)
    expect((await sealed(records, [newKey(), service]).load('acme'))?.ring.keys).toHaveLength(1)
    expect(service.asked).toEqual(['wrap ["countersign-sealed-keyring",1,"data key","acme",1,"kms-1"]', 'unwrap'])
  })

  it('that is down is no broken seal', async () => {
    const service = standIn('kms-1')
    const { store } = vault(service)
    await store.save('acme', ring, undefined)
    service.isDown = true
    await expect(store.load('acme')).rejects.toThrow(/^store-failed: read acme(: |$)/)
    const down = { ...service, wrap: () => Promise.reject(new Error('the service is down')) }
    await expect(vault(down).store.save('acme', ring, undefined)).rejects.toThrow(/^store-failed: write acme(: |$)/)
  })

  it('that gives something else is refused', async () => {
    const service = standIn('kms-1')
    const { store, records } = vault(service)
    await store.save('acme', ring, undefined)
    const other = { ...service, unwrap: async () => new Uint8Array(32) }
    expect(await codeOf(sealed(records, other).load('acme'))).toBe('seal-broken')
    const foreign = { ...service, unwrap: async (): Promise<undefined> => undefined }
    expect(await codeOf(sealed(records, foreign).load('acme'))).toBe('seal-broken')
  })
})
