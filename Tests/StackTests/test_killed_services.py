"""Services agree, and nothing is lost or double, when any of them is killed again and again under load."""

import json
import subprocess
import threading

import pytest

import scale
from conftest import OWNER
from load import PATIENCE, Creators, attempt, remarks, wait_until
from mesh import CHANCE, EXECUTABLES, PASSWORD, ROOT, SERVICES, Mesh

HOST = "killed.localhost"
KILLS = scale.count(20, long=100)
DEFAULTS = ["lead-statuses", "lead-sources", "scoring-rules"]


@pytest.fixture
def mesh(tmp_path):
    mesh = Mesh(tmp_path / "data")
    mesh.create_tenant("killed", OWNER, PASSWORD)
    yield mesh
    assert mesh.stop() == 0


class Administrator(threading.Thread):
    """Adds members and tenants one after the other, each asked for again until it is acknowledged."""

    def __init__(self, mesh, token):
        super().__init__()
        self._mesh, self._token = mesh, token
        self._ends = threading.Event()
        self.failure = None
        # Ids by address; subdomains.
        self.members, self.tenants = {}, []

    def run(self):
        try:
            number = 0
            while not self._ends.is_set():
                number += 1
                self._add_member(number)
                self._add_tenant(number)
        except BaseException as failure:
            self.failure = failure

    def _add_member(self, number):
        body = {"member": {"email": f"member{number}@killed.example", "display_name": f"Member {number}",
                           "role": "rep"}, "password": PASSWORD}
        while True:
            status, answer = attempt(
                self._mesh, "POST", "/api/v1/members", host=HOST, token=self._token, body=body,
                headers={"Idempotency-Key": f"member-{number}"})
            if status == 200:
                self.members[answer["email"]] = answer["id"]
                return
            assert status in (503, 504), answer
            self._ends.wait(0.02)

    def _add_tenant(self, number):
        secret = self._mesh.data / "owner.password"
        secret.write_text(PASSWORD)
        while True:
            done = subprocess.run(
                [EXECUTABLES / "leadmesh", "tenant", "create", "--data", self._mesh.data, "--subdomain",
                 f"more{number}", "--name", "More", "--owner-email", OWNER, "--owner-password-file", secret],
                cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
            # Without a key, the creation that was not answered may have been made.
            if done.returncode == 0 or "is taken" in done.stderr:
                self.tenants.append(f"more{number}")
                return
            self._ends.wait(0.02)

    def end(self):
        self._ends.set()
        self.join(2 * PATIENCE)
        assert not self.is_alive() and self.failure is None, self.failure


def records(mesh, host, token, path):
    status, answer = attempt(mesh, "GET", f"/api/v1/{path}?page_size=1000", host=host, token=token)
    assert status == 200, answer
    return next(value for value in answer.values() if isinstance(value, list))


def test_any_service_may_die_at_any_time(mesh):
    token = mesh.login("killed", OWNER, PASSWORD)
    first = {path: len(records(mesh, HOST, token, path)) for path in DEFAULTS}
    administrator = Administrator(mesh, token)
    with Creators(mesh, HOST, token) as creators:
        administrator.start()
        try:
            for _ in range(KILLS):
                creators.wait_for_more(5)
                service = CHANCE.choice([*SERVICES, "gateway"])
                wait_until(lambda: mesh.kill(service), f"{service} runs")
            wait_until(lambda: len(administrator.tenants) > 1, "two tenants are made")
        finally:
            administrator.end()
    wait_until(lambda: remarks(mesh) == {}, "all services are ready")
    creators.check()

    listed = records(mesh, HOST, token, "members")
    added = {one["email"]: one["id"] for one in listed if one["email"] != OWNER}
    assert added == administrator.members and len(listed) == len(added) + 1

    def copies_agree():
        members = mesh.sql("access", "SELECT tenant_id, id FROM members")
        copies = mesh.sql(
            "leads", "SELECT tenant_id, record_id FROM mesh_replicas "
            "WHERE service = 'access' AND object = 'member'")
        return sorted(members) == sorted(copies)

    wait_until(copies_agree, "Leads has Access's members")
    for name in administrator.tenants:
        host, owner = f"{name}.localhost", mesh.login(name, OWNER, PASSWORD)
        wait_until(
            lambda: {path: len(records(mesh, host, owner, path)) for path in DEFAULTS} == first,
            f"{name} has the defaults of a new tenant once")
    states = json.loads(mesh.command("status", "--json"))["services"]
    assert not any(one["dead_letters"] for one in states)
