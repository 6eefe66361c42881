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
  ])('%s', (word, bytes) => {
    expect(wordOf(word)).toBe(bytes)
  })

  test.each([
    ["-d 'a", /the quote that opens at line 1, column 19 is not closed/],
    ['\\\n -d "a\\"', /the quote that opens at line 2, column 5 is not closed/],
    ["-d $'a\\'", /the quote that opens at line 1, column 19 is not closed/],
    ['-d $(cat f)', /line 1, column 19: what a command substitution gives is not known/],
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
    ['a pipe, a redirection and a comment', '-d a 2>/dev/null > out.json # b\n', []],
    ['a pipe to jq', '-d a | jq .', []],
    ['a semicolon at its end', '-d a ;\n', []],
  ])('with %s', (_, rest, warnings) => {
    const request = read(rest)
    expect(request.warnings).toEqual(warnings.map((pattern) => expect.stringMatching(pattern)))
    expect(bytesOf(request)).toMatch(/^a/)
  })
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
  ])('with %s', (_, input, body) => {
    expect(bytesOf(parseRequest(input))).toBe(body)
  })

  test('is no body with a caret at the end of a line', () => {
    expect(bytesOf(parseRequest("curl 'http://h/' -d '^\n'"))).toBe('^\n')
  })

  test('refuses a quote that is not closed', () => {
    expect(refusalOf('curl ^"http://h/^" --data-raw "a')).toMatch(/last quote .* not closed/)
  })
})
