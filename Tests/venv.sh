#!/bin/bash
# Puts the Python packages of Tests/requirements.txt into .build/venv, unless they are there.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=.build/venv
if ! cmp -s Tests/requirements.txt "$venv/installed.txt"; then
  rm -rf "$venv"
  /usr/bin/python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r Tests/requirements.txt
  cp Tests/requirements.txt "$venv/installed.txt"
fi
