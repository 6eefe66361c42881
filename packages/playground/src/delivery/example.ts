import { type AnyProvider, sign } from '@countersign/core'
import { type KeyRow, ringOf } from './key-row.js'

/** A delivery with all that a vendor sends. */
export interface Example {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What the vendor would send at a moment, signed with those keys. @throws CountersignError as `sign` does. */
export async function signedExample(
  provider: AnyProvider,
  rows: readonly KeyRow[],
  unsigned: Pick<Example, 'url' | 'body'>,
  now: number,
): Promise<Example> {
  const signed = await sign(provider, ringOf(rows, provider, now), unsigned.body, { now, url: unsigned.url })
  return { ...unsigned, headers: { 'Content-Type': 'application/json', ...signed } }
}

/** The request as it goes over the wire. In a text field its line ends become LF, which whoever reads it has to take. */
export function rawHttp({ url, headers, body }: Example): string {
  const { host, pathname, search } = new URL(url)
  const lines = [
    `POST ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${new TextEncoder().encode(body).length}`,
  ]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}
