/** What a receiver answered. */
export interface Reply {
  readonly status: number
  readonly durationMs: number
  /** Its beginning. */
  readonly body: string
}

/** A receiver's answer is read to the eye: what is longer is left. */
const MOST_BYTES = 2000

/** Posts bytes. @throws Error where no answer comes. */
export async function post(
  url: string,
  headers: readonly (readonly [string, string])[],
  body: Uint8Array,
  timeoutMs: number,
): Promise<Reply> {
  const started = performance.now()
  try {
    const init = { method: 'POST', headers: headers.map(([name, value]) => [name, value] as [string, string]), body }
    // A vendor follows no redirect: it takes it for a failure.
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
    const text = await beginningOf(response)
    return { status: response.status, durationMs: performance.now() - started, body: text }
  } catch (error) {
    throw unreached(url, error, timeoutMs)
  }
}

async function beginningOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    chunks.push(chunk)
    bytes += chunk.length
    // Leaving the loop cancels the rest.
    if (bytes >= MOST_BYTES) break
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, MOST_BYTES))
}

function unreached(url: string, error: unknown, timeoutMs: number): Error {
  const { origin } = new URL(url)
  if (error instanceof Error && error.name === 'TimeoutError')
    return new Error(`${origin} has not answered for ${timeoutMs / 1000} s`)
  // "fetch failed" says less than what stands behind it.
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  return new Error(`${origin} cannot be reached`, { cause })
}
