/** What is told of anything that was thrown. A CountersignError's message begins with its code, and holds no secret. */
export function problemText(error: unknown): string {
  return error instanceof Error ? error.message : 'something was thrown that is no error'
}
