#!/bin/bash
# Checks the web UI's types, then runs its unit tests.
set -euo pipefail
cd "$(dirname "$0")"
./generate.sh
tsc --noEmit
exec node test.mjs
