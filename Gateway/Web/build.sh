#!/bin/bash
# Bundles the web UI into Gateway/Web/dist; takes node, esbuild, brotli and Debian's node packages.
# With --debug it has the page of all parts, and goes into .build/web-debug.
set -euo pipefail
cd "$(dirname "$0")"
./generate.sh
exec node build.mjs "$@"
