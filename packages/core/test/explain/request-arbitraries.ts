import fc from 'fast-check'

/** What random texts have to hold to get anywhere: the words of each form. */
const WORDS = [
  ...[
    'curl ',
    'curl http://h ',
    '$ ',
    '-d ',
    '-H ',
    '--data-raw ',
    '--json ',
    '-X',
    '-G',
    '-u a:b ',
    '@-',
    "printf '%b' '",
    ' | ',
  ],
  ...["'", '"', "$'", '\\', '\\x', '\\u', '\\0', '$(', '`', '^', '^"', '\\\n', '^\r\n', ';', '&', '|', '<', '#', '$A'],
  ...[
    'POST /h HTTP/1.1\r\n',
    'A: b\n',
    'Host: h\r\n',
    'Content-Length: 3\n',
    'Transfer-Encoding: chunked\n',
    '\r\n',
    '\n',
    ' ',
    '\t',
  ],
  ...[
    '> ',
    '* ',
    ':method: PUT\n',
    '3\r\nabc\r\n',
    '0\r\n\r\n',
    '\0',
    '\r',
    ':',
    '__proto__: 1\n',
    '\ufeff',
    '\ufffd',
    'é',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    '"headers":',
    '"body":',
    '"bodyBase64":',
    '"log":',
    '"entries":',
    '"request":',
    '"postData":',
  ],
  ...[
    '"text":',
    '"params":',
    '"isBase64Encoded":',
    'null',
    'true',
    '1',
    '"a"',
    '"__proto__":',
    '"\\u0000"',
    '{}',
    '[]',
  ],
]

/** Texts of such words, and anything between them. */
export const anyPaste = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...WORDS) }, fc.string({ maxLength: 8 })), {
    maxLength: 40,
  })
  .map((words) => words.join(''))

/** Documents of the members that are looked for, with values of every kind. */
export const anyDocument = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, 0, '', 'a', 'AP8=', '%', '\ud800', { name: 'a', value: 'b' }, ['a', 'b']),
    tie('object'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  object: fc.dictionary(
    fc.constantFrom(
      'log',
      'entries',
      'request',
      'headers',
      'multiValueHeaders',
      'body',
      'bodyBase64',
      'postData',
      'text',
      'params',
      'encoding',
      'bodySize',
      'method',
      'url',
      'isBase64Encoded',
      'requestContext',
      'http',
      'path',
      '__proto__',
      'name',
      'value',
      'a b',
    ),
    tie('value'),
    { maxKeys: 6 },
  ),
})).object

const token = fc.string({ unit: fc.constantFrom(..."abcXYZ019!#$%&'*+-.^_`|~"), minLength: 1, maxLength: 12 })
/** What a header may hold, of one byte each. */
const value = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(...'\'"\\$`!;:@%,= \t'),
      fc.nat(0xff).map((code) => String.fromCharCode(code)),
    ),
    maxLength: 20,
  })
  .map((text) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '').replace(/^[\t ]+|[\t ]+$/g, ''))

/** Not what curl or HTTP makes something of. */
const SPECIAL = [
  'content-length',
  'transfer-encoding',
  'host',
  'connection',
  'expect',
  'te',
  'upgrade',
  'cookie',
  'trailer',
]

const anyBody = fc.oneof(
  fc.string({
    unit: fc.oneof(
      fc.constantFrom(...'\'"\\$`!@%^&\n\r\t\0 \x1b'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 40,
  }),
  fc.constantFrom('', '@file', '@-', '\ufeff{}', "it's", '%s %b \\0101', '-d', 'a\r\nb\n', '\n\n'),
  fc.uint8Array({ maxLength: 60 }),
)

/** What `formatCurl` takes, for a server of that origin. */
export const anyRequest = (origin: string) =>
  fc.record({
    method: fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE'),
    url: fc
      .constantFrom('/', '/h', '/h?a=[1]&b={c}', "/it's", '/a/../b', '/%F0%9F', '/?$x`y`"', '/;;&#')
      .map((path) => `${origin}${path}`),
    headers: fc
      .uniqueArray(fc.tuple(token, value), { maxLength: 5, selector: ([name]) => name.toLowerCase() })
      .map((pairs) => Object.fromEntries(pairs.filter(([name]) => !SPECIAL.includes(name.toLowerCase())))),
    body: anyBody,
  })
