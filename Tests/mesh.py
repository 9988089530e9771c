"""Starts the real mesh for tests, by the same command that people use."""

import contextlib
import functools
import hashlib
import json
import os
import pathlib
import re
import signal
import sqlite3
import subprocess
import threading
import urllib.error
import urllib.request

import scale

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXECUTABLES = pathlib.Path(os.environ.get("LEADMESH_BIN", ROOT / ".build" / "debug"))
START_SECONDS = 120
PASSWORD = "correct horse battery"
CHANCE = scale.chance()
# What is installed beside the gateway, in the order in which it starts.
SERVICES = re.findall(
    r'InstalledService\("(\w+)"', (ROOT / "Deploy/Installed/Installed.swift").read_text())


POSTGRES = os.environ.get("LEADMESH_TEST_DATABASE") == "postgres"
if POSTGRES:
    import psycopg


@functools.cache
def postgres() -> subprocess.Popen:
    """A PostgreSQL server, which ends with this process."""
    server = subprocess.Popen(
        ["setsid", ROOT / "Tests/postgres.sh"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    server.url = server.stdout.readline().strip()
    assert server.url, "PostgreSQL does not start"
    return server


def new_database(data: pathlib.Path, server: str = "") -> str:
    """The URL of a database for the mesh of a folder, made by the command that operators use.

    It is in the server of a URL, or in the one that ends with this process.
    """
    name = "leadmesh_" + hashlib.sha256(str(data).encode()).hexdigest()[:12]
    url = server or postgres().url
    if not (data / "database").exists():
        subprocess.run(["psql", "-q", "-d", url, "-c", f"CREATE DATABASE {name}"], check=True)
        subprocess.run(
            [EXECUTABLES / "leadmesh", "database", "prepare", "--data", data,
             "--database", url.replace("/leadmesh?", f"/{name}?")],
            cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
        )
    return url.replace("/leadmesh?", f"/{name}?")


class Mesh:
    """A running `leadmesh up` or `leadmesh demo` with a data folder and a port of its own."""

    def __init__(self, data: pathlib.Path, command: str = "up", *options: str, database: str = "",
                 environment: dict[str, str] = {}):
        self.data = data
        self.database = database or (new_database(data) if POSTGRES else "sqlite")
        self.output: list[str] = []
        self._arrived = threading.Condition()
        # Of debug builds; the time is right as long as it is not there.
        self._clock = (data.parent / f"{data.name}.clock").absolute()
        self.environment = {**os.environ, "LEADMESH_CLOCK_FILE": str(self._clock), **environment}
        self._process = subprocess.Popen(
            [EXECUTABLES / "leadmesh", command, "--data", data, "--listen", "127.0.0.1:0",
             "--restart-seconds", "0.2", "--database", self.database, *options],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=open(data.parent / f"{data.name}.log", "wb"),
            text=True,
        )
        self.pid = self._process.pid
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        ready = self.wait_for(r"^ready http://[^:]+:(\d+)$")
        self.port = int(ready[1])

    def _read(self):
        for line in self._process.stdout:
            with self._arrived:
                self.output.append(line.rstrip("\n"))
                self._arrived.notify_all()
        with self._arrived:
            self.output.append("")
            self._arrived.notify_all()

    def wait_for(self, pattern: str) -> re.Match:
        """The first line of output that matches; fails when the mesh ends or takes too long."""
        found = None

        def arrived():
            nonlocal found
            found = next((m for m in map(re.compile(pattern).search, self.output) if m), None)
            return found or not self._reader.is_alive()

        with self._arrived:
            self._arrived.wait_for(arrived, START_SECONDS)
        if found is None:
            self.stop()
            log = (self.data.parent / f"{self.data.name}.log").read_text(errors="replace")
            raise AssertionError(
                f"the mesh did not print {pattern}:\n" + "\n".join(self.output) + "\n" + log[-4000:]
            )
        return found

    def stop(self) -> int:
        """Ends it as a service manager would; its exit status."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise

    def set_clock(self, seconds: int):
        """Has the time of day be off by so much, for all processes of the mesh and at once."""
        new = self._clock.with_name(f"{self._clock.name}.new")
        new.write_text(str(seconds))
        new.rename(self._clock)

    def processes(self, service: str) -> list[int]:
        """The numbers of a service's processes."""
        found = []
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                program = os.readlink(folder / "exe")
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            if program.endswith(f"/leadmesh-{service}") and parent == self.pid:
                found.append(int(folder.name))
        return found

    def kill(self, service: str) -> bool:
        """Kills one of a service's processes with SIGKILL; whether there was one."""
        found = self.processes(service)
        if not found:
            return False
        os.kill(CHANCE.choice(found), signal.SIGKILL)
        return True

    def end_backends(self, service: str) -> int:
        """Ends a service's connections to PostgreSQL, from the server's side; how many there were."""
        return self.sql(
            service, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE application_name = ? AND datname = current_database()", service)[0][0]

    def sql(self, service: str, statement: str, *values):
        """The rows of a statement with a `?` for each value, run in a service's database behind its back."""
        if POSTGRES:
            with psycopg.connect(self.database, options=f"-c search_path={service}") as database:
                cursor = database.execute(statement.replace("?", "%s"), values)
                return cursor.fetchall() if cursor.description else []
        path = self.data / f"{service}.db"
        with contextlib.closing(sqlite3.connect(path, timeout=10)) as database, database:
            return database.execute(statement, values).fetchall()

    def lose(self, service: str):
        """Puts an empty database in the place of a service's."""
        if POSTGRES:
            owner = f"{self.database.split('/')[3].split('?')[0]}_{service}_owner"
            self.sql(service, f"DROP SCHEMA {service} CASCADE")
            self.sql(service, f"CREATE SCHEMA {service} AUTHORIZATION {owner}")
            return
        for part in ("", "-wal", "-shm"):
            (self.data / f"{service}.db{part}").unlink(missing_ok=True)

    def socket(self, service: str) -> str:
        """The address of a service for a gRPC client."""
        return f"unix:{self.data / 'run' / (service + '.sock')}"

    def command(self, *arguments: str, seconds: int = 120) -> str:
        """Runs `leadmesh` against this mesh, for so many seconds at most; what it prints."""
        done = subprocess.run(
            [EXECUTABLES / "leadmesh", *arguments, "--data", self.data],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=seconds,
        )
        assert done.returncode == 0, f"leadmesh {arguments}: {done.stderr}{done.stdout}"
        return done.stdout

    def create_tenant(self, subdomain: str, email: str, password: str):
        secret = self.data / f"{subdomain}.password"
        secret.write_text(password)
        self.command(
            "tenant", "create", "--subdomain", subdomain, "--name", subdomain.title(),
            "--owner-email", email, "--owner-password-file", str(secret),
        )

    def request(self, method: str, path: str, *, host: str, body=None, token=None, headers=None):
        """One REST call: status, headers and the parsed answer."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", method=method, headers={"Host": host}
        )
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.headers, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, json.loads(answer.read() or b"null")

    def login(self, subdomain: str, email: str, password: str) -> str:
        """An access token, by the gateway."""
        status, _, answer = self.request(
            "POST", "/api/v1/auth:login", host=f"{subdomain}.localhost",
            body={"email": email, "password": password},
        )
        assert status == 200, answer
        return answer["access_token"]
