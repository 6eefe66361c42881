import { type Claim, CountersignError, type IdempotencyStore } from '@countersign/core'
import { asciiText } from './ascii-text.js'
import { askerOf } from './ask.js'
import { claimOf } from './claim-answer.js'
import { deliverySql } from './delivery-sql.js'
import { durationText } from './duration.js'
import { type PostgresClient, requireTransaction } from './postgres-client.js'
import { requireOptions, type SchemaOption, schemaName } from './schema-name.js'
import { createSweeping } from './sweep.js'
import { tryAgain } from './try-again.js'

/** Where the store keeps its rows, and who deletes them. */
export interface PostgresStoreOptions extends SchemaOption {
  /**
   * `auto` (default): with each 256th claim of this process, up to 500 rows that nobody needs are deleted in the
   * background. `off`: `sweep()` is called by you, or the database does it.
   */
  readonly sweep?: 'auto' | 'off' | undefined
}

/** For `completeIn`. */
export interface CompleteInOptions {
  /** For how long the delivery is known as done if the receiver cannot say so any more, in milliseconds. Default 24 hours. */
  readonly keepMs?: number | undefined
}

/** A store whose completion can be part of a transaction of yours. */
export interface PostgresStore extends IdempotencyStore {
  /**
   * Completes a claim within your transaction: the effect and its mark are committed together, or neither is. Call it last,
   * since from then to the end of the transaction the row is locked, and the extensions of its lease wait.
   *
   * The claim is `context.claim` of the handler. The receiver still completes it afterwards, and is told yes.
   *
   * @throws CountersignError `lease-lost` if the delivery was not claimed, or another has claimed it since, or it was
   * completed before: let it through, so that the transaction is rolled back. `store-failed`, whose cause has
   * the code of the client's error. `option-invalid`.
   */
  completeIn(
    transaction: PostgresClient,
    claim: { readonly key: string; readonly token: string } | undefined,
    options?: CompleteInOptions,
  ): Promise<void>
  /** Deletes all rows that nobody needs any more, and resolves to how many. @throws CountersignError `store-failed`. */
  sweep(): Promise<number>
}

const DAY_MS = 24 * 60 * 60 * 1000

const NOT_CLAIMED = `the delivery was not claimed: idempotency is 'off', or the store was down and did not matter`

/** The one spelling of a token. PostgreSQL would take several. */
const TOKEN = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Remembers deliveries in PostgreSQL, for all instances that share the database. `migrate` creates the table.
 *
 * Each call is one statement. Leases end by the clock of the server, so the clocks of the instances do not matter. What is
 * done is known for as long as `complete` said, and how often a key was tried for a day after its lease ran out or was
 * released; durations of more than 100 years are as long as that.
 *
 * @param client a pool of `pg`, `sql` of postgres.js, or PGlite.
 * @throws CountersignError `option-invalid`. The methods reject with it for a duration that is not a number, 0 or more, and
 * with `store-failed`, whose cause has the message and the code of the client's error.
 */
export function postgresStore(client: PostgresClient, options: PostgresStoreOptions = {}): PostgresStore {
  requireOptions(options, ['schema', 'sweep'])
  const schema = schemaName(options.schema)
  const sql = deliverySql(schema)
  const ask = askerOf(client, schema)
  const sweeping = createSweeping(ask, sql.sweep, options.sweep)

  /** Whether it was changed. A token that is none of ours cannot be that of a claim. */
  async function change(what: 'extend' | 'complete' | 'release', key: string, token: string, ms?: string) {
    if (!TOKEN.test(token)) return false
    const values = [asciiText(key), token, ...(ms === undefined ? [] : [ms])]
    const rows = await tryAgain(() => ask(what, sql[what], values))
    return rows.length > 0
  }

  return Object.freeze<PostgresStore>({
    async claim(key, leaseMs): Promise<Claim> {
      const token = crypto.randomUUID()
      const values = [asciiText(key), token, durationText('leaseMs', leaseMs)]
      const claim = await tryAgain(async () => claimOf(await ask('claim', sql.claim, values), token))
      sweeping.claimed()
      return claim
    },
    extend: async (key, token, leaseMs) => change('extend', key, token, durationText('leaseMs', leaseMs)),
    complete: async (key, token, keepMs) => change('complete', key, token, durationText('keepMs', keepMs)),
    release: async (key, token) => change('release', key, token),
    async completeIn(transaction, claim, { keepMs = DAY_MS } = {}) {
      const ms = durationText('keepMs', keepMs)
      requireTransaction(transaction)
      const askIn = askerOf(transaction, schema)
      if (claim === undefined) throw new CountersignError('lease-lost', NOT_CLAIMED)
      const { key, token } = claim
      if (typeof key !== 'string' || typeof token !== 'string') {
        throw new CountersignError(
          'option-invalid',
          'completeIn takes the claim of the context that the handler is given',
        )
      }
      // Not tried again: what the database refuses here is the whole transaction.
      const rows = TOKEN.test(token) ? await askIn('completeIn', sql.commit, [asciiText(key), token, ms]) : []
      if (rows.length === 0) throw new CountersignError('lease-lost', 'completeIn')
    },
    sweep: () => sweeping.sweep(),
  })
}
