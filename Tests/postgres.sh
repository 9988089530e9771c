#!/bin/bash
# Starts a PostgreSQL server for tests in a folder of its own, prints its URL, and ends it when standard
# input ends.
# Elsewhere PostgreSQL's user may not reach, and its data would outlive the tests.
case "${TMPDIR:-}" in /dev/shm/*) where=$TMPDIR ;; *) where=/tmp ;; esac
folder=$(mktemp -d "$where/leadmesh-postgres-XXXXXX")
trap 'rm -rf "$folder"' EXIT
# What a test writes is lost with the server, so that nothing waits for the disk.
export LEADMESH_POSTGRES_OPTIONS="-c fsync=off -c full_page_writes=off -c autovacuum=off -c max_connections=1000 -c shared_buffers=64MB"
"$(dirname "$0")/../Deploy/postgres.sh" "$folder/server" \
  sh -c 'echo "$LEADMESH_DATABASE"; exec > /dev/null 2>&1; cat'
