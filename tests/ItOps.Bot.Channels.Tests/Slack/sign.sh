#!/usr/bin/env bash
# Signs a payload as Slack does, with openssl alone: sign.sh SECRET TIMESTAMP json|form|payload FILE BODY
# Writes the body as it goes over the wire to BODY and prints the signature.
#   json     the file as it is (Events API)
#   form     one name=value on each line, percent-encoded (slash commands)
#   payload  the file as the form's one field "payload" (interactivity)
set -euo pipefail
secret=$1 timestamp=$2 kind=$3 file=$4 body=$5

encode() { od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g'; }

case $kind in
  json) cat "$file" > "$body" ;;
  payload) { printf 'payload='; encode < "$file"; } > "$body" ;;
  form)
    : > "$body"
    while IFS='=' read -r name value; do
      [ -s "$body" ] && printf '&' >> "$body"
      { printf '%s=' "$name"; printf '%s' "$value" | encode; } >> "$body"
    done < "$file" ;;
esac
{ printf 'v0:%s:' "$timestamp"; cat "$body"; } | openssl dgst -sha256 -hmac "$secret" | sed 's/^.*[ =]/v0=/'
