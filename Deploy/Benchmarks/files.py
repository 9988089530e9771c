#!/usr/bin/env python3
"""Imports of leads from text and from workbooks: time, memory, and rows a second beside FastAPI.

    files.py [ROWS [ROUNDS]]

Imports 5,000 generated leads, medians of ROUNDS (5) interleaved rounds, then ROWS (100,000) once, from a .csv
file and from a workbook (.xlsx) with the same rows. Prints what the whole command takes, sending and reading
the file before anything is made included; how much of that went into making the leads; the most memory that
the leads service had; how many times as many rows a second that is as the FastAPI peer creates for 16 clients
in the same run; and how much longer the workbook takes. Each kind of file has a mesh of its own, so that the
most memory is that kind's. Bounds are printed behind what was measured.
"""

import datetime
import sys

from measure import (
    EMAIL, FASTAPI_POST, PASSWORD, caller, children, fastapi, leads_file, median, memory, run_import, start, wrk)
from workbooks import workbook

FEW = 5_000
NUMBERS = {"Employees", "Annual Revenue"}
# Seconds by rows, MiB, and how many times as long a workbook may take.
SECONDS = {FEW: 1.2, 100_000: 20}
MEMORY, LONGER = 64, 2


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with fastapi() as (peer, _):
        report(FEW, rounds, peer)
        report(rows, 1, peer)


def report(rows: int, rounds: int, peer: str):
    table = leads_file(rows)
    files = {".csv": table, ".xlsx": workbook(table, NUMBERS)}
    meshes = {ending: start()[0] for ending in files}
    found = {ending: [] for ending in files}
    try:
        for number in range(rounds):
            for ending, file in files.items():
                creates = wrk(peer, clients=16, seconds=3, headers={}, script=FASTAPI_POST)["rate"]
                found[ending].append(measure(meshes[ending], file, f"files{number}") | {"creates": creates})
        for ending, each in found.items():
            peak = memory(children(meshes[ending].pid)["leadmesh-leads"])
            print(line(ending, rows, each, peak), flush=True)
    finally:
        for mesh in meshes.values():
            mesh.stop()
    longer = median(b["took"] / a["took"] for a, b in zip(found[".csv"], found[".xlsx"]))
    print(f"{rows:,} rows from .xlsx: {longer:.2f} x as long as from .csv (<= {LONGER} x)", flush=True)


def measure(mesh, file, tenant: str) -> dict:
    """Imports a file into a new tenant: seconds of the command and of making leads, and its report."""
    mesh.create_tenant(tenant, EMAIL, PASSWORD)
    report, took = run_import(mesh, file, tenant)
    done = caller(mesh, tenant)("GET", f"imports/{report['import_id']}")
    begin, end = (datetime.datetime.fromisoformat(done[name]) for name in ("start_time", "end_time"))
    counted = sum(report[name] for name in ("created", "updated", "restored", "unchanged", "refused"))
    if counted != report["rows"]:
        sys.exit(f"{report['rows']} rows, of which {counted} are accounted for")
    return {"took": took, "making": (end - begin).total_seconds(), "report": report}


def line(ending: str, rows: int, found: list[dict], peak: float) -> str:
    took, report = median(each["took"] for each in found), found[-1]["report"]
    faster = median(rows / each["took"] / each["creates"] for each in found)
    bound = f" (<= {SECONDS[rows] * (1 if ending == '.csv' else LONGER):g} s)" if rows in SECONDS else ""
    return (
        f"import of {rows:,} rows from {ending}: {took:.2f} s{bound}, of that "
        f"{median(each['making'] for each in found):.2f} s to make the leads; leadmesh-leads at most {peak:.0f} MiB "
        f"(<= {MEMORY} MiB); {faster:.1f} x FastAPI's creates ({report['created']:,} created, "
        f"{report['duplicates']:,} duplicates, {report['refused']:,} refused; median of {len(found)})")


main()
