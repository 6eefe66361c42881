#!/usr/bin/env bash
# Prints vectors.json. X-ol-signature is "v1," and the base64 HMAC of the raw body. While a key rotates, the old key
# signs as "v1," and the new one as "v1a,", with a space between the two; afterwards the new one signs as "v1,".
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../../.ci/vectors.sh"

old='FakeOrangeSecretOld2025'
new='FakeOrangeSecretNew2026'
asset='{"id":"evt-000017","event":"Asset.Updated","occurredAt":"2025-12-31T23:59:59Z","asset":{"recordId":"ORL-2026-0042","title":"Harbour at dusk","fields":["Title","Keywords"]}}'

provider orange-logic

vector 'A delivery as the vendor sends it.' plain
mac=$(printf %s "$asset" | hmac_base64 sha256 "$old")
key key-1 "$old"
header X-ol-signature "v1,$mac"
body "$asset"
valid key-1 active

vector 'The defaults, written out.' option
mac=$(printf %s "$asset" | hmac_base64 sha256 "$old")
option hash sha256
option signedContent body
key key-1 "$old"
header X-ol-signature "v1,$mac"
body "$asset"
valid key-1 active

vector 'SHA-512, with a secret longer than its block.' option secret
long=$(printf 'NotAReal00%.0s' {1..14})
mac=$(printf %s "$asset" | hmac_base64 sha512 "$long")
option hash sha512
key key-1 "$long"
header X-ol-signature "v1,$mac"
body "$asset"
valid key-1 active

vector 'SHA-256 where SHA-512 is configured.' option malformed
mac=$(printf %s "$asset" | hmac_base64 sha256 "$old")
option hash sha512
key key-1 "$old"
header X-ol-signature "v1,$mac"
body "$asset"
invalid malformed-signature

vector 'While the key rotates: a receiver that has only the old key.' rotation
v1=$(printf %s "$asset" | hmac_base64 sha256 "$old")
v1a=$(printf %s "$asset" | hmac_base64 sha256 "$new")
key key-1 "$old"
header X-ol-signature "v1,$v1 v1a,$v1a"
body "$asset"
valid key-1 active

vector 'While the key rotates: a receiver that has only the new key.' rotation
v1=$(printf %s "$asset" | hmac_base64 sha256 "$old")
v1a=$(printf %s "$asset" | hmac_base64 sha256 "$new")
key key-2 "$new"
header X-ol-signature "v1,$v1 v1a,$v1a"
body "$asset"
valid key-2 active

vector 'While the key rotates: a receiver that has both, the active one is named before the retiring one.' rotation order
v1=$(printf %s "$asset" | hmac_base64 sha256 "$old")
v1a=$(printf %s "$asset" | hmac_base64 sha256 "$new")
key key-1 "$old" retireFrom=$((now - 10 * minute)) notAfter=$((now + 50 * minute))
key key-2 "$new" activeFrom=$((now - 10 * minute))
header X-ol-signature "v1,$v1 v1a,$v1a"
body "$asset"
valid key-2 active

vector 'While the key rotates: a staged key is named before an active one.' rotation order
v1=$(printf %s "$asset" | hmac_base64 sha256 "$old")
v1a=$(printf %s "$asset" | hmac_base64 sha256 "$new")
key key-1 "$old"
key key-2 "$new" activeFrom=$((now + hour))
header X-ol-signature "v1,$v1 v1a,$v1a"
body "$asset"
valid key-2 staged

vector 'While the key rotates: a receiver that has neither.' rotation
v1=$(printf %s "$asset" | hmac_base64 sha256 "$old")
v1a=$(printf %s "$asset" | hmac_base64 sha256 "$new")
key key-3 'FakeOrangeSecretOther'
header X-ol-signature "v1,$v1 v1a,$v1a"
body "$asset"
invalid no-matching-key

vector 'The labels do not select keys: swapped, they verify.' rotation order
v1=$(printf %s "$asset" | hmac_base64 sha256 "$new")
v1a=$(printf %s "$asset" | hmac_base64 sha256 "$old")
key key-1 "$old"
header X-ol-signature "v1,$v1 v1a,$v1a"
body "$asset"
valid key-1 active

vector 'After the period the new key signs alone, as v1.' rotation
mac=$(printf %s "$asset" | hmac_base64 sha256 "$new")
key key-1 "$old" retireFrom=$((now - 2 * hour)) notAfter=$((now - hour))
key key-2 "$new" activeFrom=$((now - 2 * hour))
header X-ol-signature "v1,$mac"
body "$asset"
valid key-2 active

vector 'A delivery under way at the end of the period, signed by the old key alone.' rotation
mac=$(printf %s "$asset" | hmac_base64 sha256 "$old")
key key-1 "$old" retireFrom=$((now - hour)) notAfter=$((now + 5 * minute))
key key-2 "$new" activeFrom=$((now - hour))
header X-ol-signature "v1,$mac"
body "$asset"
valid key-1 retiring

vector 'The old key after its end.' rotation
mac=$(printf %s "$asset" | hmac_base64 sha256 "$old")
key key-1 "$old" retireFrom=$((now - 2 * hour)) notAfter=$((now - hour))
key key-2 "$new" activeFrom=$((now - 2 * hour))
header X-ol-signature "v1,$mac"
body "$asset"
invalid key-expired

vector 'A revoked key.' rotation
mac=$(printf %s "$asset" | hmac_base64 sha256 "$old")
key key-1 "$old" revokedAt=$((now - 1))
key key-2 "$new"
header X-ol-signature "v1,$mac"
body "$asset"
invalid key-revoked

vector 'Two entries of one label: the first is good.' order defect
good=$(printf %s "$asset" | hmac_base64 sha256 "$old")
other=$(printf %s "$asset" | hmac_base64 sha256 "$new")
key key-1 "$old"
header X-ol-signature "v1,$good v1,$other"
body "$asset"
valid key-1 active

vector 'Two entries of one label: the second is good.' order defect
good=$(printf %s "$asset" | hmac_base64 sha256 "$old")
other=$(printf %s "$asset" | hmac_base64 sha256 "$new")
key key-1 "$old"
header X-ol-signature "v1,$other v1,$good"
body "$asset"
valid key-1 active

vector 'The two signatures in two headers, joined as HTTP joins them.' rotation
v1=$(printf %s "$asset" | hmac_base64 sha256 "$old")
v1a=$(printf %s "$asset" | hmac_base64 sha256 "$new")
key key-2 "$new"
header X-ol-signature "v1,$v1, v1a,$v1a"
body "$asset"
valid key-2 active

vector 'An unknown label is skipped with its value.' order
mac=$(printf %s "$asset" | hmac_base64 sha256 "$old")
key key-1 "$old"
header X-ol-signature "v2,of-a-later-scheme v1,$mac"
body "$asset"
valid key-1 active

vector 'A good MAC under an unknown label is not looked at.' malformed
mac=$(printf %s "$asset" | hmac_base64 sha256 "$old")
key key-1 "$old"
header X-ol-signature "v2,$mac"
body "$asset"
invalid malformed-signature

vector 'A stray token.' malformed
mac=$(printf %s "$asset" | hmac_base64 sha256 "$old")
key key-1 "$old"
header X-ol-signature "stray v1,$mac"
body "$asset"
invalid malformed-signature

vector 'A MAC without a label.' malformed
mac=$(printf %s "$asset" | hmac_base64 sha256 "$old")
key key-1 "$old"
header X-ol-signature "$mac"
body "$asset"
invalid malformed-signature

vector 'Eight entries, the last one good.' order
good=$(printf %s "$asset" | hmac_base64 sha256 "$old")
other=$(printf %s "$asset" | hmac_base64 sha256 "$new")
key key-1 "$old"
header X-ol-signature "$(printf "v1,$other %.0s" {1..7})v1,$good"
body "$asset"
valid key-1 active

vector 'Nine entries.' malformed
good=$(printf %s "$asset" | hmac_base64 sha256 "$old")
other=$(printf %s "$asset" | hmac_base64 sha256 "$new")
key key-1 "$old"
header X-ol-signature "$(printf "v1,$other %.0s" {1..8})v1,$good"
body "$asset"
invalid malformed-signature

vector 'No signature.' missing
key key-1 "$old"
body "$asset"
invalid missing-signature

vector 'An empty header.' malformed
key key-1 "$old"
header X-ol-signature ''
body "$asset"
invalid malformed-signature

vector 'Base64 without its padding.' malformed
mac=$(printf %s "$asset" | hmac_base64 sha256 "$old")
key key-1 "$old"
header X-ol-signature "v1,${mac%=}"
body "$asset"
invalid malformed-signature

vector 'Base64 with stray bits in its last character.' malformed defect
mac=$(printf %s "$asset" | hmac_base64 sha256 "$old")
key key-1 "$old"
header X-ol-signature "v1,$(stray_bits "$mac")"
body "$asset"
invalid malformed-signature

vector 'Hex where base64 belongs.' malformed
mac=$(printf %s "$asset" | hmac_hex sha256 "$old")
key key-1 "$old"
header X-ol-signature "v1,$mac"
body "$asset"
invalid malformed-signature

vector 'Text beyond ASCII is signed as its UTF-8 bytes.' unicode
text='{"id":"evt-000018","event":"Asset.Updated","asset":{"title":"Marché aux fleurs – 花市 🌷"}}'
mac=$(printf %s "$text" | hmac_base64 sha256 "$old")
key key-1 "$old"
header X-ol-signature "v1,$mac"
body "$text"
valid key-1 active

vector 'The body 22 ff 22, which is not UTF-8, is signed as it is.' binary-body
mac=$(printf '\x22\xff\x22' | hmac_base64 sha256 "$old")
key key-1 "$old"
header X-ol-signature "v1,$mac"
body_base64 "$(printf '\x22\xff\x22' | openssl base64 -A)"
valid key-1 active

vector 'An empty body has a signature too.' empty-body
mac=$(printf '' | hmac_base64 sha256 "$old")
key key-1 "$old"
header X-ol-signature "v1,$mac"
body ''
valid key-1 active

vector 'The patterns of a string replacement are ordinary bytes.' defect
text='{"title":"$& and $$ and $1"}'
mac=$(printf %s "$text" | hmac_base64 sha256 "$old")
key key-1 "$old"
header X-ol-signature "v1,$mac"
body "$text"
valid key-1 active

vector 'CRLF and a line break at the end belong to the body.' plain
mac=$(printf '{"id":"evt-000019"}\r\n' | hmac_base64 sha256 "$old")
key key-1 "$old"
header X-ol-signature "v1,$mac"
body $'{"id":"evt-000019"}\r\n'
valid key-1 active

vector 'A secret with underscores is taken whole.' secret defect
mac=$(printf %s "$asset" | hmac_base64 sha256 'abc_def_secret')
key key-1 'abc_def_secret'
header X-ol-signature "v1,$mac"
body "$asset"
valid key-1 active

vector 'A secret beyond ASCII is used as its UTF-8 bytes.' secret unicode
mac=$(printf %s "$asset" | hmac_base64 sha256 'schlüssel-gehämmert')
key key-1 'schlüssel-gehämmert'
header X-ol-signature "v1,$mac"
body "$asset"
valid key-1 active

vector 'A secret of 100 bytes is longer than the block of the hash.' secret
long=$(printf 'NotAReal00%.0s' {1..10})
mac=$(printf %s "$asset" | hmac_base64 sha256 "$long")
key key-1 "$long"
header X-ol-signature "v1,$mac"
body "$asset"
valid key-1 active

# As in Standard Webhooks: what is signed is id.timestamp.body.
id=msg_0000000017
timestamp=1767225600

vector 'Id and timestamp are signed with the body.' option timestamp
mac=$(printf %s "$id.$timestamp.$asset" | hmac_base64 sha256 "$old")
option signedContent standard-webhooks
key key-1 "$old"
header webhook-id "$id"
header webhook-timestamp "$timestamp"
header X-ol-signature "v1,$mac"
body "$asset"
valid key-1 active

vector 'Id and timestamp are signed with the body, by SHA-512, while the key rotates.' option timestamp rotation
v1=$(printf %s "$id.$timestamp.$asset" | hmac_base64 sha512 "$old")
v1a=$(printf %s "$id.$timestamp.$asset" | hmac_base64 sha512 "$new")
option hash sha512
option signedContent standard-webhooks
key key-2 "$new"
header webhook-id "$id"
header webhook-timestamp "$timestamp"
header X-ol-signature "v1,$v1 v1a,$v1a"
body "$asset"
valid key-2 active

vector 'Id and timestamp are signed with a body that is not UTF-8.' option timestamp binary-body
mac=$(printf "$id.$timestamp."'\x22\xff\x22' | hmac_base64 sha256 "$old")
option signedContent standard-webhooks
key key-1 "$old"
header webhook-id "$id"
header webhook-timestamp "$timestamp"
header X-ol-signature "v1,$mac"
body_base64 "$(printf '\x22\xff\x22' | openssl base64 -A)"
valid key-1 active

vector 'The body alone was signed where id and timestamp are expected too.' option
mac=$(printf %s "$asset" | hmac_base64 sha256 "$old")
option signedContent standard-webhooks
key key-1 "$old"
header webhook-id "$id"
header webhook-timestamp "$timestamp"
header X-ol-signature "v1,$mac"
body "$asset"
invalid no-matching-key

vector 'Another id.' option
mac=$(printf %s "$id.$timestamp.$asset" | hmac_base64 sha256 "$old")
option signedContent standard-webhooks
key key-1 "$old"
header webhook-id msg_0000000018
header webhook-timestamp "$timestamp"
header X-ol-signature "v1,$mac"
body "$asset"
invalid no-matching-key

vector 'Exactly 300 seconds old.' timestamp
mac=$(printf %s "$id.$timestamp.$asset" | hmac_base64 sha256 "$old")
option signedContent standard-webhooks
key key-1 "$old"
header webhook-id "$id"
header webhook-timestamp "$timestamp"
header X-ol-signature "v1,$mac"
body "$asset"
clock $((timestamp * 1000 + 300000))
valid key-1 active

vector 'One millisecond more than 300 seconds old.' timestamp
mac=$(printf %s "$id.$timestamp.$asset" | hmac_base64 sha256 "$old")
option signedContent standard-webhooks
key key-1 "$old"
header webhook-id "$id"
header webhook-timestamp "$timestamp"
header X-ol-signature "v1,$mac"
body "$asset"
clock $((timestamp * 1000 + 300001))
invalid too-old

vector 'Exactly 300 seconds ahead.' timestamp
mac=$(printf %s "$id.$timestamp.$asset" | hmac_base64 sha256 "$old")
option signedContent standard-webhooks
key key-1 "$old"
header webhook-id "$id"
header webhook-timestamp "$timestamp"
header X-ol-signature "v1,$mac"
body "$asset"
clock $((timestamp * 1000 - 300000))
valid key-1 active

vector 'One millisecond more than 300 seconds ahead.' timestamp defect
mac=$(printf %s "$id.$timestamp.$asset" | hmac_base64 sha256 "$old")
option signedContent standard-webhooks
key key-1 "$old"
header webhook-id "$id"
header webhook-timestamp "$timestamp"
header X-ol-signature "v1,$mac"
body "$asset"
clock $((timestamp * 1000 - 300001))
invalid too-new

vector 'A timestamp with letters after its digits.' timestamp defect
mac=$(printf %s "$id.${timestamp}abc.$asset" | hmac_base64 sha256 "$old")
option signedContent standard-webhooks
key key-1 "$old"
header webhook-id "$id"
header webhook-timestamp "${timestamp}abc"
header X-ol-signature "v1,$mac"
body "$asset"
invalid timestamp-malformed

vector 'No timestamp.' timestamp missing
mac=$(printf %s "$id.$timestamp.$asset" | hmac_base64 sha256 "$old")
option signedContent standard-webhooks
key key-1 "$old"
header webhook-id "$id"
header X-ol-signature "v1,$mac"
body "$asset"
invalid timestamp-missing

finish
