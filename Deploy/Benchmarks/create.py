#!/usr/bin/env python3
"""Durable lead creation with 64 clients, on both engines, beside what PostgreSQL can do and what is usual.

    create.py [ROUNDS [SECONDS]]

In turns, ROUNDS (5) times for SECONDS (5) each, leads are created
- by the leads service over gRPC, on SQLite and on PostgreSQL, in one tenant and spread over ten;
- on the same PostgreSQL server by a program of libpq (`peers/libpq`) with 32 connections, in a copy of the
  table of leads with all its indexes; its statements have as many rows at most as was best before the rounds;
- on the same server by FastAPI over REST, spread over ten tenants.

The service checks, scores and assigns each lead, and stores its change and its words too; FastAPI stores an
event and an audit record; the program stores the row alone. The server syncs each commit. Prints the rates,
how long clients waited, and the medians of the rounds' ratios: the program to ours, at most 1.5, and ours to
FastAPI, at least 8.
"""

import re
import subprocess
import sys

from engines import meshes, psql
from measure import EMAIL, EXECUTABLES, FASTAPI_POST, PASSWORD, fastapi, make_peers, median, wrk

CLIENTS, CONNECTIONS = 64, 32
# The program's statements have so many rows at most.
ROWS = (1, 2, 4, 8, 16, 32, 64)
TABLE = "benchmark.leads"
SQLITE, POSTGRES, SPREAD = "ours on SQLite", "ours on PostgreSQL", ", ten tenants"
TENANTS = [f"bench{number}" for number in range(10)]


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    program = make_peers("libpq") / "insert"
    with meshes(["sqlite", "postgres"], TENANTS) as found:
        url = found["postgres"].database
        psql(url, "CREATE SCHEMA benchmark",
             f"CREATE TABLE {TABLE} (LIKE leads.leads INCLUDING ALL)", "CREATE DATABASE fastapi")
        theirs = (url.replace("postgres://", "postgresql+asyncpg://")
                  .replace("/leadmesh?", "/fastapi?"))

        def insert(rows):
            return rate_of([program, url, TABLE, CLIENTS, CONNECTIONS, rows, seconds])

        best = max(ROWS, key=lambda rows: insert(rows)["rate"])
        with fastapi(theirs) as (peer, _):
            contenders = {
                SQLITE: lambda: create(found["sqlite"], 1, seconds),
                SQLITE + SPREAD: lambda: create(found["sqlite"], 10, seconds),
                POSTGRES: lambda: create(found["postgres"], 1, seconds),
                POSTGRES + SPREAD: lambda: create(found["postgres"], 10, seconds),
                f"libpq, up to {best} rows a statement": lambda: insert(best),
                "FastAPI on PostgreSQL": lambda: wrk(
                    peer + "/", clients=CLIENTS, seconds=seconds, headers={}, script=FASTAPI_POST),
            }
            measured = {name: [] for name in contenders}
            for _ in range(rounds):
                for name, run in contenders.items():
                    measured[name].append(run())
    report(measured, rounds)


def create(mesh, tenants, seconds):
    """By the leads service of a mesh, in so many tenants."""
    tokens = [mesh.login(tenant, EMAIL, PASSWORD) + "\n" for tenant in TENANTS[:tenants]]
    socket = mesh.socket("leads").removeprefix("unix:")
    return rate_of(
        [EXECUTABLES / "leadmesh-bench", "create", socket, CLIENTS, seconds], "".join(tokens))


def rate_of(command, text=""):
    done = subprocess.run([str(part) for part in command], input=text, capture_output=True, text=True)
    found = re.match(r"(\d+) leads a second, p50 ([\d.]+) ms, p99 ([\d.]+) ms", done.stdout)
    if done.returncode or not found:
        sys.exit(f"{command[0]} failed: {done.stdout}{done.stderr}")
    return dict(zip(("rate", "p50", "p99"), map(float, found.groups())))


def report(measured, rounds):
    for name, each in measured.items():
        rate, p50, p99 = (median(one[key] for one in each) for key in ("rate", "p50", "p99"))
        print(f"{name}: {rate:,.0f}/s, p50 {p50:.1f} ms, p99 {p99:.1f} ms (median of {rounds} rounds)")
    rates = {name: [one["rate"] for one in each] for name, each in measured.items()}
    *_, libpq, other = rates.values()
    for name in (POSTGRES, POSTGRES + SPREAD):
        to_libpq = median(a / b for a, b in zip(libpq, rates[name]))
        to_other = median(a / b for a, b in zip(rates[name], other))
        print(f"{name}: libpq's rate is {to_libpq:.2f} x ours (at most 1.5), "
              f"ours {to_other:.1f} x FastAPI's (at least 8)")


main()
