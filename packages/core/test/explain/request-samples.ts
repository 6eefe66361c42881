/** Requests as the tools write them, for one delivery each: the words around them are the tools' own. */

export const body = '{"event":"order.paid","note":"it\'s 10 €"}\n'

/** The body in bytes: `€` has three. */
const bodyLength = new TextEncoder().encode(body).length

/** What `nc -l 8080` shows of a delivery. */
export const ncDump = [
  'POST /hook?shop=7 HTTP/1.1',
  'Host: hooks.example:8080',
  'User-Agent: Acme-Hooks/2.1',
  'Accept: */*',
  'Content-Type: application/json',
  'X-Acme-Signature: t=1767225600,v1=9f86d081884c7d65',
  `Content-Length: ${bodyLength}`,
  '',
  body,
].join('\r\n')

/** What `curl -v` of version 7.88 writes to a terminal, less the progress of `-s`. */
export const curlVerbose = `*   Trying 127.0.0.1:8080...
* Connected to hooks.example (127.0.0.1) port 8080 (#0)
> POST /hook?shop=7 HTTP/1.1\r
> Host: hooks.example:8080\r
> User-Agent: curl/7.88.1\r
> Accept: */*\r
> Content-Type: application/json\r
> X-Acme-Signature: t=1767225600,v1=9f86d081884c7d65\r
> Content-Length: ${bodyLength}\r
> \r
} [${bodyLength} bytes data]
< HTTP/1.1 401 Unauthorized\r
< Content-Length: 0\r
< \r
* Connection #0 to host hooks.example left intact
`

/** "Copy as cURL (bash)" of Chromium: line breaks, quotes and ! make it a \`$'...'\`. */
export const chromiumBash = `curl 'https://hooks.example/hook?shop=7' \\
  -H 'accept: */*' \\
  -H 'accept-language: en-GB,en;q=0.9' \\
  -H 'content-type: application/json' \\
  -b 'session=1; theme=dark' \\
  -H 'sec-ch-ua: "Chromium";v="128", "Not;A=Brand";v="24"' \\
  -H 'x-acme-signature: t=1767225600,v1=9f86d081884c7d65' \\
  --data-raw $'{"event":"order.paid","note":"it\\'s 10 €"}\\n' \\
  --compressed ;
`

/** "Copy as cURL (cmd)" of Chromium. */
export const chromiumCmd = `curl ^"https://hooks.example/hook?shop=7^&x=%^41^" ^
  -H ^"accept: */*^" ^
  -H ^"content-type: application/json^" ^
  --data-raw ^"^{^\\^"event^\\^":^\\^"order.paid^\\^",^\\^"path^\\^":^\\^"C:^\\^\\x^\\^"^}^

^"`

/** "Copy as cURL (POSIX)" of Firefox: short names, and every byte beyond ASCII as an escape. */
export const firefoxPosix = `curl 'https://hooks.example/hook?shop=7' -X POST -H 'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' -H 'Accept: */*' -H 'Accept-Encoding: gzip, deflate, br, zstd' -H 'Content-Type: application/json' -H 'X-Acme-Signature: t=1767225600,v1=9f86d081884c7d65' -H 'Priority: u=0' --data-raw $'{"event":"order.paid","note":"it\\'s 10 \\u20ac"}\\n'`

/** An entry of a HAR that Firefox saved. */
export const firefoxEntry = {
  pageref: 'page_1',
  startedDateTime: '2026-01-01T00:00:00.000+00:00',
  request: {
    bodySize: bodyLength,
    method: 'POST',
    url: 'https://hooks.example/hook?shop=7',
    httpVersion: 'HTTP/2',
    headers: [
      { name: 'Host', value: 'hooks.example' },
      { name: 'Content-Type', value: 'application/json' },
      { name: 'X-Acme-Signature', value: 't=1767225600,v1=9f86d081884c7d65' },
      { name: 'Content-Length', value: String(bodyLength) },
    ],
    cookies: [],
    queryString: [{ name: 'shop', value: '7' }],
    headersSize: 612,
    postData: { mimeType: 'application/json', params: [], text: body },
  },
  response: { status: 401, headers: [], content: { mimeType: 'text/plain', size: 0, encoding: 'base64', text: '' } },
  cache: {},
  timings: { blocked: 0, dns: 0, connect: 1, ssl: 2, send: 0, wait: 9, receive: 0 },
  time: 12,
}

/** What API Gateway's HTTP API hands to a Lambda function. */
export const lambdaEvent = {
  version: '2.0',
  routeKey: 'POST /hook',
  rawPath: '/hook',
  rawQueryString: 'shop=7',
  headers: {
    'content-length': String(bodyLength),
    'content-type': 'application/json',
    host: 'hooks.example',
    'x-acme-signature': 't=1767225600,v1=9f86d081884c7d65',
    'x-forwarded-proto': 'https',
  },
  requestContext: {
    accountId: '123456789012',
    domainName: 'hooks.example',
    http: { method: 'POST', path: '/hook', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'Acme-Hooks/2.1' },
    stage: '$default',
    timeEpoch: 1767225600000,
  },
  body: Buffer.from(body).toString('base64'),
  isBase64Encoded: true,
}

/** What a load balancer hands to it. */
export const loadBalancerEvent = {
  requestContext: {
    elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/hooks/1' },
  },
  httpMethod: 'POST',
  path: '/hook',
  queryStringParameters: { shop: '7' },
  multiValueHeaders: { host: ['hooks.example'], 'x-acme-signature': ['first', 'second'] },
  body,
  isBase64Encoded: false,
}
