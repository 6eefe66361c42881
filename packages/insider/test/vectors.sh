#!/usr/bin/env bash
# Prints vectors.json. X-INS-AUTH is the hex HMAC-SHA1 of the raw body; by option in base64, or the secret itself.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../../.ci/vectors.sh"

old='fake-insider-secret-old'
new='fake-insider-secret-new'
click='{"email":"ada@example.com","event":"click","event_type":"email","campaign_id":4021,"campaign_name":"Winter sale","timestamp":1767225540,"iid":"8f2c11","variation_id":3,"subject":"Last days","msg-id":"m-000123","link_clicked":"https://shop.example/?a=1&b=2","sender_domain":"mail.shop.example","ip":"192.0.2.7","user_agent":"Mozilla/5.0","url_offset":1}'

provider insider

vector 'A delivery as the vendor sends it.' plain
mac=$(printf %s "$click" | hmac_hex sha1 "$old")
key key-1 "$old"
header X-INS-AUTH "$mac"
body "$click"
valid key-1 active

vector 'The defaults, written out.' option
mac=$(printf %s "$click" | hmac_hex sha1 "$old")
option mode hmac
option encoding hex
key key-1 "$old"
header X-INS-AUTH "$mac"
body "$click"
valid key-1 active

vector 'In base64.' option
mac=$(printf %s "$click" | hmac_base64 sha1 "$old")
option encoding base64
key key-1 "$old"
header X-INS-AUTH "$mac"
body "$click"
valid key-1 active

vector 'Text beyond ASCII is signed as its UTF-8 bytes.' unicode
text='{"email":"zoë@example.com","event":"open","subject":"İndirim başladı 🎉"}'
mac=$(printf %s "$text" | hmac_hex sha1 "$old")
key key-1 "$old"
header X-INS-AUTH "$mac"
body "$text"
valid key-1 active

vector 'The body 22 ff 22, which is not UTF-8, is signed as it is.' binary-body
mac=$(printf '\x22\xff\x22' | hmac_hex sha1 "$old")
key key-1 "$old"
header X-INS-AUTH "$mac"
body_base64 "$(printf '\x22\xff\x22' | openssl base64 -A)"
valid key-1 active

vector 'A zero byte does not end the body.' binary-body
mac=$(printf '{}\x00{}' | hmac_hex sha1 "$old")
key key-1 "$old"
header X-INS-AUTH "$mac"
body_base64 "$(printf '{}\x00{}' | openssl base64 -A)"
valid key-1 active

vector 'What follows a zero byte is signed as well.' binary-body defect
mac=$(printf '{}' | hmac_hex sha1 "$old")
key key-1 "$old"
header X-INS-AUTH "$mac"
body_base64 "$(printf '{}\x00{}' | openssl base64 -A)"
invalid no-matching-key

vector 'An empty body has a signature too.' empty-body
mac=$(printf '' | hmac_hex sha1 "$old")
key key-1 "$old"
header X-INS-AUTH "$mac"
body ''
valid key-1 active

vector 'The patterns of a string replacement are ordinary bytes.' defect
text='{"subject":"save $$ with $&"}'
mac=$(printf %s "$text" | hmac_hex sha1 "$old")
key key-1 "$old"
header X-INS-AUTH "$mac"
body "$text"
valid key-1 active

vector 'CRLF and a line break at the end belong to the body.' plain
mac=$(printf '{"event":"open"}\r\n' | hmac_hex sha1 "$old")
key key-1 "$old"
header X-INS-AUTH "$mac"
body $'{"event":"open"}\r\n'
valid key-1 active

vector 'A secret is taken whole, underscores and all.' secret defect
mac=$(printf %s "$click" | hmac_hex sha1 'abc_def_secret')
key key-1 'abc_def_secret'
header X-INS-AUTH "$mac"
body "$click"
valid key-1 active

vector 'A secret beyond ASCII is used as its UTF-8 bytes.' secret unicode
mac=$(printf %s "$click" | hmac_hex sha1 'schlüssel-gehämmert')
key key-1 'schlüssel-gehämmert'
header X-INS-AUTH "$mac"
body "$click"
valid key-1 active

vector 'A secret of 100 bytes is longer than the block of the hash.' secret
long=$(printf 'not-a-real%.0s' {1..10})
mac=$(printf %s "$click" | hmac_hex sha1 "$long")
key key-1 "$long"
header X-INS-AUTH "$mac"
body "$click"
valid key-1 active

vector 'The vendor has switched while the new secret is still staged.' rotation
mac=$(printf %s "$click" | hmac_hex sha1 "$new")
key key-1 "$old"
key key-2 "$new" activeFrom=$((now + day))
header X-INS-AUTH "$mac"
body "$click"
valid key-2 staged

vector 'The vendor has not switched yet, though the old secret is retiring.' rotation
mac=$(printf %s "$click" | hmac_hex sha1 "$old")
key key-1 "$old" retireFrom=$((now - hour)) notAfter=$((now + hour))
key key-2 "$new" activeFrom=$((now - hour))
header X-INS-AUTH "$mac"
body "$click"
valid key-1 retiring

vector 'A secret that expired a minute ago is refused, and the reason says so.' rotation
mac=$(printf %s "$click" | hmac_hex sha1 "$old")
key key-1 "$old" retireFrom=$((now - hour)) notAfter=$((now - minute))
key key-2 "$new" activeFrom=$((now - hour))
header X-INS-AUTH "$mac"
body "$click"
invalid key-expired

vector 'A revoked secret is refused, and the reason says so.' rotation
mac=$(printf %s "$click" | hmac_hex sha1 "$old")
key key-1 "$old" revokedAt=$((now - hour))
key key-2 "$new"
header X-INS-AUTH "$mac"
body "$click"
invalid key-revoked

vector 'Another body.' plain
mac=$(printf %s "$click" | hmac_hex sha1 "$old")
key key-1 "$old"
header X-INS-AUTH "$mac"
body "$click "
invalid no-matching-key

vector 'The secret itself, as a token.' token
option mode token
key key-1 "$old"
header X-INS-AUTH "$old"
body "$click"
valid key-1 active

vector 'A token says nothing about the body.' token empty-body
option mode token
key key-1 "$old"
header X-INS-AUTH "$old"
body ''
valid key-1 active

vector 'The new token while it is staged.' token rotation
option mode token
key key-1 "$old"
key key-2 "$new" activeFrom=$((now + day))
header X-INS-AUTH "$new"
body "$click"
valid key-2 staged

vector 'A token that has expired.' token rotation
option mode token
key key-1 "$old" notAfter=$((now - minute))
key key-2 "$new"
header X-INS-AUTH "$old"
body "$click"
invalid key-expired

vector 'Only the start of the token.' token defect
option mode token
key key-1 "$old"
header X-INS-AUTH "${old%?}"
body "$click"
invalid no-matching-key

vector 'A good MAC is not a token.' token
mac=$(printf %s "$click" | hmac_hex sha1 "$old")
option mode token
key key-1 "$old"
header X-INS-AUTH "$mac"
body "$click"
invalid no-matching-key

vector 'The token twice, joined as HTTP joins it.' token ambiguous
option mode token
key key-1 "$old"
header X-INS-AUTH "$old, $old"
body "$click"
invalid ambiguous-signature

vector 'A token where a MAC belongs.' malformed
key key-1 "$old"
header X-INS-AUTH "$old"
body "$click"
invalid malformed-signature

vector 'No signature.' missing
key key-1 "$old"
body "$click"
invalid missing-signature

vector 'An empty header.' malformed
key key-1 "$old"
header X-INS-AUTH ''
body "$click"
invalid malformed-signature

vector 'Upper-case hex.' malformed defect
mac=$(printf %s "$click" | hmac_hex sha1 "$old")
key key-1 "$old"
header X-INS-AUTH "$(printf %s "$mac" | tr a-f A-F)"
body "$click"
invalid malformed-signature

vector 'Base64 where hex is configured.' malformed option
mac=$(printf %s "$click" | hmac_base64 sha1 "$old")
key key-1 "$old"
header X-INS-AUTH "$mac"
body "$click"
invalid malformed-signature

vector 'Base64 without its padding.' malformed option
mac=$(printf %s "$click" | hmac_base64 sha1 "$old")
option encoding base64
key key-1 "$old"
header X-INS-AUTH "${mac%=}"
body "$click"
invalid malformed-signature

vector 'Base64 with stray bits in its last character.' malformed option defect
mac=$(printf %s "$click" | hmac_base64 sha1 "$old")
option encoding base64
key key-1 "$old"
header X-INS-AUTH "$(stray_bits "$mac")"
body "$click"
invalid malformed-signature

vector 'The header twice, joined as HTTP joins it.' ambiguous
mac=$(printf %s "$click" | hmac_hex sha1 "$old")
key key-1 "$old"
header X-INS-AUTH "$mac, $mac"
body "$click"
invalid ambiguous-signature

finish
