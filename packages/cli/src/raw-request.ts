/**
 * A request as HTTP/1.1 writes it (RFC 9112), for files that `explain` and `verify` read.
 *
 * @param url absolute, or the target of a request that has a `Host` header of its own.
 */
export function rawRequest(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>> | readonly (readonly [string, string])[],
  body: Uint8Array,
): Uint8Array {
  const given = Array.isArray(headers) ? headers : Object.entries(headers)
  const has = (name: string) => given.some(([other]) => other.toLowerCase() === name)
  const { host, target } = partsOf(url)
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...(has('host') ? [] : [`Host: ${host}`]),
    // The body stands here as it is after the transfer, in one piece.
    ...given
      .filter(([name]) => !/^(transfer-encoding|content-length)$/i.test(name))
      .map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${body.length}`,
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body])
}

function partsOf(url: string): { readonly host: string; readonly target: string } {
  if (url.startsWith('/') || !URL.canParse(url)) return { host: 'localhost', target: url }
  const { host, pathname, search } = new URL(url)
  return { host, target: pathname + search }
}
