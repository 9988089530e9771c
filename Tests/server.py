"""A PostgreSQL server of a test's own, which it may stop and start."""

import os
import pathlib
import signal
import subprocess

import psycopg

from mesh import ROOT


class Server:
    """A server in a folder of /tmp, without fsync: what is written outlives it, but not the machine."""

    def __init__(self, folder: pathlib.Path, *options: str):
        settings = ["fsync=off", "max_connections=200", "shared_buffers=32MB", *options]
        self._options = " ".join(f"-c {each}" for each in settings)
        self._folder = folder
        self._process = subprocess.Popen(
            ["setsid", ROOT / "Deploy/postgres.sh", folder,
             "sh", "-c", 'echo "$LEADMESH_DATABASE"; exec > /dev/null 2>&1; cat'],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "LEADMESH_POSTGRES_OPTIONS": self._options})
        self.url = self._process.stdout.readline().strip()
        assert self.url, "PostgreSQL does not start"

    def _control(self, *arguments: str):
        program = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
        user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        subprocess.run(
            [*(user if os.getuid() == 0 else []), program, "-D", "data", "-w", *arguments],
            cwd=self._folder, check=True, stdout=subprocess.DEVNULL)

    def stop(self):
        """Ends it as a crash does: no transaction is finished, and the next start recovers."""
        self._control("-m", "immediate", "stop")

    def start(self):
        self._control(
            "-l", "server.log", "-o", f"-c listen_addresses= -c unix_socket_directories='{self._folder}' "
            f"-c unix_socket_permissions=0700 {self._options}", "start")

    def _signal(self, number: int):
        """Sends a signal to each of its processes, first to the one that starts others."""
        first = int((self._folder / "data/postmaster.pid").read_text().split()[0])
        os.kill(first, number)
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
                if parent == first:
                    os.kill(int(folder.name), number)
            except OSError:
                continue

    def hang(self):
        """Keeps it from doing anything, while connections with it stay and can be begun."""
        self._signal(signal.SIGSTOP)

    def go_on(self):
        self._signal(signal.SIGCONT)

    def messages(self) -> str:
        """What it has written into its log."""
        return (self._folder / "server.log").read_text(errors="replace")

    def sql(self, statement: str):
        """The rows of a statement of the administrator's."""
        with psycopg.connect(self.url, autocommit=True) as database:
            cursor = database.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def end(self):
        self._process.stdin.close()
        self._process.wait(timeout=60)
