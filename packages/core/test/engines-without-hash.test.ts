import { expect, test, vi } from 'vitest'
import { engine as withHash } from '../src/mac.node.js'

// Node before 20.12 has no `crypto.hash`.
vi.resetModules()
vi.doMock('node:crypto', async (original) => ({ ...(await original<object>()), hash: undefined }))
const { engine } = await import('../src/mac.node.js')
vi.doUnmock('node:crypto')

const ascii = (text: string) => Uint8Array.from(Buffer.from(text, 'ascii'))

test('is the engine that was made without it', () => {
  expect(engine).not.toBe(withHash)
})

// RFC 2202, section 3, and RFC 4231, section 4.3: test case 2 of each.
test.each([
  ['sha1', 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79'],
  ['sha256', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
] as const)('%s', async (hash, digest) => {
  const key = engine.importKey(hash, ascii('Jefe'))
  expect(await engine.mac(key, [ascii('what do ya want for nothing?')], 'hex')).toBe(digest)
  expect(await engine.mac(key, ['what do ya ', ascii('want for nothing?')], 'base64')).toBe(
    Buffer.from(digest, 'hex').toString('base64'),
  )
})

// Beyond what is copied: openssl dgst -sha256 -mac HMAC -macopt hexkey:4a656665 <(head -c 1048576 /dev/zero)
test('a mebibyte', async () => {
  const mac = await engine.mac(engine.importKey('sha256', ascii('Jefe')), [new Uint8Array(1024 * 1024)], 'hex')
  expect(mac.slice(0, 8)).toBe('df912fe8')
})
