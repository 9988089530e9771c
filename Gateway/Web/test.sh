#!/bin/bash
# Checks the web UI's types and that its words are in one catalogue, then runs its unit tests.
set -euo pipefail
cd "$(dirname "$0")"
./generate.sh
tsc --noEmit
node lint.mjs
exec node test.mjs
