import { CountersignError, type FetchRequest } from '@countersign/core'

/** What a framework knows of a request before its body is read. */
interface Head {
  readonly method: string
  readonly url: string
  /** The value of a header, given in lower case: all of its repeats, joined. */
  header(name: string): string | null
}

/** As of a web stream: what the core reads a body with. */
export interface BodyReader {
  read(): Promise<{ done: true } | { done: false; value: Uint8Array }>
  cancel(): Promise<unknown>
}

/** A fetch request made of a framework's. `getReader` is called when the body is wanted; what it throws, reading it rejects with. */
export function fetchRequest({ method, url, header }: Head, getReader: () => BodyReader): FetchRequest {
  return {
    method,
    url,
    headers: { get: (name) => header(name.toLowerCase()) },
    bodyUsed: false,
    body: { locked: false, getReader },
    // For a route or a tenant of the user's: they go by the address and the headers.
    arrayBuffer: () => Promise.reject(new CountersignError('body-already-read', 'the body is left to the verifier')),
  }
}

/** Of a body that is there already, in one piece. */
export function readerOf(bytes: Uint8Array): BodyReader {
  const chunks = [bytes]
  return {
    async read() {
      const value = chunks.pop()
      return value ? { done: false, value } : { done: true }
    },
    cancel: async () => {},
  }
}
