#!/bin/bash
# Bundles the web UI into Gateway/Web/dist; takes node, esbuild, brotli and Debian's node-react.
set -euo pipefail
cd "$(dirname "$0")"
./generate.sh
exec node build.mjs
