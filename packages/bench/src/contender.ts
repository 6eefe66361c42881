export type Hash = 'sha1' | 'sha256'

/** Where a contender is prepared: a Node process, a Worker or a page. */
export interface Setting {
  readonly body: Uint8Array
  /** As the platform's users do it: `toString` of a Buffer, or a TextDecoder. */
  text(body: Uint8Array): string
  /** The module of that name. */
  load<Module>(name: string): Promise<Module>
}

/** A contender and one delivery. */
export interface Prepared {
  /** The good MAC, as the scheme writes it. */
  readonly mac: string
  /** All that a receiver makes once is made; what it does for each delivery is in the function that is given back. */
  attempt(mac: string): () => unknown
  /** Whether what came back, or what its promise resolves to, says that the delivery is good. A throw says that it is not. */
  accepts(result: unknown): boolean
}

export interface Contender {
  readonly id: string
  readonly title: string
  /** What its scheme hashes with, and so what it is measured by. */
  readonly hash: Hash
  /** Whether a timestamp stands under the MAC. */
  readonly isStamped: boolean
  /** What it takes a body as. To turn bytes into that is part of what is measured. */
  readonly takes: 'bytes' | 'text' | 'Request'
  /** What it does beside verifying, which a reader has to know. */
  readonly note?: string
  prepare(setting: Setting): Promise<Prepared>
}

/** The call with the good signature, and how often it may be made: both signatures were tried, and judged rightly. */
export async function proven({ id }: Contender, { mac, attempt, accepts }: Prepared): Promise<() => unknown> {
  const good = attempt(mac)
  const bad = attempt(tampered(mac))
  const judged = async (call: () => unknown) => {
    try {
      return accepts(await call())
    } catch {
      return false
    }
  }
  // Twice: what is spent by one call is no verifier.
  for (let time = 0; time < 2; time += 1) {
    if (!(await judged(good))) throw new Error(`${id} refuses a good signature`)
    if (await judged(bad)) throw new Error(`${id} accepts a bad signature`)
  }
  return good
}

/** Another digit first, which both encodings have. */
export function tampered(mac: string): string {
  return (mac.startsWith('0') ? '1' : '0') + mac.slice(1)
}
