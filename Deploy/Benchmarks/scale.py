#!/usr/bin/env python3
"""Lists, searches and imports as leads become many, on both engines side by side.

    scale.py [ROWS [ENGINE...]]

Fills a mesh on each ENGINE (sqlite postgres) with an import of a tenth of ROWS (1,000,000) into the tenant
`bench`, of a hundredth into `small`, and of all ROWS into `large`: all of them are in one database. Prints,
for each import, what `imports.py` prints; then what one client waits at the gateway for each kind of request,
in each tenant, as p50 / p99 in milliseconds, medians of three interleaved rounds, and how both grow from
`small` to `bench`. The server of PostgreSQL has 1 GiB of buffers.
"""

import sys
import urllib.parse

from crm_scripts import LIST_SCREEN, SEARCH
from engines import meshes
from imports import report_import
from measure import EMAIL, PASSWORD, median, wrk

ROUNDS = 3
LIST = "/api/v1/leads?page_size=50" + LIST_SCREEN


def filtered(condition: str) -> str:
    return f"{LIST}&filter={urllib.parse.quote(condition)}"


# What is asked for, by path; and by what wrk's script does for `search`.
LOADS = {
    "list": LIST,
    "by score": LIST + "&order_by=score%20desc",
    "filtered": filtered('status == "contacted"'),
    "two filters": filtered('band == "hot" && source == "referral"'),
    "contains": filtered('company_name.contains("Fenwick Q")'),
    "count": "/api/v1/leads?page_size=1&filter=score%20%3E%3D%2010",
    "search": "",
    "get": "",
}


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    engines = sys.argv[2:] or ["sqlite", "postgres"]
    with meshes(engines, ["small", "bench", "large"]) as found:
        for tenant, count in (("small", rows // 100), ("bench", rows // 10), ("large", rows)):
            for engine, mesh in found.items():
                report_import(engine, mesh, count, tenant)
        report_requests(found)


def report_requests(found):
    figures = {}
    for number in range(ROUNDS):
        for tenant in ("small", "bench", "large"):
            for engine, mesh in found.items():
                token = mesh.login(tenant, EMAIL, PASSWORD)
                headers = {"Host": f"{tenant}.localhost", "Authorization": f"Bearer {token}"}
                _, _, page = mesh.request(
                    "GET", "/api/v1/leads?page_size=1", host=headers["Host"], token=token)
                for name, path in LOADS.items():
                    if name == "get":
                        path = f"/api/v1/leads/{page['leads'][0]['id']}"
                    done = wrk(f"http://127.0.0.1:{mesh.port}{path or '/'}", clients=1, seconds=2,
                               headers=headers, script=SEARCH if name == "search" else "")
                    figures.setdefault((name, engine, tenant), []).append(done)
    for name in LOADS:
        for engine in found:
            each = {
                tenant: [median(one[key] for one in figures[name, engine, tenant]) for key in ("p50", "p99")]
                for tenant in ("small", "bench", "large")}
            times = ", ".join(f"{tenant} {p50:.2f} / {p99:.2f}" for tenant, (p50, p99) in each.items())
            grown = each["bench"][0] / each["small"][0]
            print(f"{name}, {engine}: {times}; small to bench {grown:.1f} x", flush=True)


main()
