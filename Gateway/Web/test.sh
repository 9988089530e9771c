#!/bin/bash
# Checks the types, the words and the layers of the web UI, then runs its unit tests.
set -euo pipefail
cd "$(dirname "$0")"
./generate.sh
tsc --noEmit
node lint.mjs
exec node test.mjs
