"""A mesh on each engine, side by side; the PostgreSQL server syncs what it commits and ends with them."""

import contextlib
import pathlib
import shutil
import sqlite3
import subprocess
import urllib.parse

from measure import EMAIL, EXECUTABLES, PASSWORD, ROOT, folder
from mesh import Mesh

SERVER_OPTIONS = "-c shared_buffers=1GB -c max_wal_size=4GB -c max_connections=300"


@contextlib.contextmanager
def postgres(where: pathlib.Path):
    """A durable PostgreSQL server of its own: its administrator's URL. Its folder goes when it ends."""
    server = subprocess.Popen(
        ["env", f"LEADMESH_POSTGRES_OPTIONS={SERVER_OPTIONS}",
         ROOT / "Deploy/postgres.sh", where, "sh", "-c", 'echo "$LEADMESH_DATABASE"; cat'],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    url = server.stdout.readline().strip()
    try:
        yield url
    finally:
        server.stdin.close()
        server.wait()
        if url:
            shutil.rmtree(server_folder(url))


def server_folder(url: str) -> pathlib.Path:
    return pathlib.Path(urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)["host"][0])


@contextlib.contextmanager
def meshes(engines: list[str], tenants: list[str]):
    """A mesh on each engine (sqlite, postgres), each with the same tenants, by the engine's name."""
    with contextlib.ExitStack() as ends:
        found = {}
        for engine in engines:
            place, url = folder(), "sqlite"
            if engine == "postgres":
                url = ends.enter_context(postgres(place / "server"))
                subprocess.run(
                    [EXECUTABLES / "leadmesh", "database", "prepare", "--data", place / "data",
                     "--database", url],
                    check=True, stdout=subprocess.DEVNULL)
            mesh = Mesh(place / "data", database=url)
            ends.callback(mesh.stop)
            for tenant in tenants:
                mesh.create_tenant(tenant, EMAIL, PASSWORD)
            found[engine] = mesh
        yield found


def rows(mesh: Mesh, service: str, query: str) -> list[tuple]:
    """The rows of a query for numbers, run in a service's database behind its back."""
    if mesh.database != "sqlite":
        text = psql(mesh.database, f"SET search_path = {service}", query)
        return [tuple(line.split("|")) for line in text.splitlines()]
    with contextlib.closing(sqlite3.connect(mesh.data / f"{service}.db", timeout=30)) as database:
        return database.execute(query).fetchall()


def psql(url: str, *statements: str) -> str:
    """Runs statements one by one as the administrator; what they answer, a line for each row."""
    command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url]
    for statement in statements:
        command += ["-c", statement]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
