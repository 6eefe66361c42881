/** The header for a name and a password that stand in a URL (RFC 7617); undefined where there are none. */
export function basicAuthorization({ username, password }: URL): readonly ['Authorization', string] | undefined {
  if (username === '' && password === '') return undefined
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)
  return ['Authorization', `Basic ${credentials.toString('base64')}`]
}
