#!/bin/bash
# `make bench`: every benchmark, with its peers in the same run. Needs Deploy/setup.sh --test --bench and Tests/venv.sh.
set -euo pipefail
cd "$(dirname "$0")"
bin=../../.build/release
make -s -C peers/http2
echo "== echo RPC, processor time a request, ratios to the C floor"
peers/http2/compare.py floor='./floor {port}' grpc='./grpc_echo async {port}' \
  ours="$(realpath $bin)/leadmesh-bench echo-server --port {port}"
echo "== a real Get"
python3 get.py
echo "== store"
$bin/leadmesh-bench store
echo "== REST beside FastAPI"
python3 rest.py
echo "== durable creation beside libpq and FastAPI on PostgreSQL"
python3 create.py
echo "== reactions"
python3 reactions.py
echo "== imports from text and workbooks beside FastAPI"
python3 files.py
echo "== the CRM at 100,000 leads"
python3 crm.py
echo "== 1,000,000 deals"
../../.build/venv/bin/python deals.py
echo "== 1,000,000 tasks"
../../.build/venv/bin/python tasks.py
echo "== a timeline of 10,000 entries, and 1,000 notifications"
../../.build/venv/bin/python engage.py
echo "== 100,000 reminders due at one moment"
python3 reminders.py
echo "== live events"
python3 live.py
echo "== a tenant beside a busy one"
python3 fairness.py
echo "== a change on a page"
../../.build/venv/bin/python screen.py
echo "== at rest"
python3 idle.py
