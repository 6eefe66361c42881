#!/usr/bin/env bash
# Prints vectors.json. Every notification carries two HMACs of the raw body, one by the primary key and one by the
# secondary. The vendor does not publish its header names; those below are examples.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../../.ci/vectors.sh"

primary='fake-primary-key-december'
new_primary='fake-primary-key-january'
secondary='fake-secondary-key-december'
new_secondary='fake-secondary-key-february'
started='{"EventName":"ProcessInstanceStarted","ProcessInstanceID":"0f0e0d0c-0000-4000-8000-000000000001","ProcessInstanceName":"Leave request 17","ProcessTemplate":"LeaveRequest","Initiator":"EXAMPLE\\ada","Status":"Running","StartedDate":"2025-12-31T23:59:58Z"}'

two_headers() { option headers primary X-AgilePoint-Primary secondary X-AgilePoint-Secondary; }
one_header() { option headers both X-AgilePoint-Signature separator "$1"; }
both_keys() {
  key primary "$primary" slot=primary
  key secondary "$secondary" slot=secondary
}

provider agilepoint

vector 'A notification with both digests; of two active keys the first in the ring is named.' plain
p=$(printf %s "$started" | hmac_base64 sha256 "$primary")
s=$(printf %s "$started" | hmac_base64 sha256 "$secondary")
two_headers
both_keys
header X-AgilePoint-Primary "$p"
header X-AgilePoint-Secondary "$s"
body "$started"
valid primary active

vector 'The primary slot has rotated and the receiver does not know: the secondary still verifies.' rotation
p=$(printf %s "$started" | hmac_base64 sha256 "$new_primary")
s=$(printf %s "$started" | hmac_base64 sha256 "$secondary")
two_headers
both_keys
header X-AgilePoint-Primary "$p"
header X-AgilePoint-Secondary "$s"
body "$started"
valid secondary active

vector 'The secondary slot has rotated and the receiver does not know: the primary still verifies.' rotation
p=$(printf %s "$started" | hmac_base64 sha256 "$primary")
s=$(printf %s "$started" | hmac_base64 sha256 "$new_secondary")
two_headers
both_keys
header X-AgilePoint-Primary "$p"
header X-AgilePoint-Secondary "$s"
body "$started"
valid primary active

vector 'Both slots have rotated at once: the outage that the vendor warns of.' rotation
p=$(printf %s "$started" | hmac_base64 sha256 "$new_primary")
s=$(printf %s "$started" | hmac_base64 sha256 "$new_secondary")
two_headers
both_keys
header X-AgilePoint-Primary "$p"
header X-AgilePoint-Secondary "$s"
body "$started"
invalid no-matching-key

vector 'A staged key is named before an active one of the other slot.' rotation order
p=$(printf %s "$started" | hmac_base64 sha256 "$new_primary")
s=$(printf %s "$started" | hmac_base64 sha256 "$secondary")
two_headers
key primary "$primary" slot=primary
key secondary "$secondary" slot=secondary
key primary-2 "$new_primary" slot=primary activeFrom=$((now + hour))
header X-AgilePoint-Primary "$p"
header X-AgilePoint-Secondary "$s"
body "$started"
valid primary-2 staged

vector 'A retiring key is named after an active one of the other slot.' rotation order
p=$(printf %s "$started" | hmac_base64 sha256 "$primary")
s=$(printf %s "$started" | hmac_base64 sha256 "$secondary")
two_headers
key primary "$primary" slot=primary retireFrom=$((now - hour)) notAfter=$((now + hour))
key secondary "$secondary" slot=secondary
key primary-2 "$new_primary" slot=primary activeFrom=$((now - hour))
header X-AgilePoint-Primary "$p"
header X-AgilePoint-Secondary "$s"
body "$started"
valid secondary active

vector 'A notification under way when its slot rotated: the retiring key verifies.' rotation
p=$(printf %s "$started" | hmac_base64 sha256 "$primary")
two_headers
key primary "$primary" slot=primary retireFrom=$((now - minute)) notAfter=$((now + minute))
key primary-2 "$new_primary" slot=primary activeFrom=$((now - minute))
key secondary "$secondary" slot=secondary
header X-AgilePoint-Primary "$p"
body "$started"
valid primary retiring

vector 'A primary key that expired an hour ago.' rotation
p=$(printf %s "$started" | hmac_base64 sha256 "$primary")
two_headers
key primary "$primary" slot=primary notAfter=$((now - hour))
key primary-2 "$new_primary" slot=primary
key secondary "$secondary" slot=secondary
header X-AgilePoint-Primary "$p"
body "$started"
invalid key-expired

vector 'A revoked secondary key.' rotation
s=$(printf %s "$started" | hmac_base64 sha256 "$secondary")
two_headers
key primary "$primary" slot=primary
key secondary "$secondary" slot=secondary revokedAt=$((now - hour))
key secondary-2 "$new_secondary" slot=secondary
header X-AgilePoint-Secondary "$s"
body "$started"
invalid key-revoked

vector 'The digest by the primary key does not pass in the header of the secondary.' other-slot
p=$(printf %s "$started" | hmac_base64 sha256 "$primary")
two_headers
both_keys
header X-AgilePoint-Secondary "$p"
body "$started"
invalid no-matching-key

vector 'Both digests, each in the header of the other.' other-slot
p=$(printf %s "$started" | hmac_base64 sha256 "$primary")
s=$(printf %s "$started" | hmac_base64 sha256 "$secondary")
two_headers
both_keys
header X-AgilePoint-Primary "$s"
header X-AgilePoint-Secondary "$p"
body "$started"
invalid no-matching-key

vector 'The secondary header alone suffices.' missing
s=$(printf %s "$started" | hmac_base64 sha256 "$secondary")
two_headers
both_keys
header X-AgilePoint-Secondary "$s"
body "$started"
valid secondary active

vector 'A malformed primary header does no harm beside a good secondary.' malformed
s=$(printf %s "$started" | hmac_base64 sha256 "$secondary")
two_headers
both_keys
header X-AgilePoint-Primary 'not base64!'
header X-AgilePoint-Secondary "$s"
body "$started"
valid secondary active

vector 'An ambiguous secondary header does no harm beside a good primary.' ambiguous
p=$(printf %s "$started" | hmac_base64 sha256 "$primary")
s=$(printf %s "$started" | hmac_base64 sha256 "$secondary")
two_headers
both_keys
header X-AgilePoint-Primary "$p"
header X-AgilePoint-Secondary "$s, $s"
body "$started"
valid primary active

vector 'Neither header.' missing
two_headers
both_keys
body "$started"
invalid missing-signature

vector 'An empty header and no other.' malformed
two_headers
both_keys
header X-AgilePoint-Primary ''
body "$started"
invalid malformed-signature

vector 'Base64 with stray bits in its last character.' malformed defect
p=$(printf %s "$started" | hmac_base64 sha256 "$primary")
two_headers
both_keys
header X-AgilePoint-Primary "$(stray_bits "$p")"
body "$started"
invalid malformed-signature

vector 'Half of the digest.' malformed defect
p=$(printf %s "$started" | hmac_base64 sha256 "$primary")
two_headers
both_keys
header X-AgilePoint-Primary "${p:0:22}"
body "$started"
invalid malformed-signature

vector 'One header twice, joined as HTTP joins it, and no other.' ambiguous
p=$(printf %s "$started" | hmac_base64 sha256 "$primary")
two_headers
both_keys
header X-AgilePoint-Primary "$p, $p"
body "$started"
invalid ambiguous-signature

vector 'Text beyond ASCII is signed as its UTF-8 bytes.' unicode
text='{"EventName":"GroupCreated","GroupName":"Überprüfung 検査 ✅"}'
p=$(printf %s "$text" | hmac_base64 sha256 "$primary")
two_headers
both_keys
header X-AgilePoint-Primary "$p"
body "$text"
valid primary active

vector 'The body 22 ff 22, which is not UTF-8, is signed as it is.' binary-body
p=$(printf '\x22\xff\x22' | hmac_base64 sha256 "$primary")
two_headers
both_keys
header X-AgilePoint-Primary "$p"
body_base64 "$(printf '\x22\xff\x22' | openssl base64 -A)"
valid primary active

vector 'An empty body has a digest too.' empty-body
p=$(printf '' | hmac_base64 sha256 "$primary")
two_headers
both_keys
header X-AgilePoint-Primary "$p"
body ''
valid primary active

vector 'The patterns of a string replacement are ordinary bytes.' defect
text='{"ProcessInstanceName":"$& costs $$ 5"}'
s=$(printf %s "$text" | hmac_base64 sha256 "$secondary")
two_headers
both_keys
header X-AgilePoint-Secondary "$s"
body "$text"
valid secondary active

vector 'CRLF and a line break at the end belong to the body.' plain
s=$(printf '{\r\n}\r\n' | hmac_base64 sha256 "$secondary")
two_headers
both_keys
header X-AgilePoint-Secondary "$s"
body $'{\r\n}\r\n'
valid secondary active

vector 'A key is taken whole, underscores and all.' secret defect
p=$(printf %s "$started" | hmac_base64 sha256 'abc_def_secret')
two_headers
key primary 'abc_def_secret' slot=primary
key secondary "$secondary" slot=secondary
header X-AgilePoint-Primary "$p"
body "$started"
valid primary active

vector 'A key beyond ASCII is used as its UTF-8 bytes.' secret unicode
s=$(printf %s "$started" | hmac_base64 sha256 'schlüssel-gehämmert')
two_headers
key primary "$primary" slot=primary
key secondary 'schlüssel-gehämmert' slot=secondary
header X-AgilePoint-Secondary "$s"
body "$started"
valid secondary active

vector 'A key of 100 bytes is longer than the block of the hash.' secret
long=$(printf 'not-a-real%.0s' {1..10})
p=$(printf %s "$started" | hmac_base64 sha256 "$long")
two_headers
key primary "$long" slot=primary
key secondary "$secondary" slot=secondary
header X-AgilePoint-Primary "$p"
body "$started"
valid primary active

vector 'SHA-1 in hex.' option
p=$(printf %s "$started" | hmac_hex sha1 "$primary")
two_headers
option hash sha1
option encoding hex
both_keys
header X-AgilePoint-Primary "$p"
body "$started"
valid primary active

vector 'SHA-256 in base64 by HMAC: the defaults, written out.' option
p=$(printf %s "$started" | hmac_base64 sha256 "$primary")
two_headers
option hash sha256
option encoding base64
option mode hmac
both_keys
header X-AgilePoint-Primary "$p"
body "$started"
valid primary active

vector 'SHA-384 in base64, which has no padding.' option
p=$(printf %s "$started" | hmac_base64 sha384 "$primary")
two_headers
option hash sha384
both_keys
header X-AgilePoint-Primary "$p"
body "$started"
valid primary active

vector 'SHA-512 in hex.' option
s=$(printf %s "$started" | hmac_hex sha512 "$secondary")
two_headers
option hash sha512
option encoding hex
both_keys
header X-AgilePoint-Secondary "$s"
body "$started"
valid secondary active

vector 'SHA-1 where SHA-256 is configured.' option malformed
p=$(printf %s "$started" | hmac_base64 sha1 "$primary")
two_headers
both_keys
header X-AgilePoint-Primary "$p"
body "$started"
invalid malformed-signature

vector 'One header with both digests.' option both
p=$(printf %s "$started" | hmac_base64 sha256 "$primary")
s=$(printf %s "$started" | hmac_base64 sha256 "$secondary")
one_header ','
both_keys
header X-AgilePoint-Signature "$p,$s"
body "$started"
valid primary active

vector 'In one header any digest may match the key of any slot.' option both order
p=$(printf %s "$started" | hmac_base64 sha256 "$new_primary")
s=$(printf %s "$started" | hmac_base64 sha256 "$secondary")
one_header ';'
both_keys
header X-AgilePoint-Signature "$s;$p"
body "$started"
valid secondary active

vector 'One header, and neither digest is by a known key.' option both rotation
p=$(printf %s "$started" | hmac_base64 sha256 "$new_primary")
s=$(printf %s "$started" | hmac_base64 sha256 "$new_secondary")
one_header ';'
both_keys
header X-AgilePoint-Signature "$p;$s"
body "$started"
invalid no-matching-key

vector 'The keys themselves, as tokens.' token
two_headers
option mode token
both_keys
header X-AgilePoint-Primary "$primary"
header X-AgilePoint-Secondary "$secondary"
body "$started"
valid primary active

vector 'The primary token has rotated; the secondary still verifies.' token rotation
two_headers
option mode token
both_keys
header X-AgilePoint-Primary "$new_primary"
header X-AgilePoint-Secondary "$secondary"
body "$started"
valid secondary active

vector 'The primary token does not pass in the header of the secondary.' token other-slot
two_headers
option mode token
both_keys
header X-AgilePoint-Secondary "$primary"
body "$started"
invalid no-matching-key

vector 'Both tokens in one header; of two active keys the first in the ring is named.' token
one_header ';'
option mode token
both_keys
header X-AgilePoint-Signature "$primary;$secondary"
body "$started"
valid primary active

vector 'One of the two tokens in the one header has rotated.' token rotation
one_header ';'
option mode token
both_keys
header X-AgilePoint-Signature "$new_primary;$secondary"
body "$started"
valid secondary active

vector 'Neither of the two tokens in the one header is known.' token
one_header ';'
option mode token
both_keys
header X-AgilePoint-Signature "$new_primary;$new_primary"
body "$started"
invalid no-matching-key

finish
