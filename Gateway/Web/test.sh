#!/bin/bash
# Checks the web UI's types, then runs the unit tests of its logic.
set -euo pipefail
cd "$(dirname "$0")"
./generate.sh
tsc --noEmit
exec node test.mjs
