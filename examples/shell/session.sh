#!/bin/sh
# Stores and reads keys of a new session by curl. Usage: session.sh [address of the server]
set -eu
server=${1:-http://127.0.0.1:1987}

# With tkn=string the token arrives as a string, as the URLs below need it.
made=$(curl -sf "$server/v1/commands?tkn=string" -H 'Content-Type: application/json' -d '{"SH_NEW":{"name":"shell"}}')
token=$(printf '%s' "$made" | sed 's/.*"tkn":"\([0-9]*\)".*/\1/')
keys=$server/v1/sessions/$token/keys

curl -sf -o /dev/null -X PUT "$keys/user" -H 'Content-Type: application/json' -d '{"name":"Ada"}'
curl -sf "$keys/user"
echo
curl -sf -o /dev/null -X DELETE "$server/v1/sessions/$token"
