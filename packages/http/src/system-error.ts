/** Node's code for what the system said, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  const code: unknown = (error as { code?: unknown } | null | undefined)?.code
  return typeof code === 'string' ? code : undefined
}

/** What `pending` resolves to; undefined if it rejects with one of these codes. */
export async function unless<Result>(
  codes: readonly string[],
  pending: Promise<Result>,
): Promise<Awaited<Result> | undefined> {
  try {
    return await pending
  } catch (error) {
    if (!codes.includes(codeOf(error) ?? '')) throw error
    return undefined
  }
}
