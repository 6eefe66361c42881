#!/usr/bin/env bash
# Prints vectors.json. X-Autify-Signature is "sha1=" and the lower-case hex HMAC-SHA1 of the raw body.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../../.ci/vectors.sh"

old='0000000000111111111122222222223333333333'
new='aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd'
plan='{"action":"test_plan_result","id":1201,"started_at":"2025-12-31T23:55:02.113Z","finished_at":"2025-12-31T23:59:41.870Z","status":"passed","url":"https://app.autify.example/projects/7/results/1201","scenarios":[{"id":5501,"scenario_id":88,"scenario_name":"Log in","status":"passed","review_needed":false,"test_plan_id":14,"capability":{"os":"Windows Server","os_version":"2022","browser":"Chrome","browser_version":"131","device":null,"resolution":"1920x1080"}}]}'

provider autify

vector 'A delivery as the vendor sends it.' plain
mac=$(printf %s "$plan" | hmac_hex sha1 "$old")
key key-1 "$old"
header X-Autify-Signature "sha1=$mac"
body "$plan"
valid key-1 active

vector 'Header names have no case.' header-case
mac=$(printf %s "$plan" | hmac_hex sha1 "$old")
key key-1 "$old"
header x-autify-signature "sha1=$mac"
body "$plan"
valid key-1 active

vector 'Text beyond ASCII is signed as its UTF-8 bytes.' unicode
text='{"action":"test_case_result","id":77,"status":"failed","scenario_name":"ログイン – Größe prüfen 🚀"}'
mac=$(printf %s "$text" | hmac_hex sha1 "$old")
key key-1 "$old"
header X-Autify-Signature "sha1=$mac"
body "$text"
valid key-1 active

vector 'The body 22 ff 22, which is not UTF-8, is signed as it is.' binary-body
mac=$(printf '\x22\xff\x22' | hmac_hex sha1 "$old")
key key-1 "$old"
header X-Autify-Signature "sha1=$mac"
body_base64 "$(printf '\x22\xff\x22' | openssl base64 -A)"
valid key-1 active

vector 'The body 22 fe 22 does not pass under the signature of 22 ff 22, though both decode to the same text.' binary-body defect
mac=$(printf '\x22\xff\x22' | hmac_hex sha1 "$old")
key key-1 "$old"
header X-Autify-Signature "sha1=$mac"
body_base64 "$(printf '\x22\xfe\x22' | openssl base64 -A)"
invalid no-matching-key

vector 'An empty body has a signature too.' empty-body
mac=$(printf '' | hmac_hex sha1 "$old")
key key-1 "$old"
header X-Autify-Signature "sha1=$mac"
body ''
valid key-1 active

vector 'The patterns of a string replacement are ordinary bytes.' defect
text='{"scenario_name":"pay $& and $$ and $1 and $`"}'
mac=$(printf %s "$text" | hmac_hex sha1 "$old")
key key-1 "$old"
header X-Autify-Signature "sha1=$mac"
body "$text"
valid key-1 active

vector 'CRLF and a line break at the end belong to the body.' plain
mac=$(printf '{\r\n\t"id": 1\r\n}\n' | hmac_hex sha1 "$old")
key key-1 "$old"
header X-Autify-Signature "sha1=$mac"
body $'{\r\n\t"id": 1\r\n}\n'
valid key-1 active

vector 'The same JSON, written anew, is another body.' defect
mac=$(printf '{\r\n\t"id": 1\r\n}\n' | hmac_hex sha1 "$old")
key key-1 "$old"
header X-Autify-Signature "sha1=$mac"
body '{"id":1}'
invalid no-matching-key

vector 'A secret is taken whole, underscores and all.' secret defect
mac=$(printf %s "$plan" | hmac_hex sha1 'abc_def_secret')
key key-1 'abc_def_secret'
header X-Autify-Signature "sha1=$mac"
body "$plan"
valid key-1 active

vector 'What follows the last underscore is not the secret.' secret defect
mac=$(printf %s "$plan" | hmac_hex sha1 'secret')
key key-1 'abc_def_secret'
header X-Autify-Signature "sha1=$mac"
body "$plan"
invalid no-matching-key

vector 'A secret beyond ASCII is used as its UTF-8 bytes.' secret unicode
mac=$(printf %s "$plan" | hmac_hex sha1 'schlüssel-gehämmert')
key key-1 'schlüssel-gehämmert'
header X-Autify-Signature "sha1=$mac"
body "$plan"
valid key-1 active

vector 'A secret of 64 bytes fills the block of the hash exactly.' secret
long=$(printf 'not-real%.0s' {1..8})
mac=$(printf %s "$plan" | hmac_hex sha1 "$long")
key key-1 "$long"
header X-Autify-Signature "sha1=$mac"
body "$plan"
valid key-1 active

vector 'A secret of 100 bytes is longer than the block of the hash.' secret
long=$(printf 'not-a-real%.0s' {1..10})
mac=$(printf %s "$plan" | hmac_hex sha1 "$long")
key key-1 "$long"
header X-Autify-Signature "sha1=$mac"
body "$plan"
valid key-1 active

vector 'Another secret.' plain
mac=$(printf %s "$plan" | hmac_hex sha1 "$new")
key key-1 "$old"
header X-Autify-Signature "sha1=$mac"
body "$plan"
invalid no-matching-key

vector 'The vendor has switched while the new secret is still staged.' rotation
mac=$(printf %s "$plan" | hmac_hex sha1 "$new")
key key-1 "$old"
key key-2 "$new" activeFrom=$((now + hour))
header X-Autify-Signature "sha1=$mac"
body "$plan"
valid key-2 staged

vector 'A staged key becomes active at its date.' rotation
mac=$(printf %s "$plan" | hmac_hex sha1 "$new")
key key-1 "$old" retireFrom=$now notAfter=$((now + hour))
key key-2 "$new" activeFrom=$now
header X-Autify-Signature "sha1=$mac"
body "$plan"
valid key-2 active

vector 'The old secret still verifies in the last millisecond before its end.' rotation
mac=$(printf %s "$plan" | hmac_hex sha1 "$old")
key key-1 "$old" retireFrom=$((now - hour)) notAfter=$((now + 1))
key key-2 "$new" activeFrom=$((now - hour))
header X-Autify-Signature "sha1=$mac"
body "$plan"
valid key-1 retiring

vector 'The old secret is refused from its end on.' rotation
mac=$(printf %s "$plan" | hmac_hex sha1 "$old")
key key-1 "$old" retireFrom=$((now - hour)) notAfter=$now
key key-2 "$new" activeFrom=$((now - hour))
header X-Autify-Signature "sha1=$mac"
body "$plan"
invalid key-expired

vector 'A key that expired two days ago is not looked at any more.' rotation
mac=$(printf %s "$plan" | hmac_hex sha1 "$old")
key key-1 "$old" retireFrom=$((now - 3 * day)) notAfter=$((now - 2 * day))
key key-2 "$new" activeFrom=$((now - 3 * day))
header X-Autify-Signature "sha1=$mac"
body "$plan"
invalid no-matching-key

vector 'A revoked key is refused at once.' rotation
mac=$(printf %s "$plan" | hmac_hex sha1 "$old")
key key-1 "$old" revokedAt=$now
key key-2 "$new"
header X-Autify-Signature "sha1=$mac"
body "$plan"
invalid key-revoked

vector 'No signature.' missing
key key-1 "$old"
body "$plan"
invalid missing-signature

# One good MAC, spoilt in every way below.
mac=$(printf %s "$plan" | hmac_hex sha1 "$old")

vector 'Not hex.' malformed defect
key key-1 "$old"
header X-Autify-Signature "sha1=${mac%?}g"
body "$plan"
invalid malformed-signature

vector 'Without its prefix.' malformed defect
key key-1 "$old"
header X-Autify-Signature "$mac"
body "$plan"
invalid malformed-signature

vector 'Under the prefix of another hash.' malformed
key key-1 "$old"
header X-Autify-Signature "sha256=$mac"
body "$plan"
invalid malformed-signature

vector 'Upper-case hex.' malformed defect
key key-1 "$old"
header X-Autify-Signature "sha1=$(printf %s "$mac" | tr a-f A-F)"
body "$plan"
invalid malformed-signature

vector 'Junk between the bytes.' malformed defect
key key-1 "$old"
header X-Autify-Signature "sha1=${mac:0:20}:${mac:20}"
body "$plan"
invalid malformed-signature

vector 'A character too many.' malformed defect
key key-1 "$old"
header X-Autify-Signature "sha1=${mac}0"
body "$plan"
invalid malformed-signature

vector 'An empty header.' malformed defect
key key-1 "$old"
header X-Autify-Signature ''
body "$plan"
invalid malformed-signature

vector 'Half of the signature.' malformed defect
key key-1 "$old"
header X-Autify-Signature "sha1=${mac:0:20}"
body "$plan"
invalid malformed-signature

vector 'The header twice, joined as HTTP joins it.' ambiguous
key key-1 "$old"
header X-Autify-Signature "sha1=$mac, sha1=$mac"
body "$plan"
invalid ambiguous-signature

finish
