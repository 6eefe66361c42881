import { schemaName, tableIn } from './schema-name.js'

/**
 * One statement that creates what is missing of the schema and its tables. It may be run again, and by many at once:
 * what is there stays as it is.
 *
 * Each thing is looked for first. `IF NOT EXISTS` would ask for the right to create even where it creates nothing, and
 * would send notices, which some clients print.
 *
 * @param schema as the option `schema` has it.
 * @throws CountersignError `option-invalid`.
 */
export function schemaSql(schema?: string): string {
  const name = schemaName(schema)
  const deliveries = tableIn(name, 'deliveries')
  const keyrings = tableIn(name, 'keyrings')
  const keyUses = tableIn(name, 'key_uses')
  return `-- Countersign: run it with any client, as often as you like. What is there stays as it is.
DO $countersign$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('countersign', 0));

  IF to_regnamespace('"${name}"') IS NULL THEN
    CREATE SCHEMA "${name}";
  END IF;

  IF to_regclass('${deliveries}') IS NULL THEN
    CREATE TABLE ${deliveries} (
      until timestamptz NOT NULL, -- the end of the lease, or of the time that a completion is kept; of a release, when it was
      attempt integer NOT NULL,
      -- The hour since 1970 in which nobody needs the row any more: a day later where attempts are counted. By the hour, so
      -- that most updates leave it as it is. One that changes an indexed column costs an entry in each index.
      sweep_hour integer NOT NULL GENERATED ALWAYS AS (
        floor(extract(epoch FROM until AT TIME ZONE 'UTC') / 3600)::integer
        + CASE WHEN state IN ('leased', 'released') THEN 24 ELSE 0 END
      ) STORED,
      token uuid NOT NULL,
      state text NOT NULL CHECK (state IN ('leased', 'released', 'committed', 'done')),
      key bytea PRIMARY KEY -- SHA-256 of the idempotency key
    ) WITH (fillfactor = 80);
    CREATE INDEX deliveries_sweep_hour ON ${deliveries} (sweep_hour);
  END IF;

  IF to_regclass('${keyrings}') IS NULL THEN
    CREATE TABLE ${keyrings} (
      name text COLLATE "C" PRIMARY KEY,
      version bigint NOT NULL,
      text text NOT NULL,
      changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
    );
  END IF;

  IF to_regclass('${keyUses}') IS NULL THEN
    CREATE TABLE ${keyUses} (
      ring text COLLATE "C",
      key_id text COLLATE "C",
      last_used bigint NOT NULL, -- milliseconds since the epoch
      PRIMARY KEY (ring, key_id)
    );
  END IF;
END
$countersign$;
`
}
