#!/usr/bin/env python3
"""The CRM at 100,000 leads: imports, lists, and the rates that other CRMs were measured at.

    crm.py [ROWS]

Prints what an import of 5,000 and of ROWS (100,000) generated leads takes, in seconds and in memory;
the latency of a list of 50, plain, filtered and searched, for one client at the gateway; and requests
per second with 16 clients beside the best of the CRMs measured on this kind of machine.
"""

import sys

from crm_scripts import CREATE, SEARCH
from measure import children, leads_file, memory, pss, run_import, start, wrk

# Requests per second of the best CRM measured with 100,000 leads and 16 clients.
BEST_CRM = {"create": 299, "get": 396, "list of 50": 101, "filtered": 91, "search": 59}

def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    mesh, token = start()
    try:
        headers = {"Host": "bench.localhost", "Authorization": f"Bearer {token}"}
        report_import(mesh, 5_000)
        report_import(mesh, rows)
        report_lists(mesh, headers)
        report_rates(mesh, headers)
        processes = children(mesh.pid) | {"leadmesh": mesh.pid}
        print("memory after all this, PSS:", ", ".join(
            f"{name} {pss(pid):.0f}" for name, pid in sorted(processes.items())), "MiB")
    finally:
        mesh.stop()


def report_import(mesh, rows):
    report, seconds = run_import(mesh, leads_file(rows))
    peak = memory(children(mesh.pid)["leadmesh-leads"])
    print(f"import of {rows:,} rows: {seconds:.2f} s, leadmesh-leads at most {peak:.0f} MiB "
          f"({report['created']:,} created, {report['duplicates']:,} duplicates, "
          f"{report['refused']:,} refused)", flush=True)


def report_lists(mesh, headers):
    base = f"http://127.0.0.1:{mesh.port}"
    lists = {
        "list of 50": "/api/v1/leads?page_size=50",
        "by score": "/api/v1/leads?page_size=50&order_by=score%20desc",
        "filtered": "/api/v1/leads?page_size=50&filter=status%20%3D%3D%20%22contacted%22",
        "two filters": "/api/v1/leads?page_size=50&filter=band%20%3D%3D%20%22hot%22%20%26%26"
                       "%20source%20%3D%3D%20%22referral%22",
        "search": None,
    }
    for name, path in lists.items():
        done = wrk(base + (path or "/"), clients=1, seconds=4, headers=headers,
                   script="" if path else SEARCH)
        print(f"one client, {name}: p50 {done['p50']:.2f} ms, p99 {done['p99']:.2f} ms",
              flush=True)


def report_rates(mesh, headers):
    base = f"http://127.0.0.1:{mesh.port}"
    _, _, page = mesh.request("GET", "/api/v1/leads?page_size=1", host="bench.localhost",
                              token=headers["Authorization"].split()[1])
    lead = page["leads"][0]["id"]
    loads = {
        "get": (f"/api/v1/leads/{lead}", ""),
        "list of 50": ("/api/v1/leads?page_size=50", ""),
        "filtered": ("/api/v1/leads?page_size=50&filter=status%20%3D%3D%20%22contacted%22", ""),
        "search": ("/", SEARCH),
        "create": ("/", CREATE),
    }
    for name, (path, script) in loads.items():
        sent = headers | ({"Content-Type": "application/json"} if name == "create" else {})
        done = wrk(base + path, clients=16, seconds=5, headers=sent, script=script)
        print(f"16 clients, {name}: {done['rate']:,.0f}/s, p50 {done['p50']:.2f} ms; "
              f"{done['rate'] / BEST_CRM[name]:.1f} x the best CRM", flush=True)


main()
