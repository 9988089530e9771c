#!/usr/bin/env python3
"""The CRM at 100,000 leads: lists, and rates beside the fastest CRM that was measured.

    crm.py [ROWS [ROUNDS]]

Imports ROWS (100,000) generated leads, and prints what that takes; the latency of a list of 50, plain,
filtered and searched, for one client at the gateway; and requests per second with 16 clients. The other CRM
(Dolibarr, tuned, on MariaDB, with 100,000 records) cannot be shipped: it was measured once beside the FastAPI
peer, and its rates stand here as those of FastAPI in this run times the factors of that measurement. Figures
are medians of ROUNDS (5) interleaved rounds.
"""

import sys

from crm_scripts import CREATE, LIST_SCREEN, SEARCH
from measure import (
    FASTAPI_POST, FASTAPI_TENANT, children, fastapi, leads_file, median, memory, pss, run_import, start, wrk)

# Rates of the other CRM as multiples of FastAPI's, measured together with 16 clients: creates by its
# creates, gets by its gets, lists, filtered lists and searches by its lists.
CRM_TO_FASTAPI = {"create": 1.45, "get": 0.32, "list of 50": 0.15, "filtered": 0.15, "search": 0.14}

LIST = "/api/v1/leads?page_size=50"
BY_STATUS = LIST + "&filter=status%20%3D%3D%20%22contacted%22"
BY_BOTH = LIST + "&filter=band%20%3D%3D%20%22hot%22%20%26%26%20source%20%3D%3D%20%22referral%22"


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    mesh, token = start()
    try:
        headers = {"Host": "bench.localhost", "Authorization": f"Bearer {token}"}
        report_import(mesh, rows)
        report_lists(mesh, headers, rounds)
        with fastapi() as (peer, peer_lead):
            report_rates(mesh, headers, peer, peer_lead, rounds)
        processes = children(mesh.pid) | {"leadmesh": mesh.pid}
        print("memory after all this, PSS:", ", ".join(
            f"{name} {pss(pid):.0f}" for name, pid in sorted(processes.items())), "MiB")
    finally:
        mesh.stop()


def report_import(mesh, rows):
    report, took = run_import(mesh, leads_file(rows))
    peak = memory(children(mesh.pid)["leadmesh-leads"])
    print(f"import of {rows:,} rows: {took:.2f} s, leadmesh-leads at most {peak:.0f} MiB "
          f"({report['created']:,} created, {report['duplicates']:,} duplicates, "
          f"{report['refused']:,} refused)", flush=True)


def report_lists(mesh, headers, rounds):
    base = f"http://127.0.0.1:{mesh.port}"
    loads = {
        "list of 50": (LIST, ""),
        "columns of the list screen": (LIST + LIST_SCREEN, ""),
        "by score": (LIST + "&order_by=score%20desc", ""),
        "filtered": (BY_STATUS, ""),
        "two filters": (BY_BOTH, ""),
        "two filters, columns of the list screen": (BY_BOTH + LIST_SCREEN, ""),
        "search": ("/", SEARCH),
        "search, columns of the list screen": ("/", SEARCH.replace("page_size=50", "page_size=50" + LIST_SCREEN)),
    }
    found = {name: [] for name in loads}
    for _ in range(rounds):
        for name, (path, script) in loads.items():
            found[name].append(wrk(base + path, clients=1, seconds=2, headers=headers, script=script))
    for name, all_found in found.items():
        p50, p99 = (median(each[key] for each in all_found) for key in ("p50", "p99"))
        print(f"one client, {name}: p50 {p50:.2f} ms, p99 {p99:.2f} ms (median of {rounds} rounds)",
              flush=True)


def report_rates(mesh, headers, peer, peer_lead, rounds):
    base = f"http://127.0.0.1:{mesh.port}"
    _, _, page = mesh.request("GET", "/api/v1/leads?page_size=1", host="bench.localhost",
                              token=headers["Authorization"].split()[1])
    lead = page["leads"][0]["id"]
    ours = {
        "get": (f"/api/v1/leads/{lead}", ""),
        "list of 50": (LIST, ""),
        "filtered": (BY_STATUS, ""),
        "search": ("/", SEARCH),
        "create": ("/", CREATE),
    }
    theirs = {
        "get": (f"/leads/{peer_lead}", FASTAPI_TENANT, ""),
        "list": ("/leads?status=new&limit=50", FASTAPI_TENANT, ""),
        "create": ("/", {}, FASTAPI_POST),
    }
    found = {name: [] for name in ours}
    for _ in range(rounds):
        peers = {
            name: wrk(peer + path, clients=16, seconds=3, headers=sent, script=script)["rate"]
            for name, (path, sent, script) in theirs.items()}
        for name, (path, script) in ours.items():
            sent = headers | ({"Content-Type": "application/json"} if name == "create" else {})
            done = wrk(base + path, clients=16, seconds=3, headers=sent, script=script)
            crm = CRM_TO_FASTAPI[name] * peers[name if name in peers else "list"]
            found[name].append((done["rate"], crm, done["p50"]))
    for name, rates in found.items():
        ratio = median(rate / crm for rate, crm, _ in rates)
        print(f"16 clients, {name}: {median(rate for rate, _, _ in rates):,.0f}/s, "
              f"p50 {median(p50 for _, _, p50 in rates):.2f} ms; {ratio:.1f} x the other CRM, which would "
              f"make {median(crm for _, crm, _ in rates):,.0f}/s by FastAPI's rate here", flush=True)


main()
