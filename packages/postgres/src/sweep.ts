import { CountersignError } from '@countersign/core'
import type { Ask } from './ask.js'
import { tryAgain } from './try-again.js'

/** Claims from one sweep to the next. */
const CLAIMS = 256
/** Twice the claims, so that it keeps up with them. */
const ROWS = 500
/** Of one statement, so that none holds many rows for long. */
const BATCH = 5_000

export interface Sweeping {
  /** To be called with each claim. */
  claimed(): void
  sweep(): Promise<number>
}

/**
 * Deletes the rows that nobody needs: all when asked to, and a little with the claims. That is done beside them: they do not
 * wait for it, and its failures are theirs to tell. Nothing but claims starts it, so there is no timer to stop.
 *
 * @throws CountersignError `option-invalid`.
 */
export function createSweeping(ask: Ask, text: string, mode: 'auto' | 'off' = 'auto'): Sweeping {
  if (!['auto', 'off'].includes(mode)) throw new CountersignError('option-invalid', `sweep must be 'auto' or 'off'`)
  // Processes that live for a few claims only take their turn as well.
  let claims = Math.floor(Math.random() * CLAIMS)
  let isSweeping = false

  async function deleteUpTo(rows: number, hoursLeft: number): Promise<number> {
    const [count] = await tryAgain(() => ask('sweep', text, [String(hoursLeft), String(rows)]))
    return Number(count)
  }

  async function sweepALittle(): Promise<void> {
    isSweeping = true
    try {
      // In the hours that have passed all is over, so what is looked at is deleted, and no more.
      await deleteUpTo(ROWS, 1)
    } finally {
      isSweeping = false
    }
  }

  return {
    claimed() {
      if (mode === 'off') return
      claims = (claims + 1) % CLAIMS
      if (claims === 0 && !isSweeping) sweepALittle().catch(() => undefined)
    },
    async sweep() {
      let total = 0
      let count: number
      do {
        count = await deleteUpTo(BATCH, 0)
        total += count
      } while (count === BATCH)
      return total
    },
  }
}
