#!/bin/bash
# `make test`: every check, cheapest first; stops at the first that fails and names it.
#
# With --long it is `make test-long`: the same checks with large numbers, from a random seed. Either
# prints at its end how long each stage took; LEADMESH_TEST_SEED repeats a run.
set -euo pipefail
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}
unset ONLY  # every check is of all services

name="make test"
if [ "${1:-}" = --long ]; then
  name="make test-long"
  export LEADMESH_TEST_LONG=1
  LEADMESH_TEST_SEED=${LEADMESH_TEST_SEED:-$SRANDOM}
fi
export LEADMESH_TEST_SEED=${LEADMESH_TEST_SEED:-1}

stages=(
  "format, web, architecture" "build" "Swift tests" "PostgreSQL" "contract and fuzz" "journeys" "browser"
)
# Seconds that each stage of `make test` should keep to, on two cores.
declare -A budget=(
  [format, web, architecture]=120 [build]=480 [Swift tests]=210 [PostgreSQL]=240 [contract and fuzz]=60
  [journeys]=450 [browser]=420
)
declare -A seconds

stage=start
# Where Swift tests keep things: in memory, if 8 GiB are free. A test that opens its store on the event loop holds
# it for as long as the disk takes to flush, and with it the tests that share it.
scratch=${TMPDIR:-/tmp}
[ "$(df --output=avail /dev/shm | tail -1)" -lt 8388608 ] || scratch=/dev/shm
scratch=$(mktemp -d "$scratch/leadmesh.XXXXXX")
chmod 711 "$scratch"  # a server of the tests is not root's
finish() {
  local status=$?
  [ -z "${random:-}" ] || pkill -P "$random" || true
  rm -rf "$scratch"
  [ $status -eq 0 ] || printf '\n%s: failed in stage: %s; LEADMESH_TEST_SEED=%s repeats it\n' \
    "$name" "$stage" "$LEADMESH_TEST_SEED" >&2
}
trap finish EXIT

# Runs a command as part of a stage: its name, what the command checks, the command.
run() {
  local start=$SECONDS
  stage=$1
  printf '\n== %s: %s\n' "$stage" "$2"
  "${@:3}"
  seconds[$stage]=$((${seconds[$stage]:-0} + SECONDS - start))
}

# Code under test that ends the process with 0 would end its tests unseen: they must say that they came to their end.
# No lock of the build: several run at a time, and nothing is built from here on.
swift_tests() {
  local log
  log=$(mktemp "$scratch/log.XXXXXX")
  TMPDIR=$scratch "$swift" test --skip-build --disable-xctest --ignore-lock "$@" 2>&1 | tee "$log" || return
  grep -q 'Test run with [1-9][0-9]* tests.* passed' "$log" || {
    printf 'the tests of %s ended before their end\n' "$*" >&2
    return 1
  }
}

# Runs each command, a quoted one, at the same time as the others, and prints what they wrote once all have ended.
together() {
  local logs command status=0 processes=()
  logs=$(mktemp -d)
  for command in "$@"; do
    (eval "$command") > "$logs/${#processes[@]}" 2>&1 &
    processes+=($!)
  done
  for process in "${processes[@]}"; do wait "$process" || status=$?; done
  cat "$logs"/*
  # Once more at the end, where it is found.
  [ $status -eq 0 ] || grep -h '✘\|error:\|Fatal\|ended before\|^FAILED\|^ERROR' "$logs"/* || tail -n 5 "$logs"/*
  rm -r "$logs"
  return "$status"
}

# A process for each filter, and in each its tests one after another: if all began at once they would wait for each
# other beyond their deadlines, and have more files, or connections of a server, than there may be. The first argument
# has options for all of them.
side_by_side() {
  local filter commands=()
  for filter in "${@:2}"; do
    commands+=("swift_tests --no-parallel $1 --filter '$filter'")
  done
  together "${commands[@]}"
}

run "format, web, architecture" "swift format" Tests/lint.sh
run "format, web, architecture" "types and unit tests of the web UI" Gateway/Web/test.sh
run "format, web, architecture" "bundle of the web UI" Gateway/Web/build.sh
run "build" "warnings are errors" \
  Deploy/swift-build.sh --build-tests --explicit-target-dependency-import-check error
run "build" "Python packages" Tests/venv.sh
run "format, web, architecture" "rules of the code" swift_tests --filter '^ArchitectureTests\.'
run "contract and fuzz" "style of the protos" .build/debug/leadmesh-proto lint Proto Tests/Fixture/Proto
run "contract and fuzz" "breaking changes" .build/debug/leadmesh-proto breaking Proto
# The suites that keep something in a store, in three parts that take about as long.
stores=(
  '^(MeshStore|Tasks|Engage)Tests\.' '^(MeshBackup|MeshService|Access|Tenants|Deals)Tests\.' '^(MeshRecords|MeshImport|Leads)Tests\.'
)
# Journeys that are about faults, kills and moves between the engines; a short run makes those on SQLite alone.
# In a long one they have the numbers of a short run where the server, which shares the machine, is what is slow.
crashes=(test_backup.py test_crash.py test_failing_disk.py test_killed_services.py)
faults=(test_full_disk.py test_clock.py)
fuzz='FuzzTests\.swift:'
random_input() { swift_tests --filter "$fuzz"; }
if [ -n "${LEADMESH_TEST_LONG:-}" ]; then
  # In large numbers it takes one core most of an hour: it goes on beside all that follows.
  random_input > "$scratch/random" 2>&1 &
  random=$!
else
  run "contract and fuzz" "random input" random_input
fi
# Suites with deadlines of real time do not share a process, and so an event loop, with those that compute.
deadlines='^(MeshLoopTests|MeshHTTPTests|MeshRPCTests|MeshServiceTests|GatewayTests)\.'
run "Swift tests" "with deadlines" swift_tests --filter "$deadlines" --skip "$fuzz"
run "Swift tests" "store and services" side_by_side "--skip '$deadlines' --skip '$fuzz'" "${stores[@]}"
run "Swift tests" "all others" \
  swift_tests --skip '^ArchitectureTests\.' --skip "$deadlines" --skip "$fuzz" "${stores[@]/#/--skip=}"
swift_on_postgres() { LEADMESH_TEST_DATABASE=postgres side_by_side "" "${stores[@]}"; }

pytest=.build/venv/bin/pytest
contract() { "$pytest" Tests/ContractTests; }
on_sqlite() { "$pytest" Tests/StackTests; }
on_postgres() {
  LEADMESH_TEST_DATABASE=postgres env -u LEADMESH_TEST_LONG "$pytest" Tests/StackTests \
    "${crashes[@]/#/--ignore=Tests/StackTests/}" "${faults[@]/#/--ignore=Tests/StackTests/}"
}
faults_on_postgres() {
  export LEADMESH_TEST_DATABASE=postgres
  env -u LEADMESH_TEST_LONG "$pytest" "${faults[@]/#/Tests/StackTests/}" Tests/StackTests/test_crash.py
  "$pytest" Tests/StackTests/test_{killed_services,lost_server}.py
}
browser() { "$pytest" Tests/BrowserTests; }
browser_on_postgres() { LEADMESH_TEST_DATABASE=postgres "$pytest" Tests/BrowserTests; }
rest_of_random_input() {
  local status=0
  wait "$random" || status=$?
  cat "$scratch/random"
  return "$status"
}

# Journeys, and tests that ask a server, wait more than they compute: several at a time share two cores.
journeys="gRPC, REST, command line; imports, kill -9; on both engines"
run "PostgreSQL" "store and services" swift_on_postgres
if [ -n "${LEADMESH_TEST_LONG:-}" ]; then
  run "journeys" "$journeys" together contract on_sqlite "on_postgres && faults_on_postgres"
  run "browser" "Chromium, on both engines" together browser browser_on_postgres
  run "contract and fuzz" "the rest of random input" rest_of_random_input
else
  run "journeys" "$journeys" together contract on_sqlite on_postgres
  run "browser" "Chromium" browser
fi

printf '\n%-28s %8s %8s\n' stage seconds budget
all=0
for each in "${stages[@]}"; do
  all=$((all + ${seconds[$each]:-0}))
  printf '%-28s %8d %8s\n' "$each" "${seconds[$each]:-0}" \
    "$([ -n "${LEADMESH_TEST_LONG:-}" ] && echo - || echo "${budget[$each]}")"
done
printf '\n%s: all stages passed in %d s, seed %s\n' "$name" "$all" "$LEADMESH_TEST_SEED"
