# Shell functions shared by the scripts packages/*/test/vectors.sh, which print known-answer vectors as JSON.
# Every MAC comes from the one openssl command in `hmac`. A vector is written as
#
#   vector 'What it shows.' FLAG...
#   option NAME TEXT                       an option of the adapter; any number of them
#   key ID SECRET [slot=TEXT] [DATE=MS]... any number of them, in the ring's order
#   header NAME VALUE                      any number of them
#   body TEXT                              or: body_base64 TEXT
#   clock MS                               the receiver's clock, if it is not $now
#   valid KEY-ID KEY-STATE                 or: invalid REASON

export LC_ALL=C
now=1767225600000 # 2026-01-01T00:00:00Z
minute=60000
hour=3600000
day=86400000

# hex < BYTES: lower-case hex.
hex() { od -An -v -tx1 | tr -d ' \n'; }

# hmac HASH SECRET < BYTES: the MAC in binary. The key is the UTF-8 bytes of the secret.
hmac() {
  local key
  key=$(printf %s "$2" | hex)
  openssl dgst "-$1" -mac HMAC -macopt "hexkey:$key" -binary
}
hmac_hex() { hmac "$1" "$2" | hex; }
hmac_base64() { hmac "$1" "$2" | openssl base64 -A; }

# stray_bits BASE64: for text that ends in one "=", other text that careless decoders read as the same bytes.
stray_bits() {
  local start=${1%?=}
  printf %s "$start"
  printf %s "${1#"$start"}" | tr 'AEIMQUYcgkosw048' 'BFJNRVZdhlptx159'
}

provider() {
  printf '{\n  "provider": %s,\n  "vectors": [' "$(quote "$1")"
  v_separator=
}

vector() {
  v_comment=$(quote "$1") v_flags= v_options= v_keys= v_headers= v_body= v_now=$now
  shift
  local flag
  for flag; do append v_flags "        $(quote "$flag")"; done
}

# With more than one pair, an option that is an object: option NAME MEMBER TEXT MEMBER TEXT.
option() {
  local name=$1 members=
  shift
  if (($# == 1)); then
    append v_options "        $(quote "$name"): $(quote "$1")"
    return
  fi
  while (($#)); do
    append members "          $(quote "$1"): $(quote "$2")"
    shift 2
  done
  append v_options "        $(quote "$name"): $(enclose '        ' '{' "$members" '}')"
}

key() {
  local members= field
  append members "          \"id\": $(quote "$1")"
  append members "          \"secret\": $(quote "$2")"
  shift 2
  for field; do
    case $field in
      slot=*) append members "          \"slot\": $(quote "${field#*=}")" ;;
      *) append members "          $(quote "${field%%=*}"): ${field#*=}" ;;
    esac
  done
  append v_keys "        $(enclose '        ' '{' "$members" '}')"
}

header() { append v_headers "        $(quote "$1"): $(quote "$2")"; }
body() { v_body="\"body\": $(quote "$1")"; }
body_base64() { v_body="\"bodyBase64\": $(quote "$1")"; }
clock() { v_now=$1; }

valid() { print_vector "\"result\": \"valid\",
      \"keyId\": $(quote "$1"),
      \"keyState\": $(quote "$2")"; }
invalid() { print_vector "\"result\": \"invalid\",
      \"reason\": $(quote "$1")"; }

print_vector() {
  printf '%s\n    {\n' "$v_separator"
  printf '      "comment": %s,\n' "$v_comment"
  printf '      "flags": %s,\n' "$(enclose '      ' '[' "$v_flags" ']')"
  printf '      "options": %s,\n' "$(enclose '      ' '{' "$v_options" '}')"
  printf '      "keys": %s,\n' "$(enclose '      ' '[' "$v_keys" ']')"
  printf '      "headers": %s,\n' "$(enclose '      ' '{' "$v_headers" '}')"
  printf '      %s,\n' "${v_body:?a vector needs a body}"
  printf '      "now": %s,\n' "$v_now"
  printf '      %s\n    }' "$1"
  v_separator=,
}

finish() { printf '\n  ]\n}\n'; }

# quote TEXT: a JSON string.
quote() {
  local text=$1
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\n'/\\n}
  text=${text//$'\r'/\\r}
  text=${text//$'\t'/\\t}
  printf '"%s"' "$text"
}

# append LIST ITEM: adds to the list of that name, with a comma and a line break between items.
append() { printf -v "$1" %s "${!1:+${!1},
}$2"; }

# enclose INDENT OPEN LIST CLOSE: the list in its brackets; nothing between them where it is empty.
enclose() {
  if [[ $3 ]]; then
    printf '%s\n%s\n%s%s' "$2" "$3" "$1" "$4"
  else
    printf '%s%s' "$2" "$4"
  fi
}
