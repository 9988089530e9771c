#!/bin/bash
# Installs what Leadmesh needs and Debian 12 packages:
# usage Deploy/setup.sh [--test] [--postgres] [--bench]
#
# Without a flag it sees to what building and running takes; --test adds what `make test` takes,
# --postgres a PostgreSQL server, --bench the peers that Deploy/Benchmarks measures against. Installs
# only what is missing, so a second run changes nothing; needs root only when something is missing.
set -euo pipefail

# The Swift toolchain is not in Debian: swift.org and its container images have it.
swift_at_least=6.3
swift_runtime=(binutils git libcurl4 libncurses6 libsqlite3-0 libxml2 tzdata zlib1g)

build=(
  "${swift_runtime[@]}"
  g++ make pkg-config
  libargon2-dev libexpat1-dev libicu-dev libnghttp2-dev libphonenumber-dev libpq-dev
  libprotobuf-c-dev libsqlite3-dev libssl-dev zlib1g-dev
  golang-github-gogo-googleapis-dev libprotobuf-dev protobuf-compiler
  brotli esbuild node-chart.js node-popper2 node-react node-react-dom node-typescript nodejs
)
test=(chromium curl nghttp2-client postgresql python3 python3-venv)
postgres=(postgresql)
bench=(libgrpc++-dev nghttp2-client nghttp2-proxy nghttp2-server postgresql protobuf-compiler-grpc wrk)

packages=("${build[@]}")
for argument in "$@"; do
  case "$argument" in
    --test) packages+=("${test[@]}") ;;
    --postgres) packages+=("${postgres[@]}") ;;
    --bench) packages+=("${bench[@]}") ;;
    *)
      echo "setup: unknown argument $argument; usage: Deploy/setup.sh [--test] [--postgres] [--bench]" >&2
      exit 2
      ;;
  esac
done

installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

swift_is_recent() {
  local version
  version=$("${SWIFT:-swift}" --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p')
  [ -n "$version" ] && [ "$(printf '%s\n' "$swift_at_least" "$version" | sort -V | head -n 1)" = "$swift_at_least" ]
}

missing=()
for package in "${packages[@]}"; do
  installed "$package" || missing+=("$package")
done

if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" -ne 0 ]; then
    echo "setup: these packages are missing, and installing them needs root:" >&2
    echo "  sudo apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
  echo "setup: installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q
  apt-get install -q -y --no-install-recommends "${missing[@]}"
fi

# sudo may hide its user's PATH: then whoever calls next without it checks.
if [ -z "${SUDO_USER:-}" ] && ! swift_is_recent; then
  echo "setup: Swift $swift_at_least or later is not on the PATH; install it from" >&2
  echo "  https://www.swift.org/install/linux/ (Debian 12) and run this again" >&2
  exit 1
fi

[ "${#missing[@]}" -gt 0 ] || echo "setup: all is there"
