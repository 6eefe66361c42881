import { gunzipSync } from 'node:zlib'
import { type Defective, delivery, reading } from './defective.js'

const decoder = new TextDecoder()

export const OF_BYTES: readonly Defective[] = [
  {
    defect: 'serialises the body anew',
    steps: { take: reading((bytes) => JSON.stringify(JSON.parse(bytes.toString()))) },
    caught: /^bytes: white space/,
  },
  {
    defect: 'decodes the body as text',
    steps: { take: reading((bytes) => bytes.toString()) },
    caught: /^bytes: every byte there is/,
  },
  {
    defect: 'decodes each chunk as text',
    steps: { take: async (message) => delivery(message, (await message.toArray()).map(String).join('')) },
    caught: /^upload: chunked, the bytes of one character/,
  },
  {
    defect: 'takes the byte order mark off',
    steps: { take: reading((bytes) => decoder.decode(bytes)) },
    caught: /^bytes: a byte order mark/,
  },
  {
    defect: 'trims the body',
    steps: { take: reading((bytes) => bytes.toString().trim()) },
    caught: /^bytes: white space/,
  },
  {
    defect: 'decodes the body as its content type says',
    steps: {
      take: reading((bytes, { headers }) => {
        const isLatin1 = headers['content-type']?.includes('latin1')
        return isLatin1 ? bytes.toString('latin1') : bytes
      }),
    },
    caught: /^content-type: application\/json; charset=latin1/,
  },
  {
    defect: 'decompresses the body',
    steps: { take: reading((bytes, { headers }) => (headers['content-encoding'] ? gunzipSync(bytes) : bytes)) },
    caught: /^content-encoding: gzip/,
  },
  {
    defect: 'refuses content types that it does not know',
    steps: {
      refuse: ({ headers }) => (/^application\//.test(headers['content-type'] ?? '') ? undefined : { status: 415 }),
    },
    caught: /^content-type: text\/plain:/,
  },
  {
    defect: 'takes an event that is falsy for none',
    steps: { isEvent: Boolean },
    caught: /^bytes: nothing but null/,
  },
  {
    defect: 'reads without a cap',
    steps: { take: reading((bytes) => bytes) },
    caught: /^cap: an upload in chunks/,
  },
  {
    defect: 'reads on after its answer',
    steps: {
      write: (response, { status, headers }, message) => {
        response.writeHead(status, headers).end()
        message.resume()
      },
    },
    caught: /^cap: what comes after the 413/,
  },
]
