#!/bin/bash
# Runs a command beside a PostgreSQL server of its own: usage Deploy/postgres.sh FOLDER COMMAND...
#
# The database is made in FOLDER if it is not there. The command finds its administrator's URL in
# LEADMESH_DATABASE, and the server stops when the command ends. It listens on a Unix socket alone,
# which nobody but this user reaches; roles other than the administrator's need their passwords.
# LEADMESH_POSTGRES_OPTIONS go to the server.
set -euo pipefail

[ $# -ge 2 ] || { echo "usage: Deploy/postgres.sh FOLDER COMMAND..." >&2; exit 64; }
folder=$(realpath -m "$1")
shift
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "PostgreSQL is not installed; Deploy/setup.sh --postgres does it" >&2; exit 1; }

# The server does not run as root.
as=()
if [ "$(id -u)" = 0 ]; then
  as=(setpriv --reuid=postgres --regid=postgres --init-groups)
  # Its user may not reach into root's folders.
  case "$folder" in
    /tmp/* | /var/tmp/* | /dev/shm/*) ;;
    *) folder=/var/lib/postgresql/leadmesh-$(cksum <<< "$folder" | cut -d ' ' -f 1) ;;
  esac
  install -d -m 0700 -o postgres -g postgres "$folder"
  chmod a+x "$(dirname "$folder")"
else
  mkdir -p -m 0700 "$folder"
fi
run() { (cd "$folder" && "${as[@]}" "$@"); }

if [ ! -e "$folder/data/PG_VERSION" ]; then
  run "$bin/initdb" -D data -U postgres -E UTF8 --locale=C.UTF-8 -A scram-sha-256 --auth-local=trust \
    --no-sync > /dev/null
  printf 'local all postgres trust\nlocal all all scram-sha-256\n' > "$folder/data/pg_hba.conf"
fi
run "$bin/pg_ctl" -D data -l server.log -w start -o "-c listen_addresses= \
  -c unix_socket_directories='$folder' -c unix_socket_permissions=0700 ${LEADMESH_POSTGRES_OPTIONS:-}" > /dev/null \
  || { tail -n 5 "$folder/server.log" >&2; exit 1; }
trap 'run "$bin/pg_ctl" -D data -m fast stop > /dev/null' EXIT
run createdb -h "$folder" -U postgres leadmesh 2> /dev/null || true

export LEADMESH_DATABASE="postgres://postgres@/leadmesh?host=$folder"
"$@" <&0 &
# Ctrl-C reaches the command by itself; the server ends after it.
trap : INT
trap 'kill -TERM $!' TERM
while true; do
  wait $! && status=0 || status=$?
  kill -0 $! 2> /dev/null || exit "$status"
done
