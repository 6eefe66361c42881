import type { Claim, IdempotencyStore } from '@countersign/core'
import { type Data, type Defect, isOver, newToken, type Row } from './plain-store.js'

interface Defective {
  readonly name: string
  readonly defect: Defect
  /** The name of a case that must fail, and its message. */
  readonly fails: RegExp
}

const tick = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Each is a mistake that a store with a real database behind it could make. */
export const DEFECTS: readonly Defective[] = [
  {
    name: 'claims that look first and write later are not exclusive',
    defect: (_good, data) => ({ claim: (key, leaseMs) => claimInTwoSteps(data, key, leaseMs) }),
    fails: /^race: of 50 claims of a new key, one gets it .*expected one 'claimed'.*saw 50 times 'claimed'/,
  },
  {
    name: 'claims that are exclusive in each process only',
    defect: (good, data) => {
      const inTurn = queue()
      return {
        claim: (key, leaseMs) =>
          data.isDown ? good.claim(key, leaseMs) : inTurn(() => claimInTwoSteps(data, key, leaseMs)),
      }
    },
    fails: /^race: of 50 claims of a new key, one gets it .*saw 2 times 'claimed'/,
  },
  {
    name: 'takeovers that are not exclusive',
    defect: (good, data) => ({
      claim: async (key, leaseMs) => {
        const isKnown = data.rows.has(key)
        return isKnown ? claimInTwoSteps(data, key, leaseMs) : good.claim(key, leaseMs)
      },
    }),
    fails: /^race: of 50 claims of a lease that has run out, one gets it/,
  },
  {
    name: 'a completion that looks at the token first and writes later',
    defect: (_good, data) => ({
      complete: async (key, token, keepMs) => {
        const row = reached(data).rows.get(key)
        await tick()
        if (row?.token !== token || row.state !== 'held') return false
        data.rows.set(key, { ...row, state: 'done', until: data.now + keepMs })
        return true
      },
    }),
    fails: /^race: complete and a takeover are never both told yes .*told true/,
  },
  {
    name: 'an extension that looks at the token first and writes later',
    defect: (good, data) => ({
      extend: async (key, token, leaseMs) => {
        const row = reached(data).rows.get(key)
        await tick()
        if (row?.token !== token) return good.extend(key, token, leaseMs)
        data.rows.set(key, { ...row, until: data.now + leaseMs })
        return true
      },
    }),
    fails: /^race: extend and a takeover are never both told yes/,
  },
  {
    name: 'a release that looks at the token first and writes later',
    defect: (_good, data) => ({
      release: async (key, token) => {
        const row = reached(data).rows.get(key)
        await tick()
        return row?.token === token && row.state === 'held' && data.rows.delete(key)
      },
    }),
    fails: /^race: release does not free what a takeover has claimed/,
  },
  {
    name: 'a release that deletes without looking at the token',
    defect: (_good, data) => ({ release: async (key) => reached(data).rows.delete(key) }),
    fails: /^fencing: an older token does not release .*expected release .* false; saw true/,
  },
  {
    name: 'a release that says no, and deletes all the same',
    defect: (good, { rows }) => ({
      release: async (key, token) => {
        const answer = await good.release(key, token)
        rows.delete(key)
        return answer
      },
    }),
    fails: /^fencing: an older token does not release .*expected 'in-progress'; saw 'claimed'/,
  },
  {
    name: 'no fencing of complete',
    defect: (good, { rows }) => ({
      complete: (key, _token, keepMs) => good.complete(key, rows.get(key)?.token ?? '', keepMs),
    }),
    fails: /^fencing: an older token does not complete .*expected complete .* false; saw true/,
  },
  {
    name: 'no fencing of extend',
    defect: (good, { rows }) => ({
      extend: (key, _token, leaseMs) => good.extend(key, rows.get(key)?.token ?? '', leaseMs),
    }),
    fails: /^fencing: an older token does not extend/,
  },
  {
    name: 'an extension that says no, and shortens all the same',
    defect: (good, { rows }) => ({
      extend: async (key, token, leaseMs) => {
        await good.extend(key, rows.get(key)?.token ?? '', leaseMs)
        return good.extend(key, token, leaseMs)
      },
    }),
    fails: /^fencing: an older token does not shorten .*expected 'in-progress'; saw 'claimed'/,
  },
  {
    name: 'leases that never end',
    defect: (good) => ({ claim: (key) => good.claim(key, Number.MAX_SAFE_INTEGER) }),
    fails: /^claim: when the lease has run out, the next one gets it .*expected 'claimed'/,
  },
  {
    name: 'leases in seconds instead of milliseconds',
    defect: (good) => ({ claim: (key, leaseMs) => good.claim(key, leaseMs * 1000) }),
    fails: /^claim: one that another holds is in progress.*retryAfterMs above 0 and at most/,
  },
  {
    name: 'in progress that does not know for how long',
    defect: (good) => ({
      claim: async (key, leaseMs) => {
        const claim = await good.claim(key, leaseMs)
        return claim.state === 'in-progress' ? { state: 'in-progress', retryAfterMs: leaseMs } : claim
      },
    }),
    fails: /^claim: in progress says how long the lease still lasts/,
  },
  {
    name: 'a completion that forgets the key',
    defect: (good, { rows }) => ({
      complete: async (key, token, keepMs) => (await good.complete(key, token, keepMs)) && rows.delete(key),
    }),
    fails: /^complete: further claims are told that it is done .*saw 'claimed'/,
  },
  {
    name: 'a completion that lasts as long as the lease',
    defect: (good, { rows }) => ({
      complete: async (key, token, keepMs) => {
        const until = rows.get(key)?.until ?? 0
        const answer = await good.complete(key, token, keepMs)
        if (answer) rows.set(key, { ...(rows.get(key) as Row), until })
        return answer
      },
    }),
    fails: /^complete: it is still done when the lease would have run out/,
  },
  {
    name: 'a completion that is kept for ever',
    defect: (good) => ({ complete: (key, token) => good.complete(key, token, Number.MAX_SAFE_INTEGER) }),
    fails: /^complete: when keepMs have passed, the key is new .*saw 'done'/,
  },
  {
    name: 'a release that reopens what is done',
    defect: (good, { rows }) => ({
      release: async (key, token) =>
        (await good.release(key, token)) || (rows.get(key)?.token === token && rows.delete(key)),
    }),
    fails: /^release: not after complete, which stands/,
  },
  {
    name: 'an extension that makes a lease of what is done',
    defect: (good, data) => ({
      extend: async (key, token, leaseMs) => {
        const row = reached(data).rows.get(key)
        if (row?.token !== token) return good.extend(key, token, leaseMs)
        data.rows.set(key, { ...row, state: 'held', until: data.now + leaseMs })
        return true
      },
    }),
    fails: /^extend: not after complete, which stands/,
  },
  {
    name: 'a completion that takes a lease of what is done',
    defect: (good, { rows }) => ({
      complete: async (key, token, keepMs) =>
        (await good.complete(key, token, keepMs)) || (rows.get(key)?.token === token && rows.delete(key)),
    }),
    fails: /^complete: a second one does not reopen it/,
  },
  {
    name: 'a release that waits for the lease',
    defect: (good) => ({ release: (key, token) => good.extend(key, token, 30_000) }),
    fails: /^release: the next claim gets it at once/,
  },
  {
    name: 'a token that is still good after its release',
    defect: (good, data) => ({
      extend: async (key, token, leaseMs) => {
        const row = data.rows.get(key)
        if (row?.token === token && row.state === 'released') data.rows.set(key, { ...row, state: 'held' })
        return good.extend(key, token, leaseMs)
      },
    }),
    fails: /^release: it ends the claim/,
  },
  {
    name: 'an extension that adds to the old end',
    defect: (good, data) => ({
      extend: (key, token, leaseMs) =>
        good.extend(key, token, (data.rows.get(key)?.until ?? data.now) - data.now + leaseMs),
    }),
    fails: /^extend: the new end counts from now, not from the old end/,
  },
  {
    name: 'an extension that only lengthens',
    defect: (good, data) => ({
      extend: (key, token, leaseMs) =>
        good.extend(key, token, Math.max((data.rows.get(key)?.until ?? 0) - data.now, leaseMs)),
    }),
    fails: /^extend: a shorter lease ends earlier/,
  },
  {
    name: 'an extension that does nothing',
    defect: (good) => ({
      extend: async (key, token, leaseMs) => {
        const claim = await good.claim(key, leaseMs)
        return claim.state === 'in-progress' && token.startsWith('token')
      },
    }),
    fails: /^extend: the lease holds on/,
  },
  {
    name: 'attempts from zero',
    defect: renumbered((attempt) => attempt - 1),
    fails: /^claim: a new key is claimed, as the first attempt .*saw attempt 0/,
  },
  {
    name: 'attempts that are always the first',
    defect: renumbered(() => 1),
    fails: /^attempt: counts claims that were granted.*expected attempt 2.*saw attempt 1/,
  },
  {
    name: 'attempts that are sometimes told',
    defect: renumbered((attempt) => (attempt === 2 ? undefined : attempt)),
    fails: /^attempt: .*expected attempt in each claim, or in none; saw in 2 of 3/,
  },
  {
    name: 'attempts that count the claims that got nothing',
    defect: (good, { rows }) => ({
      claim: async (key, leaseMs) => {
        const claim = await good.claim(key, leaseMs)
        const row = rows.get(key)
        if (claim.state === 'in-progress' && row) rows.set(key, { ...row, attempt: row.attempt + 1 })
        return claim
      },
    }),
    fails: /^attempt: counts claims that were granted.*saw attempt 4/,
  },
  {
    name: 'one token for all claims of a key',
    defect: withTokens((key) => `token-of-${key}`),
    fails: /^claim: each has a token of its own .*saw 40/,
  },
  {
    name: 'one token for all keys',
    defect: withTokens(() => 'token'),
    fails: /^token: none but the very one is taken/,
  },
  {
    name: 'an empty token',
    defect: withTokens(() => ''),
    fails: /^claim: a new key is claimed.*expected a token/,
  },
  {
    name: 'tokens compared without case and blanks at the end',
    defect: (good, { rows }) => ({
      release: (key, token) => {
        const own = rows.get(key)?.token
        return good.release(key, own === token.trimEnd().toLowerCase() ? own : token)
      },
    }),
    fails: /^token: none but the very one is taken/,
  },
  {
    name: 'a garbage token that makes it throw',
    defect: (good) => ({
      extend: async (key, token, leaseMs) => {
        if (!token.startsWith('token')) throw new TypeError('malformed token')
        return good.extend(key, token, leaseMs)
      },
    }),
    fails: /^token: none but the very one is taken .*malformed token/,
  },
  {
    name: 'keys folded to lower case',
    defect: byKey((key) => key.toLowerCase()),
    fails: /^keys: odd and similar ones/,
  },
  { name: 'keys cut at 255', defect: byKey((key) => key.slice(0, 255)), fails: /^keys: odd and similar ones/ },
  { name: 'keys trimmed', defect: byKey((key) => key.trimEnd()), fails: /^keys: odd and similar ones/ },
  { name: 'keys cut at a NUL', defect: byKey((key) => key.split('\0')[0] ?? ''), fails: /^keys: odd and similar ones/ },
  { name: 'keys in a normal form', defect: byKey((key) => key.normalize()), fails: /^keys: odd and similar ones/ },
  {
    name: 'keys encoded as UTF-8, whose lone surrogates are all one',
    defect: byKey((key) => new TextDecoder().decode(new TextEncoder().encode(key))),
    fails: /^keys: odd and similar ones/,
  },
  {
    name: 'a key with a meaning of its own',
    defect: byKey((key) => {
      if (key in {}) throw new TypeError('no key')
      return key
    }),
    fails: /^keys: texts with a meaning elsewhere .*no key/,
  },
  {
    name: 'an outage that reads as new',
    defect: (good, data) => ({
      claim: async (key, leaseMs) =>
        data.isDown ? { state: 'claimed', token: newToken(), attempt: 1 } : good.claim(key, leaseMs),
    }),
    fails: /^outage: claim of a new key rejects .*saw it resolve to .*"claimed"/,
  },
  {
    name: 'an outage that reads as done',
    defect: (good, data) => ({
      claim: async (key, leaseMs) => (data.isDown ? { state: 'done' } : good.claim(key, leaseMs)),
    }),
    fails: /^outage: claim of a key that is held rejects .*saw it resolve to .*"done"/,
  },
  ...(['extend', 'complete', 'release'] as const).map((method) => ({
    name: `an outage in which ${method} says no`,
    defect: (good: IdempotencyStore, data: Data) => ({
      [method]: async (...given: [string, string, number]) => !data.isDown && good[method](...given),
    }),
    fails: new RegExp(`^outage: ${method} rejects .*saw it resolve to false`),
  })),
]

function reached(data: Data): Data {
  if (data.isDown) throw new Error('the store is down')
  return data
}

async function claimInTwoSteps(data: Data, key: string, leaseMs: number): Promise<Claim> {
  const row = reached(data).rows.get(key)
  await tick()
  if (row !== undefined && !isOver(row, data.now)) {
    return row.state === 'done' ? { state: 'done' } : { state: 'in-progress', retryAfterMs: row.until - data.now }
  }
  const attempt = row === undefined || row.state === 'done' ? 1 : row.attempt + 1
  const token = newToken()
  data.rows.set(key, { state: 'held', token, attempt, until: data.now + leaseMs })
  return { state: 'claimed', token, attempt }
}

/** One after the other. */
function queue(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work)
    last = next.catch(() => undefined)
    return next
  }
}

function renumbered(change: (attempt: number) => number | undefined): Defect {
  return (good) => ({
    claim: async (key, leaseMs) => {
      const claim = await good.claim(key, leaseMs)
      return claim.state === 'claimed' ? { ...claim, attempt: change(claim.attempt ?? 0) } : claim
    },
  })
}

function withTokens(tokenOf: (key: string) => string): Defect {
  return (good, { rows }) => ({
    claim: async (key, leaseMs) => {
      const claim = await good.claim(key, leaseMs)
      if (claim.state !== 'claimed') return claim
      const token = tokenOf(key)
      rows.set(key, { ...(rows.get(key) as Row), token })
      return { ...claim, token }
    },
  })
}

function byKey(change: (key: string) => string): Defect {
  return (good) => ({
    claim: async (key, leaseMs) => good.claim(change(key), leaseMs),
    extend: async (key, token, leaseMs) => good.extend(change(key), token, leaseMs),
    complete: async (key, token, keepMs) => good.complete(change(key), token, keepMs),
    release: async (key, token) => good.release(change(key), token),
  })
}
