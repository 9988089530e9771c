#!/usr/bin/env python3
"""An import into an empty database, on both engines side by side.

    imports.py [ROWS [ENGINE...]]

Imports ROWS (1,000,000) generated leads into a mesh on each ENGINE (sqlite postgres), one after the other.
Prints the rows a second, in all and in the first and the last tenth, which must be no less than half of the
first; the most memory that the leads service had; and how many bytes were written for each byte by which the
database grew, at most 5: by the leads service on SQLite, by all processes of the server on PostgreSQL, whose
checkpoint is waited for. Tenths are known of an import that takes twenty seconds or more.
"""

import sys
import threading
import time

from engines import meshes, psql, server_folder
from measure import EMAIL, PASSWORD, children, leads_file, memory, run_import

# How often it is looked how far an import has come.
TICK_SECONDS = 1
FEWEST_TICKS = 20


class Writes:
    """Bytes that processes gave to the disk: of the leads service, or of a server and all that it starts."""

    def __init__(self, engine, mesh):
        self._seen = {}
        if engine == "sqlite":
            self._processes = lambda: [children(mesh.pid)["leadmesh-leads"]]
        else:
            first = (server_folder(mesh.database) / "data/postmaster.pid").read_text().split()[0]
            self._processes = lambda: [first, *started_by(first)]

    def note(self):
        """Is called from time to time, because processes end and their counts with them."""
        for pid in self._processes():
            try:
                with open(f"/proc/{pid}/io") as counts:
                    self._seen[pid] = next(
                        int(line.split()[1]) for line in counts if line.startswith("write_bytes: "))
            except OSError:
                continue

    def total(self) -> int:
        self.note()
        return sum(self._seen.values())


def started_by(pid: str) -> list[str]:
    with open(f"/proc/{pid}/task/{pid}/children") as found:
        return found.read().split()


class Progress(threading.Thread):
    """Notes how many rows of a tenant's import are done while it runs, and what is written."""

    def __init__(self, mesh, tenant, writes):
        super().__init__(daemon=True)
        self.mesh, self.tenant, self.writes = mesh, tenant, writes
        self.ended, self.noted = threading.Event(), []

    def run(self):
        token = self.mesh.login(self.tenant, EMAIL, PASSWORD)
        while not self.ended.wait(TICK_SECONDS):
            self.writes.note()
            status, _, answer = self.mesh.request(
                "GET", "/api/v1/imports?page_size=1", host=f"{self.tenant}.localhost", token=token)
            if status == 401:
                token = self.mesh.login(self.tenant, EMAIL, PASSWORD)
            elif status == 200 and answer.get("imports"):
                self.noted.append((time.monotonic(), int(answer["imports"][0].get("rows", 0))))

    def rate(self, first: float, last: float) -> float:
        """Rows a second between two parts of the rows."""
        rows = self.noted[-1][1]
        begin = next(each for each in self.noted if each[1] >= rows * first)
        end = next(each for each in self.noted if each[1] >= rows * last)
        return (end[1] - begin[1]) / max(TICK_SECONDS / 2, end[0] - begin[0])


def size(engine, mesh) -> int:
    """Bytes of the leads service's file on SQLite; on PostgreSQL of the database, all of it written out."""
    if engine == "sqlite":
        return (mesh.data / "leads.db").stat().st_size
    return int(psql(mesh.database, "CHECKPOINT", "SELECT pg_database_size(current_database())"))


def report_import(engine, mesh, rows, tenant):
    file = leads_file(rows)
    writes = Writes(engine, mesh)
    size_before, before = size(engine, mesh), writes.total()
    progress = Progress(mesh, tenant, writes)
    progress.start()
    try:
        _, took = run_import(mesh, file, tenant)
    finally:
        progress.ended.set()
        progress.join()
    grown = size(engine, mesh) - size_before
    written = writes.total() - before
    peak = memory(children(mesh.pid)["leadmesh-leads"])
    text = f"{engine}, import of {rows:,} rows: {took:.1f} s, {rows / took:,.0f} a second"
    if len(progress.noted) >= FEWEST_TICKS:
        start, end = progress.rate(0.01, 0.1), progress.rate(0.9, 1)
        text += f" ({start:,.0f} in the first tenth, {end:,.0f} in the last: {end / start:.2f} x)"
    text += f", leadmesh-leads at most {peak:.0f} MiB"
    text += f", {written / grown:.1f} bytes written for each of {grown / 2**20:,.0f} MiB"
    print(text, flush=True)


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    engines = sys.argv[2:] or ["sqlite", "postgres"]
    with meshes(engines, ["bench"]) as found:
        for engine, mesh in found.items():
            report_import(engine, mesh, rows, "bench")


if __name__ == "__main__":
    main()
