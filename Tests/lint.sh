#!/bin/bash
# Checks the format of every Swift file, or with --fix formats them.
set -euo pipefail
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}
action=(lint --strict --parallel)
[ "${1:-}" != --fix ] || action=(--in-place --parallel)
git ls-files --cached --others --exclude-standard -z '*.swift' |
  xargs -0 -r "$swift" format "${action[@]}"
