"""What the benchmarks share: load, processor time, memory, and a mesh with a tenant in it."""

import contextlib
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
os.environ.setdefault("LEADMESH_BIN", str(ROOT / ".build" / "release"))
sys.path.insert(0, str(ROOT / "Tests"))

from mesh import EXECUTABLES, Mesh  # noqa: E402

EMAIL, PASSWORD = "owner@bench.example", "a password for benchmarks"


def folder() -> pathlib.Path:
    """A folder for a mesh's data, on a real disk."""
    base = ROOT / ".build" / "bench"
    base.mkdir(parents=True, exist_ok=True)
    return pathlib.Path(tempfile.mkdtemp(dir=base))


def start(database: str = "") -> tuple[Mesh, str]:
    """A mesh with one tenant, bench, and a token of its owner; in a database if one is named."""
    mesh = Mesh(folder() / "data", database=database)
    mesh.create_tenant("bench", EMAIL, PASSWORD)
    return mesh, mesh.login("bench", EMAIL, PASSWORD)


def caller(mesh: Mesh, tenant: str = "bench", email: str = EMAIL):
    """One REST call as a member of a tenant, by default its owner; what it answers."""
    def call(method, path, body=None):
        for _ in range(2):
            status, _, answer = mesh.request(
                method, f"/api/v1/{path}", host=f"{tenant}.localhost", body=body, token=call.token)
            if status != 401:
                break
            # A token is good for a quarter of an hour.
            call.token = mesh.login(tenant, email, PASSWORD)
        if status >= 300:
            sys.exit(f"{method} {path}: {answer}")
        return answer

    call.token = mesh.login(tenant, email, PASSWORD)
    return call


def leads_file(rows: int) -> pathlib.Path:
    """Generated leads, the same each time."""
    path = ROOT / ".build" / "bench" / f"leads-{rows}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        with open(path, "wb") as out:
            subprocess.run(
                [EXECUTABLES / "leadmesh", "demo-data", "--rows", str(rows), "--seed", "1"],
                stdout=out, check=True,
            )
    return path


# What an import asks about a file that can be read in two ways.
ANSWERS = ["--decimal", "point", "--dates", "mdy", "--new-values", "add"]
# Of the import command: all rows were taken, some were refused.
TAKEN, SOME_REFUSED = 0, 3


def run_import(
        mesh: Mesh, file: pathlib.Path, tenant: str = "bench", kind: str = "leads") -> tuple[dict, float]:
    """Imports a file by the command people use: its report and how long the command took."""
    began = time.monotonic()
    done = subprocess.run(
        [EXECUTABLES / "leadmesh", "import", kind, str(file), "--tenant", tenant, "--json",
         "--data", str(mesh.data), *ANSWERS],
        capture_output=True, text=True,
    )
    if done.returncode not in (TAKEN, SOME_REFUSED):
        sys.exit(f"the import failed: {done.stderr}{done.stdout}")
    return json.loads(done.stdout), time.monotonic() - began


def children(pid: int) -> dict[str, int]:
    """The processes of a mesh by name."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]) == pid:
                name = (entry / "cmdline").read_bytes().split(b"\0")[0].decode()
                found[pathlib.Path(name).name] = int(entry.name)
        except (OSError, ValueError, IndexError):
            continue
    return found


def memory(pid: int, field: str = "VmHWM") -> float:
    """MiB of a process: VmHWM is the most it had resident so far."""
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(rf"{field}:\s+(\d+)", text)[1]) / 1024


def pss(pid: int) -> float:
    """MiB of a process, shared pages divided among those who share them."""
    text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1]) / 1024


def make_peers(name: str) -> pathlib.Path:
    """Builds those peers that are in C or C++ (http2, libpq), once; the folder they are in then."""
    make = ["make", "-s", "-C", str(HERE / "peers" / name)]
    subprocess.run(make, check=True, stdout=sys.stderr)
    where = subprocess.run([*make, "where"], check=True, capture_output=True, text=True)
    return pathlib.Path(where.stdout.strip())


FASTAPI_POST = (HERE / "peers" / "fastapi" / "post.lua").read_text()
FASTAPI_TENANT = {"X-Tenant": "t3"}


@contextlib.contextmanager
def fastapi(database: str = ""):
    """A FastAPI service with some leads: its address, and the id of a lead.

    It is on SQLite, or in a PostgreSQL database of which SQLAlchemy's URL is given.
    """
    engine, settings = ("pg", {"DB_URL": database}) if database else ("sqlite", {})
    peer = subprocess.Popen(
        [HERE / "peers" / "fastapi" / "run.sh", "serve", engine],
        stdout=subprocess.PIPE, text=True, env={**os.environ, **settings})
    try:
        url = re.match(r"http://\S+", peer.stdout.readline())[0]
        wrk(url, clients=8, seconds=2, headers={}, script=FASTAPI_POST)
        text = subprocess.run(
            ["curl", "-s", "-H", "X-Tenant: t3", f"{url}/leads?limit=1"],
            capture_output=True, text=True, check=True).stdout
        yield url, re.search(r'"id":"(\w+)"', text)[1]
    finally:
        peer.terminate()


def cpu(pid: int) -> float:
    """Seconds that a process's threads spent on a processor."""
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            total += int((task / "schedstat").read_text().split()[0])
        except OSError:
            continue
    return total / 1e9


def wrk(url: str, *, clients: int, seconds: float, headers: dict, script: str = "") -> dict:
    """Closed-loop load: requests per second, and latency in milliseconds."""
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds:g}s", "--timeout", "10s", "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as lua:
        lua.write(script)
        lua.flush()
        if script:
            command += ["-s", lua.name]
        text = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text or "Socket errors" in text or "nan" in text:
        sys.exit(f"requests failed:\n{text}")
    return {
        "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
        "p50": milliseconds(re.search(r"^ +50% +(\S+)", text, re.M)[1]),
        "p99": milliseconds(re.search(r"^ +99% +(\S+)", text, re.M)[1]),
    }


def milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


def median(values) -> float:
    return statistics.median(values)
