import { describe, expect, test } from 'vitest'
import { parseRequest } from '../../src/explain.js'
import { bytesOf, refusalOf } from './request.js'

const read = (rest: string) => parseRequest(`curl http://h/ ${rest}`)
/** The bytes of a word, as latin1 text. */
const wordOf = (word: string) => bytesOf(read(`--data-raw ${word}`))
const latin1 = (text: string) => Buffer.from(text).toString('latin1')

describe('words of a shell', () => {
  test.each([
    ["'a b'", 'a b'],
    ["'a\\n\"$x`'", 'a\\n"$x`'],
    ["'a'\\''b'", "a'b"],
    ['"a b"', 'a b'],
    ['"a\\"b\\\\c\\$d\\`e\\f"', 'a"b\\c$d`e\\f'],
    ['"a\\\nb"', 'ab'],
    ['a\\ b\\"c\\\\', 'a b"c\\'],
    ['a\\\nb', 'ab'],
    ['a\\\r\nb', 'ab'],
    ['a\'b\'"c"d', 'abcd'],
    ["''", ''],
    ["'ü€'", latin1('ü€')],
    ["$'a\\nb\\tc\\\\d\\'e\\\"f\\?'", 'a\nb\tc\\d\'e"f?'],
    ["$'\\a\\b\\e\\E\\f\\r\\v'", '\x07\b\x1b\x1b\f\r\v'],
    ["$'\\x41\\xe9\\x4z'", 'A\xe9\x04z'],
    ["$'\\101\\0601\\777'", 'A01\xff'],
    ["$'\\u0021\\u20ac\\u41z'", `!${latin1('€')}Az`],
    ["$'\\U1F600\\ud83d\\ude00'", latin1('😀😀')],
    ["$'\\cA\\cz'", '\x01\x1a'],
    ["$'\\q\\xzz\\uzz'", '\\q\\xzz\\uzz'],
    ['$"a b"', 'a b'],
    ['a$', 'a$'],
    ['a#b', 'a#b'],
    ['a=b?c*{d}', 'a=b?c*{d}'],
    ['a"b"', 'ab'],
    ['a\\\rb', 'a\rb'],
    ['a\\x\n', 'ax'],
    ["$'\\!a'", '\\!a'],
    ["$'\\U10FFFF\\uD800\\uDC00'", latin1('\u{10FFFF}\u{10000}')],
    ["$'\\uD7FF'", latin1('\ud7ff')],
  ])('%s', (word, bytes) => {
    expect(wordOf(word)).toBe(bytes)
    expect(read(`--data-raw ${word}`).warnings).toEqual([])
  })

  test.each([
    ['the second half of a pair alone', "$'\\udc00\\udc00'", '\ufffd\ufffd'],
    ['a character before a second half', "$'\\u0041\\udc00'", 'A\ufffd'],
    ['the first half of a pair alone', "$'\\ud800z'", '\ufffdz'],
  ])('%s is no character', (_, word, text) => {
    expect(wordOf(word)).toBe(latin1(text))
  })

  test.each([
    ["-d 'a", /the quote that opens at line 1, column 19 is not closed/],
    ['\\\n -d "a\\"', /the quote that opens at line 2, column 5 is not closed/],
    ["-d $'a\\'", /the quote that opens at line 1, column 19 is not closed/],
    ['-d $(cat f)', /line 1, column 19: what a command substitution gives is not known/],
    ['-d `cat f`', /line 1, column 19: what a command substitution gives is not known/],
    [`-H "$(printf '%b' 'X`, /the quote that opens at line 1, column 34 is not closed/],
    ['-d "`cat f`"', /line 1, column 20: what a command substitution gives is not known/],
    ['-d (a)', /line 1, column 19: a shell does not read on at a parenthesis/],
    ["-d $'\\UFFFFFFFF'", /no character of that number/],
  ])('that cannot be read: %s', (rest, message) => {
    expect(refusalOf(`curl http://h/ ${rest}`)).toMatch(message)
  })

  test.each([
    ['a command after it', "-d a && echo 'x'", [/ends at line 1, column 21, and what follows was not read/]],
    ['a query that is not quoted', '-d a &b=c', [/what follows was not read/]],
    ['a line that is not continued', '-d a\n  -H "A: b"', [/ends at line 1, column 20/]],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: of a shell
    ['a variable', '-d "a$B ${C}"', [/line 1, column 21: the value that a shell puts in place of a variable/]],
    ['a NUL', "-d $'a\\0'", [/NUL/]],
    ['a NUL in hexadecimal digits', "-d $'a\\x00'", [/NUL/]],
    ['a NUL as a character', "-d $'a\\u0000'", [/NUL/]],
    ['a pipe, a redirection and a comment', '-d a 2>/dev/null > out.json # b\n', []],
    ['a pipe to jq', '-d a | jq .', []],
    ['a semicolon at its end', '-d a ;\n', []],
    ['a pipe at the end of a line', '-d a |\n jq .', []],
    ['a redirection before it', '> out.json 2>&1 -d a', []],
    ['a redirection whose target is missing', '-d a >', []],
    ['a redirection whose target is blank', '-d a > ', []],
    ['a command for its failure', '-d a || echo b', [/ends at line 1, column 21/]],
    ['a line after its comment', "-d a # b\n-H 'A: b'", [/ends at line 1, column 24/]],
  ])('with %s', (_, rest, warnings) => {
    const request = read(rest)
    expect(request.warnings).toEqual(warnings.map((pattern) => expect.stringMatching(pattern)))
    expect(bytesOf(request)).toMatch(/^a/)
  })
})

test.each([
  ['-d a2>x', 'a2'],
  ['-d 2a>x', '2a'],
  ['-d 2 >x', '2'],
  ['-d a 2>x', 'a'],
])('a digit right before a redirection is no word: %s', (rest, body) => {
  expect(bytesOf(read(rest))).toBe(body)
})

describe("curl's options", () => {
  test.each([
    ['-d a', 'POST', 'a'],
    ['-da', 'POST', 'a'],
    ['--data a', 'POST', 'a'],
    ['--data=a', 'POST', 'a'],
    ['--data-ascii a', 'POST', 'a'],
    ["-d $'a\\n'", 'POST', 'a\n'],
    ['-d a -d b=c', 'POST', 'a&b=c'],
    ['--data-raw @a', 'POST', '@a'],
    ["--data-binary $'a\\n'", 'POST', 'a\n'],
    ["--json '[1' --json ,2]", 'POST', '[1,2]'],
    ["--data-urlencode 'a=b c&d~é*'", 'POST', 'a=b+c%26d~%C3%A9%2A'],
    ["--data-urlencode $'\\t'", 'POST', '%09'],
    ["--data-urlencode '=x y' --data-urlencode 'p q'", 'POST', 'x+y&p+q'],
    ['-X PUT -d a', 'PUT', 'a'],
    ['-XPUT -d a', 'PUT', 'a'],
    ['-sSLXPUT -d a', 'PUT', 'a'],
    ['--request PATCH', 'PATCH', ''],
    ['-I', 'HEAD', ''],
    ['', 'GET', ''],
    ['-o out --max-time 5 -m 5 --retry 3 -w %{http_code} -x proxy:1 -c jar --cacert ca -d a', 'POST', 'a'],
    ['--compressed -k --insecure -L --http2 --no-progress-meter --something-new -d a', 'POST', 'a'],
  ])('%s', (rest, method, body) => {
    const request = read(rest)
    expect(request).toMatchObject({ format: 'curl', method, url: 'http://h/' })
    expect(bytesOf(request)).toBe(body)
  })

  test.each([
    ['-d a -G', 'http://h/?a'],
    ['-G -d a=1 -d b=2', 'http://h/?a=1&b=2'],
    ['-G', 'http://h/'],
    ['-G --url-query a=b', 'http://h/?a=b'],
    ['-G -d a --url-query b=c', 'http://h/?a&b=c'],
    ["--url-query 'a=b c' -d x", 'http://h/?a=b+c'],
    ['--url-query +a=b', 'http://h/?a=b'],
  ])('%s asks %s', (rest, url) => {
    expect(read(rest).url).toBe(url)
  })

  test.each([
    ['curl -d a h.example/x', 'http://h.example/x'],
    ['curl -d a --url=https://h/', 'https://h/'],
    ['curl -d a -- http://h/', 'http://h/'],
    ["$ curl 'https://h/?q=1#f' -G -d a=b", 'https://h/?q=1&a=b#f'],
    ['curl.exe http://h/', 'http://h/'],
    ['\n  curl http://h/', 'http://h/'],
    ['curl -d a -- -h', 'http://-h'],
    ['curl -d a -', 'http://-'],
    ['curl\\\n http://h/', 'http://h/'],
    ['curl \\\n  http://h/ \\\r\n -d a \\\n', 'http://h/'],
  ])('%s asks %s', (input, url) => {
    expect(parseRequest(input)).toMatchObject({ format: 'curl', url })
  })

  test.each([
    [
      "-H 'A: b' --header 'c:d' -HE:f --header=g:h",
      [
        ['A', 'b'],
        ['c', 'd'],
        ['E', 'f'],
        ['g', 'h'],
      ],
    ],
    ["-H 'A;' -H 'B:' -H 'C: '", [['A', '']]],
    [
      "-H 'A: b' -H 'a: c'",
      [
        ['A', 'b'],
        ['a', 'c'],
      ],
    ],
    ["-H '__proto__: 1'", [['__proto__', '1']]],
    [`-H "$(printf '%b' 'X-A: \\0351')"`, [['X-A', '\xe9']]],
    ['-u me', [['Authorization', 'Basic bWU6']]],
    ["-e 'http://r;auto/x'", [['Referer', 'http://r;auto/x']]],
    ["-H 'A: é'", [['A', latin1('é')]]],
    ['-d a', [['Content-Type', 'application/x-www-form-urlencoded']]],
    ["-d a -H 'content-type: a/b'", [['content-type', 'a/b']]],
    ["-d a -H 'content-type:'", []],
    ['-d a -G', []],
    [
      '--json 1',
      [
        ['Content-Type', 'application/json'],
        ['Accept', 'application/json'],
      ],
    ],
    ["--json 1 -H 'Content-Type: a/b' -H accept:", [['Content-Type', 'a/b']]],
    ['-u me:ü', [['Authorization', 'Basic bWU6w7w=']]],
    ['--oauth2-bearer t', [['Authorization', 'Bearer t']]],
    [
      "-A agent -e 'http://r;auto' -b a=1 -b b=2 -b jar",
      [
        ['User-Agent', 'agent'],
        ['Referer', 'http://r'],
        ['Cookie', 'a=1;b=2'],
      ],
    ],
  ])('%s', (rest, headers) => {
    expect(read(rest)).toMatchObject({ headers, warnings: [] })
  })

  test('a header that curl would not send is said', () => {
    expect(read("-H foo -H 'a; b'")).toMatchObject({
      headers: [],
      warnings: [expect.stringMatching(/no header for a -H/)],
    })
  })

  test.each([
    ['-d @file', /in the file of --data @.*--body-file/],
    ['--data-binary @-', /in the file of --data-binary @/],
    ['--json @file', /in the file of --json @/],
    ['--data-urlencode name@file', /in the file of --data-urlencode @/],
    ['-F a=b', /boundary of a form/],
    ['--form-string a=b', /boundary of a form/],
    ['-T file', /the file of -T.*--body-file/],
    ['-K file', /the file of -K/],
    ['-d a --next http://b', /--next begins another/],
    ['-d a : http://b', /several URLs/],
    ['-d', /curl's option -d has no value/],
    ['--header', /curl's option --header has no value/],
    ['-H @file', /in the file of -H @/],
    ['--url-query @file', /in the file of --url-query @/],
    [`-${'s'.repeat(60)}d`, /option -s{39} has no value/],
    ["-H 'A;b: c'", /what no name may hold/],
    ["-H 'a b: c'", /what no name may hold/],
    ["-H $'a: b\\r\\nc: d'", /line break/],
  ])('refuses %s', (rest, message) => {
    expect(refusalOf(`curl http://h/ ${rest}`)).toMatch(message)
  })

  test.each([
    ['--data-binary', 'a\r\n\0b'],
    ['-d', 'ab'],
  ])('%s of what printf gives', (option, body) => {
    expect(bytesOf(parseRequest(`printf '%b' 'a\\r\\n\\0000b' | curl http://h/ ${option} @-`))).toBe(body)
  })

  test.each([
    ["printf '%b' 'a\\n' | curl http://h/ -d @-", 'a'],
    ["printf '%b' 'x y' | curl http://h/ --data-urlencode n@-", 'n=x+y'],
    ["printf '%s' 'a\\n' | curl http://h/ -d @-", 'a\\n'],
  ])('%s', (input, body) => {
    expect(bytesOf(parseRequest(input))).toBe(body)
  })

  test.each([
    ["printf '%b' 'a' | wget http://h/", /printf is not followed by \| curl/],
    ["printf '%b' 'a'", /printf is not followed by \| curl/],
    ["printf '%b' 'a' 'b' | curl http://h/ -d @-", /printf is not followed by \| curl/],
    ["printf '%b' 'a' | curl http://h/ -d @file", /in the file of --data @/],
  ])('refuses %s', (input, message) => {
    expect(refusalOf(input)).toMatch(message)
  })

  test('as many as there are', () => {
    expect(read(`-${'G'.repeat(300_000)} -d a`).url).toBe('http://h/?a')
  })

  test('refuses a command without a URL', () => {
    expect(refusalOf('curl -d a')).toMatch(/has no URL/)
    expect(refusalOf('curl -o http://h/ -d a')).toMatch(/has no URL/)
  })
})

describe('cmd.exe', () => {
  test.each([
    ['an older Chromium', 'curl "http://h/" ^\r\n  -H "A: b" ^\r\n  --data-binary "{""a"":""b^c""}"', '{"a":"b^c"}'],
    ['quotes that are doubled', 'curl ^"http://h/^" --data-raw "a""b"', 'a"b'],
    ['backslashes', 'curl ^"http://h/^" --data-raw "a\\b\\\\\\"c\\\\"', 'a\\b\\"c\\'],
    ['a line break', 'curl ^"http://h/^" --data-raw "a"^\r\n\r\n"b"', 'a\nb'],
    ['a command after it', 'curl ^"http://h/^" --data-raw a\r\necho b', 'a'],
    ['a line that goes on, and one that does not', 'curl ^"http://h/^" --data-raw a^\nb\nc', 'ab'],
    ['a caret before a carriage return', 'curl ^"http://h/^" --data-raw a^\rb', 'ab'],
    ['a caret at its end', 'curl ^"http://h/^" --data-raw a^', 'a'],
    ['several blanks', 'curl  ^"http://h/^" --data-raw a', 'a'],
    ['several blanks, of an older Chromium', 'curl  "http://h/" ^\r\n --data-raw a', 'a'],
  ])('with %s', (_, input, body) => {
    expect(bytesOf(parseRequest(input))).toBe(body)
    expect(parseRequest(input)).toMatchObject({ url: 'http://h/', warnings: [] })
  })

  test.each([
    ['a caret at the end of a line', "curl 'http://h/' -d '^\n'", '^\n'],
    ['such a command in its body', `curl 'http://h/' -d 'curl ^"x'`, 'curl ^"x'],
    ['an older such command in its body', `curl 'http://h/' -d 'curl "x" ^\n'`, 'curl "x" ^\n'],
    ['its URL in double quotes', `curl "http://h/" -d 'a'`, 'a'],
  ])('is not what has %s', (_, input, body) => {
    expect(bytesOf(parseRequest(input))).toBe(body)
  })

  test('refuses a quote that is not closed', () => {
    expect(refusalOf('curl ^"http://h/^" --data-raw "a')).toMatch(/last quote .* not closed/)
  })
})
