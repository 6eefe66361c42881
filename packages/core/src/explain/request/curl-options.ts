import { unreadable } from './unreadable.js'

/** A long name without its dashes, and its value; a word that is no option is a `url`. */
export interface CurlOption {
  readonly name: string
  readonly value: string
}

/** Every option of curl that takes a value, so that none is taken for the URL. What is not here is a switch. */
const VALUED = new Set(
  `abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to
  continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode
  delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine etag-compare
  etag-save expect100-timeout form form-string ftp-account ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode
  happy-eyeballs-timeout-ms haproxy-clientip header hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway json
  keepalive-cnt keepalive-time key key-type knownhosts krb libcurl limit-rate local-port login-options mail-auth
  mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max
  parallel-max-host pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert proxy-capath proxy-cert
  proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey
  proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey
  quote random-file range rate referer request request-target resolve retry retry-delay retry-max-time sasl-authzid
  service-name sigalgs socks4 socks4a socks5 socks5-gssapi-service socks5-hostname speed-limit speed-time stderr
  telnet-option tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii
  trace-config unix-socket upload-file upload-flags url url-query user user-agent variable vlan-priority write-out`.split(
    /\s+/,
  ),
)

/** The letters that take a value. */
const VALUED_LETTERS: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ A: 'user-agent', b: 'cookie', d: 'data', e: 'referer', F: 'form', H: 'header', K: 'config' }),
  ...Object.entries({ T: 'upload-file', u: 'user', X: 'request' }),
  ...[...'cCDEhmoPQrtUwxyYz'].map((letter): [string, string] => [letter, letter]),
])

/** The letters of switches that change the request. */
const SWITCH_LETTERS: ReadonlyMap<string, string> = new Map([
  ['G', 'get'],
  ['I', 'head'],
  [':', 'next'],
])

/** The words after `curl`, as options. @throws CountersignError `request-unreadable` if a value is missing. */
export function readOptions(words: readonly string[]): readonly CurlOption[] {
  const options: CurlOption[] = []
  let onlyUrls = false
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const follower = (): string => words[++at] ?? unreadable(`curl's option ${word.slice(0, 40)} has no value`)
    if (!onlyUrls && word === '--') onlyUrls = true
    else if (onlyUrls || !word.startsWith('-') || word === '-') options.push({ name: 'url', value: word })
    else if (word.startsWith('--')) options.push(longOption(word.slice(2), follower))
    // Not spread: there may be more of them than a call takes arguments.
    else for (const option of shortOptions(word.slice(1), follower)) options.push(option)
  }
  return options
}

/** Also `--name=value`, as curl has it of late. */
function longOption(text: string, follower: () => string): CurlOption {
  const equals = text.indexOf('=')
  const name = equals === -1 ? text : text.slice(0, equals)
  if (!VALUED.has(name)) return { name, value: '' }
  return { name, value: equals === -1 ? follower() : text.slice(equals + 1) }
}

/** `-sXPOST`: switches, and then one that takes the rest or the next word. */
function shortOptions(letters: string, follower: () => string): CurlOption[] {
  const options: CurlOption[] = []
  for (const [at, letter] of [...letters].entries()) {
    const valued = VALUED_LETTERS.get(letter)
    if (valued !== undefined) return [...options, { name: valued, value: letters.slice(at + 1) || follower() }]
    const name = SWITCH_LETTERS.get(letter)
    if (name !== undefined) options.push({ name, value: '' })
  }
  return options
}
