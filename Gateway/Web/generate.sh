#!/bin/bash
# Makes src/core/api.generated.ts, and importApi.generated.ts beside it, from Proto/ with leadmesh-proto;
# LEADMESH_PROTO names one that is built already.
set -euo pipefail
cd "$(dirname "$0")/../.."
tool=${LEADMESH_PROTO:-.build/debug/leadmesh-proto}
[ -n "${LEADMESH_PROTO:-}" ] || Deploy/swift-build.sh --product leadmesh-proto >&2
made=Gateway/Web/src/core/api.generated.ts
"$tool" typescript Proto > "$made.new"
mv "$made.new" "$made"
node Gateway/Web/splitApi.mjs
