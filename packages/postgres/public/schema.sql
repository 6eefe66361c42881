-- Countersign: run it with any client, as often as you like. What is there stays as it is.
DO $countersign$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('countersign', 0));

  IF to_regnamespace('"countersign"') IS NULL THEN
    CREATE SCHEMA "countersign";
  END IF;

  IF to_regclass('"countersign".deliveries') IS NULL THEN
    CREATE TABLE "countersign".deliveries (
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
    CREATE INDEX deliveries_sweep_hour ON "countersign".deliveries (sweep_hour);
  END IF;

  IF to_regclass('"countersign".keyrings') IS NULL THEN
    CREATE TABLE "countersign".keyrings (
      name text COLLATE "C" PRIMARY KEY,
      version bigint NOT NULL,
      text text NOT NULL,
      changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
    );
  END IF;

  IF to_regclass('"countersign".key_uses') IS NULL THEN
    CREATE TABLE "countersign".key_uses (
      ring text COLLATE "C",
      key_id text COLLATE "C",
      last_used bigint NOT NULL, -- milliseconds since the epoch
      PRIMARY KEY (ring, key_id)
    );
  END IF;
END
$countersign$;
