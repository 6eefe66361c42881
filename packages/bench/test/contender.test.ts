import { describe, expect, it } from 'vitest'
import { type Contender, type Prepared, proven, tampered } from '../src/contender.js'

const contender = { id: 'one' } as Contender

function prepared(attempt: Prepared['attempt']): Prepared {
  return { mac: 'abc', attempt, accepts: (result) => result === true }
}

describe('a contender', () => {
  it('is timed with the good signature, once both have been judged rightly', async () => {
    const call = await proven(
      contender,
      prepared((mac) => () => mac === 'abc'),
    )
    expect(call()).toBe(true)
  })

  it('may throw or reject to refuse', async () => {
    const attempt = (mac: string) => async () => {
      if (mac !== 'abc') throw new Error('refused')
      return true
    }
    await expect(proven(contender, prepared(attempt))).resolves.toBeTypeOf('function')
  })

  it('is not timed where it refuses what is good', async () => {
    await expect(
      proven(
        contender,
        prepared(() => () => false),
      ),
    ).rejects.toThrow('one refuses a good signature')
  })

  it('is not timed where it accepts what is bad', async () => {
    await expect(
      proven(
        contender,
        prepared(() => () => true),
      ),
    ).rejects.toThrow('one accepts a bad signature')
  })

  it('is not timed where it is good for one call only', async () => {
    let calls = 0
    const attempt = (mac: string) => () => mac === 'abc' && calls++ === 0
    await expect(proven(contender, prepared(attempt))).rejects.toThrow('one refuses a good signature')
  })

  it('meets a signature of the same length and alphabet', () => {
    expect(tampered('abc')).toBe('0bc')
    expect(tampered('0bc')).toBe('1bc')
  })
})
