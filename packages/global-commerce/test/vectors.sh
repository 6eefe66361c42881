#!/usr/bin/env bash
# Prints vectors.json. DigitalRiver-Signature is a timestamp and, for every active secret, the base64 HMAC-SHA256 of
# "<timestamp>.<raw body>", with the timestamp's characters as they are sent.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../../.ci/vectors.sh"

old='fake-digitalriver-secret-old'
new='fake-digitalriver-secret-new'
renewed='{"id":"fake0001-0000-4000-8000-000000000001","type":"subscription.renewed","data":{"object":{"id":"sub_42","state":"active","planId":"monthly","currency":"EUR","unitPrice":9.99}},"liveMode":false,"createdTime":"2025-12-31T23:59:57Z"}'
timestamp=1767225600

provider global-commerce

vector 'A delivery as the vendor sends it.' plain
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $mac"
body "$renewed"
valid key-1 active

vector 'The timestamp in milliseconds.' timestamp
mac=$(printf %s "1767225600123.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "1767225600123, $mac"
body "$renewed"
valid key-1 active

vector 'The timestamp as RFC 3339.' timestamp
mac=$(printf %s "2026-01-01T00:00:00Z.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "2026-01-01T00:00:00Z, $mac"
body "$renewed"
valid key-1 active

vector 'The timestamp as RFC 3339 with a fraction and the offset of another zone.' timestamp
mac=$(printf %s "2026-01-01T09:00:00.250+09:00.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "2026-01-01T09:00:00.250+09:00, $mac"
body "$renewed"
valid key-1 active

vector 'No white space after the comma.' plain
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp,$mac"
body "$renewed"
valid key-1 active

vector 'In the grace period: a receiver that has only the old secret.' rotation
one=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
two=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$new")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $one, $two"
body "$renewed"
valid key-1 active

vector 'In the grace period: a receiver that has only the new secret.' rotation
one=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
two=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$new")
key key-2 "$new"
header DigitalRiver-Signature "$timestamp, $one, $two"
body "$renewed"
valid key-2 active

vector 'In the grace period, the new secret used at once: the active key is named before the retiring one.' rotation order option
one=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
two=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$new")
option activates immediately
key key-1 "$old" retireFrom=$((now - hour)) notAfter=$((now + 5 * hour))
key key-2 "$new" activeFrom=$((now - hour))
header DigitalRiver-Signature "$timestamp, $one, $two"
body "$renewed"
valid key-2 active

vector 'In the grace period, the new secret to be used at its end: the old one signs alone.' rotation option
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
option activates after-grace
key key-1 "$old" notAfter=$((now + 5 * hour))
key key-2 "$new" activeFrom=$((now + 5 * hour))
header DigitalRiver-Signature "$timestamp, $mac"
body "$renewed"
valid key-1 active

vector 'In the grace period the receiver accepts the new secret however the vendor activates it.' rotation option
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$new")
option activates after-grace
key key-1 "$old" notAfter=$((now + 5 * hour))
key key-2 "$new" activeFrom=$((now + 5 * hour))
header DigitalRiver-Signature "$timestamp, $mac"
body "$renewed"
valid key-2 staged

vector 'A staged key is named before an active one, whatever the order of the signatures.' rotation order
one=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
two=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$new")
key key-1 "$old"
key key-2 "$new" activeFrom=$((now + hour))
header DigitalRiver-Signature "$timestamp, $two, $one"
body "$renewed"
valid key-2 staged

vector 'Five secrets sign; the receiver has the fifth.' rotation
one=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 'fake-secret-1')
two=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 'fake-secret-2')
three=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 'fake-secret-3')
four=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 'fake-secret-4')
five=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 'fake-secret-5')
key key-5 'fake-secret-5'
header DigitalRiver-Signature "$timestamp, $one, $two, $three, $four, $five"
body "$renewed"
valid key-5 active

vector 'The old secret in the last millisecond of its grace.' rotation
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old" retireFrom=$((now - hour)) notAfter=$((now + 1))
key key-2 "$new" activeFrom=$((now - hour))
header DigitalRiver-Signature "$timestamp, $mac"
body "$renewed"
valid key-1 retiring

vector 'The old secret at the end of its grace.' rotation
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old" retireFrom=$((now - hour)) notAfter=$now
key key-2 "$new" activeFrom=$((now - hour))
header DigitalRiver-Signature "$timestamp, $mac"
body "$renewed"
invalid key-expired

vector 'A revoked secret.' rotation
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old" revokedAt=$((now - minute))
key key-2 "$new"
header DigitalRiver-Signature "$timestamp, $mac"
body "$renewed"
invalid key-revoked

vector 'Signatures by an expired secret and by a usable one.' rotation
one=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
two=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$new")
key key-1 "$old" notAfter=$((now - minute))
key key-2 "$new"
header DigitalRiver-Signature "$timestamp, $one, $two"
body "$renewed"
valid key-2 active

vector 'Another secret.' plain
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 'fake-secret-1')
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $mac"
body "$renewed"
invalid no-matching-key

vector 'The body alone was signed.' timestamp
mac=$(printf %s "$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $mac"
body "$renewed"
invalid no-matching-key

vector 'The same moment, written otherwise than it was signed.' timestamp
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "${timestamp}000, $mac"
body "$renewed"
invalid no-matching-key

vector 'Exactly 300 seconds old.' timestamp
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $mac"
body "$renewed"
clock $((timestamp * 1000 + 300000))
valid key-1 active

vector 'One millisecond more than 300 seconds old.' timestamp
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $mac"
body "$renewed"
clock $((timestamp * 1000 + 300001))
invalid too-old

vector 'Exactly 300 seconds ahead.' timestamp
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $mac"
body "$renewed"
clock $((timestamp * 1000 - 300000))
valid key-1 active

vector 'One millisecond more than 300 seconds ahead.' timestamp defect
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $mac"
body "$renewed"
clock $((timestamp * 1000 - 300001))
invalid too-new

vector 'An old timestamp under another secret: the signature decides first.' timestamp order
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$new")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $mac"
body "$renewed"
clock $((timestamp * 1000 + hour))
invalid no-matching-key

vector 'A timestamp of eleven digits.' timestamp
mac=$(printf %s "17672256000.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "17672256000, $mac"
body "$renewed"
invalid timestamp-malformed

vector 'A timestamp with letters after its digits.' timestamp defect
mac=$(printf %s "${timestamp}abc.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "${timestamp}abc, $mac"
body "$renewed"
invalid timestamp-malformed

vector 'RFC 3339 without a zone.' timestamp
mac=$(printf %s "2026-01-01T00:00:00.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "2026-01-01T00:00:00, $mac"
body "$renewed"
invalid timestamp-malformed

vector 'A day that does not exist.' timestamp
mac=$(printf %s "2025-12-32T00:00:00Z.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "2025-12-32T00:00:00Z, $mac"
body "$renewed"
invalid timestamp-malformed

vector 'No signature.' missing
key key-1 "$old"
body "$renewed"
invalid missing-signature

vector 'An empty header.' malformed
key key-1 "$old"
header DigitalRiver-Signature ''
body "$renewed"
invalid malformed-signature

vector 'Half of the signature.' malformed defect
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, ${mac:0:22}"
body "$renewed"
invalid malformed-signature

vector 'Base64 with stray bits in its last character.' malformed defect
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $(stray_bits "$mac")"
body "$renewed"
invalid malformed-signature

vector 'Hex where base64 belongs.' malformed
mac=$(printf %s "$timestamp.$renewed" | hmac_hex sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $mac"
body "$renewed"
invalid malformed-signature

vector 'The header twice, joined as HTTP joins it: a timestamp stands where a signature belongs.' malformed
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $mac, $timestamp, $mac"
body "$renewed"
invalid malformed-signature

vector 'Text beyond ASCII is signed as its UTF-8 bytes.' unicode
text='{"type":"order.invoice.created","data":{"object":{"customer":"Zoë Müller 🧾","total":"12,00 €"}}}'
mac=$(printf %s "$timestamp.$text" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $mac"
body "$text"
valid key-1 active

vector 'The body 22 ff 22, which is not UTF-8, is signed as it is.' binary-body
mac=$(printf "$timestamp."'\x22\xff\x22' | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $mac"
body_base64 "$(printf '\x22\xff\x22' | openssl base64 -A)"
valid key-1 active

vector 'The body 22 fe 22 does not pass under the signature of 22 ff 22, though both decode to the same text.' binary-body defect
mac=$(printf "$timestamp."'\x22\xff\x22' | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $mac"
body_base64 "$(printf '\x22\xfe\x22' | openssl base64 -A)"
invalid no-matching-key

vector 'With an empty body the timestamp and its dot are signed.' empty-body
mac=$(printf %s "$timestamp." | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $mac"
body ''
valid key-1 active

vector 'The patterns of a string replacement are ordinary bytes.' defect
text='{"name":"$& and $$ for $1"}'
mac=$(printf %s "$timestamp.$text" | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $mac"
body "$text"
valid key-1 active

vector 'CRLF and a line break at the end belong to the body.' plain
mac=$(printf "$timestamp."'{"type":"subscription.created"}\r\n' | hmac_base64 sha256 "$old")
key key-1 "$old"
header DigitalRiver-Signature "$timestamp, $mac"
body $'{"type":"subscription.created"}\r\n'
valid key-1 active

vector 'A secret with underscores is taken whole.' secret defect
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 'abc_def_secret')
key key-1 'abc_def_secret'
header DigitalRiver-Signature "$timestamp, $mac"
body "$renewed"
valid key-1 active

vector 'A secret beyond ASCII is used as its UTF-8 bytes.' secret unicode
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 'schlüssel-gehämmert')
key key-1 'schlüssel-gehämmert'
header DigitalRiver-Signature "$timestamp, $mac"
body "$renewed"
valid key-1 active

vector 'A secret of 100 bytes is longer than the block of the hash.' secret
long=$(printf 'not-a-real%.0s' {1..10})
mac=$(printf %s "$timestamp.$renewed" | hmac_base64 sha256 "$long")
key key-1 "$long"
header DigitalRiver-Signature "$timestamp, $mac"
body "$renewed"
valid key-1 active

finish
