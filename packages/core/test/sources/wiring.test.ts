import { describe, expect, it } from 'vitest'
import { createVerifier } from '../../src/index.js'
import { awsSecretsManager, environment, vaultKv2 } from '../../src/sources.js'
import { plainVendor } from '../vendors.js'

describe('what cannot work is refused at once, and says what is meant', () => {
  const vault = { address: 'https://vault.example', token: 'a-token', mount: 'kv', path: 'a', field: 'secret' }

  it.each<[object, string]>([
    [{ address: 'vault' }, 'address must be a URL'],
    [{ address: 'ftp://vault' }, 'address must be http:// or https://, a host and perhaps a path'],
    [{ address: 'xhttp://vault' }, 'address must be http:// or https://, a host and perhaps a path'],
    [{ address: 'https-x://vault' }, 'address must be http:// or https://, a host and perhaps a path'],
    [{ path: '/a' }, "path is that of `vault kv get`, without the mount, 'data/' and slashes at its ends"],
    [{ path: '/' }, "path is that of `vault kv get`, without the mount, 'data/' and slashes at its ends"],
    [{ path: 7 }, "path is that of `vault kv get`, without the mount, 'data/' and slashes at its ends"],
    [{ field: undefined }, 'field names the field with the secret'],
    [{ token: '' }, 'the token is not set'],
    [{ token: 'a b' }, 'the token must be printable ASCII, without white space'],
    [{ graceMs: -1 }, 'graceMs must be milliseconds, 0 or more'],
  ])('vaultKv2 with %j', (options, met) => {
    expect(() => vaultKv2({ ...vault, ...options } as never)).toThrow(`option-invalid: ${met}`)
  })

  it('vaultKv2 takes a path of one letter, and no grace', () => {
    expect(() => vaultKv2({ ...vault, graceMs: 0 } as never)).not.toThrow()
  })

  it.each([
    [undefined, 'a'],
    [{ getSecretValue: async () => ({}) }, ''],
    [{ getSecretValue: async () => ({}) }, 7],
  ])('awsSecretsManager with %j and %j', (client, id) => {
    expect(() => awsSecretsManager(client as never, id as never)).toThrow(
      'option-invalid: awsSecretsManager takes new SecretsManager(), which has getSecretValue, and the name of a secret',
    )
  })

  it('environment with a secret, or an option that is none', () => {
    expect(() => environment('a-secret')).toThrow(
      "option-invalid: environment takes the name of a variable in capitals, such as 'AUTIFY_SECRET', not its value",
    )
    expect(() => environment(7 as never)).toThrow('option-invalid')
    expect(() => environment(['ACME'] as never)).toThrow('option-invalid')
    expect(() => environment('ACME', { minbytes: 4 } as never)).toThrow(
      'option-invalid: minbytes is none of: env, encoding, minBytes',
    )
  })
})

describe('environment', () => {
  it('takes secrets between any white space', () => {
    const ring = environment('ACME', { env: { ACME: ' first-secret \t\n second-secret\n' } })()
    expect(ring.keys.map(({ id }) => id)).toEqual(['ACME-1', 'ACME-2'])
  })
})

describe('awsSecretsManager', () => {
  const at = (seconds: number) => new Date(seconds * 1000)
  type Version = { VersionId?: string; SecretString?: string; CreatedDate?: Date }

  function ringOf(versions: Record<string, Version>) {
    const getSecretValue = async ({ VersionStage }: { VersionStage?: string }) => {
      const found = versions[VersionStage ?? '']
      if (found === undefined) throw Object.assign(new Error('none'), { name: 'ResourceNotFoundException' })
      return found
    }
    return awsSecretsManager({ getSecretValue } as never, 'acme', { graceMs: 5000 })({
      provider: 'acme',
      refresh: false,
    })
  }

  it('retires the previous version, also where both are of the same moment', async () => {
    const ring = await ringOf({
      AWSCURRENT: { VersionId: 'b', SecretString: 'second-secret', CreatedDate: at(100) },
      AWSPREVIOUS: { VersionId: 'a', SecretString: 'first-secret', CreatedDate: at(100) },
    })
    expect(ring?.keys).toMatchObject([{ activeFrom: 100_000 }, { retireFrom: 100_000, notAfter: 105_000 }])
  })

  it('takes versions without a date for the oldest', async () => {
    const ring = await ringOf({
      AWSCURRENT: { VersionId: 'b', SecretString: 'second-secret' },
      AWSPREVIOUS: { VersionId: 'a', SecretString: 'first-secret' },
    })
    expect(ring?.keys).toMatchObject([{ activeFrom: 0 }, { retireFrom: 0, notAfter: 5000 }])
  })

  it.each(['{"secret":"x"}', '[1]'])('refuses %s as a whole, and says how to name a field', async (SecretString) => {
    await expect(ringOf({ AWSCURRENT: { VersionId: 'a', SecretString } })).rejects.toMatchObject({
      code: 'key-source-failed',
      cause: { message: "its value is a JSON object: name the field with the secret, { field: '...' }" },
    })
  })

  it.each(['no-json-at-all', '12345678', '"a-quoted-secret"'])('takes %s as it stands', async (SecretString) => {
    const ring = await ringOf({ AWSCURRENT: { VersionId: 'a', SecretString } })
    expect(ring?.keys).toHaveLength(1)
  })

  it.each([null, undefined, 'ResourceNotFoundException'])('passes on %j, which is thrown', async (thrown) => {
    const getSecretValue = () => Promise.reject(thrown)
    const keys = awsSecretsManager({ getSecretValue } as never, 'acme')
    const verifier = createVerifier(plainVendor(), { keys })
    await expect(verifier.verify({ headers: { 'X-Acme-Signature': 'ab'.repeat(32) }, body: '' })).rejects.toMatchObject(
      {
        code: 'key-source-failed',
      },
    )
  })
})
