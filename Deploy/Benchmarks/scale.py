#!/usr/bin/env python3
"""Lists, searches and imports as leads become many, on both engines side by side.

    scale.py [ROWS [ENGINE...]]

Fills a mesh on each ENGINE (sqlite postgres) with an import of a tenth of ROWS (1,000,000) into the tenant
`bench`, of a hundredth into `small`, and of all ROWS into `large`: all of them are in one database. Prints,
for each import, the rows a second at its start and at its end, the service's memory, and on SQLite the bytes written
for each byte of the database; then what one client waits at the gateway for each kind of request, in
each tenant, as p50 / p99 in milliseconds, medians of three interleaved rounds, and how both grow from `small`
to `bench`. The server of PostgreSQL has 1 GiB of buffers.
"""

import contextlib
import pathlib
import subprocess
import sys
import threading
import time
import urllib.parse

from crm_scripts import LIST_SCREEN, SEARCH
from measure import EMAIL, EXECUTABLES, PASSWORD, ROOT, children, folder, leads_file, median, memory, wrk
from mesh import Mesh

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


@contextlib.contextmanager
def postgres(where: pathlib.Path):
    """A PostgreSQL server that syncs: its administrator's URL."""
    server = subprocess.Popen(
        ["env", "LEADMESH_POSTGRES_OPTIONS=-c shared_buffers=1GB -c max_wal_size=4GB",
         ROOT / "Deploy/postgres.sh", where, "sh", "-c", 'echo "$LEADMESH_DATABASE"; cat'],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield server.stdout.readline().strip()
    finally:
        server.stdin.close()
        server.wait()


@contextlib.contextmanager
def meshes(engines: list[str]):
    """A mesh on each engine, with its three tenants."""
    with contextlib.ExitStack() as ends:
        found = {}
        for engine in engines:
            place, url = folder(), "sqlite"
            if engine == "postgres":
                url = ends.enter_context(postgres(place / "server"))
                subprocess.run(
                    [EXECUTABLES / "leadmesh", "database", "prepare", "--data", place / "data", "--database", url],
                    check=True, stdout=subprocess.DEVNULL)
            mesh = Mesh(place / "data", database=url)
            ends.callback(mesh.stop)
            for tenant in ("small", "bench", "large"):
                mesh.create_tenant(tenant, EMAIL, PASSWORD)
            found[engine] = mesh
        yield found


class Progress(threading.Thread):
    """Notes how many leads a tenant has while an import runs."""

    def __init__(self, mesh, tenant):
        super().__init__(daemon=True)
        self.mesh, self.tenant, self.ended = mesh, tenant, threading.Event()
        self.noted = []

    def run(self):
        token = self.mesh.login(self.tenant, EMAIL, PASSWORD)
        while not self.ended.wait(1):
            _, _, answer = self.mesh.request(
                "GET", "/api/v1/imports?page_size=1", host=f"{self.tenant}.localhost", token=token)
            if answer.get("imports"):
                self.noted.append((time.monotonic(), int(answer["imports"][0].get("rows", 0))))

    def rate(self, first: float, last: float) -> float:
        """Rows a second between two parts of the rows."""
        rows = self.noted[-1][1]
        begin = next(each for each in self.noted if each[1] >= rows * first)
        end = next(each for each in self.noted if each[1] >= rows * last)
        return (end[1] - begin[1]) / max(0.5, end[0] - begin[0])


def written(pid: int) -> int:
    """Bytes that a process had written to a disk."""
    for line in pathlib.Path(f"/proc/{pid}/io").read_text().splitlines():
        if line.startswith("write_bytes: "):
            return int(line.split()[1])
    return 0


def report_import(engine, mesh, rows, tenant):
    leads = children(mesh.pid)["leadmesh-leads"]
    file, database = leads_file(rows), mesh.data / "leads.db"
    before, size = written(leads), database.stat().st_size if engine == "sqlite" else 0
    progress = Progress(mesh, tenant)
    progress.start()
    began = time.monotonic()
    subprocess.run(
        [EXECUTABLES / "leadmesh", "import", "leads", file, "--tenant", tenant, "--json", "--data", mesh.data],
        check=True, stdout=subprocess.DEVNULL)
    took = time.monotonic() - began
    progress.ended.set()
    progress.join()
    text = f"{engine}, import of {rows:,} rows: {took:.1f} s, {rows / took:,.0f} a second"
    if took > 20:
        start, end = progress.rate(0.01, 0.1), progress.rate(0.9, 1)
        text += f" ({start:,.0f} in the first tenth, {end:,.0f} in the last)"
    text += f", leadmesh-leads at most {memory(leads):.0f} MiB"
    if engine == "sqlite":
        grown = database.stat().st_size - size
        text += f", {(written(leads) - before) / grown:.1f} bytes written for each of {grown / 2**20:,.0f} MiB"
    print(text, flush=True)


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    engines = sys.argv[2:] or ["sqlite", "postgres"]
    with meshes(engines) as found:
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
