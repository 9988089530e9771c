"""Starts the real mesh for tests, by the same command that people use."""

import json
import os
import pathlib
import re
import signal
import subprocess
import threading
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXECUTABLES = pathlib.Path(os.environ.get("LEADMESH_BIN", ROOT / ".build" / "debug"))
START_SECONDS = 120
PASSWORD = "correct horse battery"
# What is installed beside the gateway, in the order in which it starts.
SERVICES = re.findall(
    r'InstalledService\("(\w+)"', (ROOT / "Deploy/Installed/Installed.swift").read_text())


class Mesh:
    """A running `leadmesh up` or `leadmesh demo` with a data folder and a port of its own."""

    def __init__(self, data: pathlib.Path, command: str = "up"):
        self.data = data
        self.output: list[str] = []
        self._arrived = threading.Condition()
        self._process = subprocess.Popen(
            [EXECUTABLES / "leadmesh", command, "--data", data, "--listen", "127.0.0.1:0",
             "--restart-seconds", "0.2"],
            cwd=ROOT,
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

    def kill(self, service: str) -> bool:
        """Kills a service's process with SIGKILL; whether there was one."""
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                program = os.readlink(folder / "exe")
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            if program.endswith(f"/leadmesh-{service}") and parent == self.pid:
                os.kill(int(folder.name), signal.SIGKILL)
                return True
        return False

    def socket(self, service: str) -> str:
        """The address of a service for a gRPC client."""
        return f"unix:{self.data / 'run' / (service + '.sock')}"

    def command(self, *arguments: str) -> str:
        """Runs `leadmesh` against this mesh; what it prints."""
        done = subprocess.run(
            [EXECUTABLES / "leadmesh", *arguments, "--data", self.data],
            cwd=ROOT, capture_output=True, text=True, timeout=120,
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
