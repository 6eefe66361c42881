/**
 * A message about options without the values that were given with a sign to one that there is not: `--secert=...` may hold a
 * secret.
 */
export function withoutValues(message: string): string {
  return message.replace(/(unknown option '-[^'=\s]*)=[\s\S]*'/, "$1'")
}
