#!/bin/bash
# `make test`: every check, cheapest first; stops at the first that fails and names it.
set -euo pipefail
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}
stage=start
trap 'status=$?; [ $status -eq 0 ] || printf "\nmake test: failed in stage: %s\n" "$stage" >&2' EXIT

section() {
  stage=$1
  printf '\n== %s\n' "$stage"
}

section "swift format"
Tests/lint.sh

section "web: types, unit tests, bundle"
Gateway/Web/test.sh
Gateway/Web/build.sh

section "build, warnings are errors"
$swift build --build-tests --explicit-target-dependency-import-check error

section "protos: lint, breaking changes"
.build/debug/leadmesh-proto lint Proto
.build/debug/leadmesh-proto breaking Proto

section "architecture"
$swift test --skip-build --disable-xctest --filter '^ArchitectureTests\.'

section "swift test"
$swift test --skip-build --disable-xctest --skip '^ArchitectureTests\.'

section "python packages"
Tests/venv.sh

section "journeys: imports, kill -9"
.build/venv/bin/pytest Tests/StackTests

section "contracts: gRPC, REST, command line"
.build/venv/bin/pytest Tests/ContractTests

section "browser"
.build/venv/bin/pytest Tests/BrowserTests

printf '\nmake test: all stages passed\n'
