import { Command, InvalidArgumentError } from 'commander'
import { describe, expect, it } from 'vitest'
import { type ProviderFlags, providerFrom, providerOptions } from '../src/provider-option.js'
import { PROVIDERS } from '../src/providers.js'

/** The provider that a command line of these words asks for. */
function providerOf(...words: string[]) {
  const command = providerOptions(new Command().exitOverride().configureOutput({ writeErr: () => undefined }))
  return providerFrom(command.parse(words, { from: 'user' }).opts<ProviderFlags>())
}

it.each([
  [['-p', 'autify'], { id: 'autify' }],
  [['-p', 'insider', '-o', 'mode=token'], { scheme: { kind: 'token', header: 'X-INS-AUTH' } }],
  [['--provider=insider', '--option=encoding=base64'], { scheme: { signature: { encoding: 'base64' } } }],
  [
    ['-p', 'orange-logic', '-o', 'hash=sha512', '-o', 'rotationPeriodMs=60000'],
    { scheme: { hash: 'sha512' }, rotation: { defaultGraceMs: 60000 } },
  ],
  [['-p', 'global-commerce', '-o', 'activates=immediately'], { rotation: { activates: 'immediately' } }],
  [
    ['-p', 'agilepoint', '-o', 'headers.primary=X-A', '-o', 'headers.secondary=X-B', '-o', 'encoding=hex'],
    {
      scheme: {
        signature: [
          { header: 'X-A', slot: 'primary', encoding: 'hex' },
          { header: 'X-B', slot: 'secondary' },
        ],
      },
    },
  ],
  [
    ['-p', 'agilepoint', '-o', 'headers.both=X-A', '-o', 'headers.separator==,='],
    { scheme: { signature: { header: 'X-A', separator: '=,=' } } },
  ],
])('%j', (words, provider) => {
  expect(providerOf(...words)).toMatchObject(provider)
})

it.each([
  [[], 'name the provider: --provider agilepoint, orange-logic, insider, global-commerce, autify'],
  [['-p', 'autify', '-o', 'hash=sha512'], '--option hash: autify has no options'],
  [['-p', 'insider', '-o', 'hash=sha512'], '--option hash: insider has only mode, encoding'],
  [['-p', 'insider', '-o', '__proto__.x=1'], '--option __proto__.x: insider has only'],
  [['-p', 'insider', '-o', 'mode'], '--option mode: write it as name=value'],
  [['-p', 'insider', '-o', '=token'], 'write it as name=value'],
  [['-p', 'insider', '-o', 'mode=tok'], '--option mode: it is one of hmac, token'],
  [['-p', 'orange-logic', '-o', 'rotationPeriodMs=1h'], '--option rotationPeriodMs: write a number of milliseconds'],
  [['-p', 'agilepoint'], '-o headers.primary=<name> -o headers.secondary=<name>'],
  [['-p', 'agilepoint', '-o', 'headers.primary=X-A'], '--option of agilepoint: provider-invalid'],
])('%j is told what is missing', (words, message) => {
  expect(() => providerOf(...words)).toThrow(InvalidArgumentError)
  expect(() => providerOf(...words)).toThrow(message)
})

it('offers the five', () => {
  expect(() => providerOf('-p', 'acme')).toThrow(
    'Allowed choices are agilepoint, orange-logic, insider, global-commerce, autify.',
  )
})

describe('the defaults that are shown', () => {
  const shown = PROVIDERS.flatMap(({ id, options }) =>
    options.flatMap((option) =>
      option.default === undefined ? [] : [{ id, name: option.name, value: option.default }],
    ),
  )

  it.each(shown)('are those of the adapter: $id $name', ({ id, name, value }) => {
    const required = id === 'agilepoint' ? ['-o', 'headers.both=X-A', '-o', 'headers.separator=,'] : []
    const plain = providerOf('-p', id, ...required)
    const spelledOut = providerOf('-p', id, ...required, '-o', `${name}=${value}`)
    expect(JSON.stringify(spelledOut)).toBe(JSON.stringify(plain))
  })

  it.each(PROVIDERS)('every value that is offered is one: $id', ({ id, options }) => {
    const required = id === 'agilepoint' ? ['-o', 'headers.both=X-A', '-o', 'headers.separator=,'] : []
    for (const { name, kind } of options) {
      for (const value of Array.isArray(kind) ? kind : []) providerOf('-p', id, ...required, '-o', `${name}=${value}`)
    }
  })
})
