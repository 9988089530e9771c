#!/bin/bash
# Checks the web UI's types, then runs the unit tests of its logic.
set -euo pipefail
cd "$(dirname "$0")"
tsc --noEmit
exec node test.mjs
