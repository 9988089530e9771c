"""Nothing that was acknowledged is lost, and nothing is double, when PostgreSQL goes away and comes back."""

import os
import pathlib
import shutil
import signal
import tempfile
import time

import pytest

import scale
from conftest import OWNER, only_long
from load import BACK, Creators, attempt, hang, remarks, wait_until
from mesh import PASSWORD, POSTGRES, Mesh, new_database

if POSTGRES:
    from server import Server

pytestmark = pytest.mark.skipif(not POSTGRES, reason="SQLite has no server that could be lost")
HOST = "lost.localhost"
STOPS = scale.count(2, long=6)
TERMINATIONS = scale.count(20, long=100)


SILENT = "store: the database does not answer"
REFUSED = "password authentication failed"
# A hanging process's work is another's within this time.
TAKEN_OVER = 15
WORK = """
    SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
    AND (CAST(classid AS BIGINT) << 32 | CAST(objid AS BIGINT)) = ?
    """


def lock_key(*parts):
    """The number of a lock, as the store makes it."""
    number = 0xcbf29ce484222325
    for byte in b"".join(part.encode() + b"\xff" for part in parts):
        number = (number ^ byte) * 0x100000001b3 % 2**64
    return number - 2**64 if number >= 2**63 else number


@pytest.fixture(scope="module")
def server():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="leadmesh-postgres-", dir="/tmp"))
    server = Server(folder / "server")
    yield server
    server.end()
    shutil.rmtree(folder)


@pytest.fixture
def mesh(server, tmp_path):
    data = tmp_path / "data"
    mesh = Mesh(data, database=new_database(data, server.url))
    mesh.create_tenant("lost", OWNER, PASSWORD)
    yield mesh
    assert mesh.stop() == 0


def is_back(mesh):
    wait_until(lambda: remarks(mesh) == {}, "all services are ready", BACK)


def test_a_server_that_stops_is_waited_for(mesh, server, tmp_path):
    token = mesh.login("lost", OWNER, PASSWORD)
    with Creators(mesh, HOST, token) as creators:
        for _ in range(STOPS):
            creators.wait_for_more()
            server.stop()
            creators.wait_for_refusals("UNAVAILABLE")
            wait_until(
                lambda: remarks(mesh).get("leads")
                == "store: the database cannot be reached: no server listens at its address",
                "status says why")
            assert attempt(mesh, "GET", "/api/v1/leads", host=HOST, token=token)[1]["reason"] == "UNAVAILABLE"
            server.start()
            creators.wait_for_more(seconds=BACK)
            is_back(mesh)
    creators.check()
    log = (tmp_path / "data.log").read_text()
    assert log.count("store: the database cannot be reached") >= STOPS
    assert '"event":"died"' not in log, "services outlast their server"


@only_long
def test_a_server_that_hangs_is_told_and_waited_for(mesh, server, tmp_path):
    token = mesh.login("lost", OWNER, PASSWORD)
    with Creators(mesh, HOST, token) as creators:
        creators.wait_for_more()
        server.hang()
        try:
            wait_until(lambda: remarks(mesh).get("leads") == SILENT, "status says so")
            # Also who waits already is answered.
            creators.wait_for_refusals("UNAVAILABLE", 1)
            # And who comes now, on whichever connection, without waiting for it to be found silent too.
            begun = time.monotonic()
            for _ in range(8):
                assert attempt(mesh, "GET", "/api/v1/leads", host=HOST, token=token)[1]["reason"] == "UNAVAILABLE"
            assert time.monotonic() - begun < 60
        finally:
            server.go_on()
        creators.wait_for_more(seconds=BACK)
        is_back(mesh)
    creators.check()
    assert '"event":"died"' not in (tmp_path / "data.log").read_text()


@only_long
def test_commits_that_wait_are_told_and_made(mesh, server):
    token = mesh.login("lost", OWNER, PASSWORD)
    with Creators(mesh, HOST, token) as creators:
        creators.wait_for_more()
        # A standby that is not there: nothing is durable, while reads are answered.
        server.sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        server.sql("SELECT pg_reload_conf()")
        try:
            wait_until(lambda: remarks(mesh).get("leads") == SILENT, "status says so")
            before = len(creators.acknowledged)
            assert attempt(mesh, "GET", "/api/v1/leads", host=HOST, token=token)[0] == 200
            assert len(creators.acknowledged) == before, "nothing is acknowledged"
        finally:
            server.sql("ALTER SYSTEM RESET synchronous_standby_names")
            server.sql("SELECT pg_reload_conf()")
        creators.wait_for_more(seconds=BACK)
        is_back(mesh)
    creators.check()


def test_a_password_that_is_refused_is_told_and_tried_with_ever_longer_pauses(mesh, server, tmp_path):
    role = mesh.database.split("/")[3].split("?")[0] + "_leads"
    roles = [role, f"{role}_system"]
    kept = dict(server.sql(
        f"SELECT rolname, rolpassword FROM pg_authid WHERE rolname IN ('{roles[0]}', '{roles[1]}')"))
    assert len(kept) == 2
    before = server.messages().count(REFUSED)
    for each in roles:
        server.sql(f"ALTER ROLE {each} PASSWORD 'another'")
    mesh.end_backends("leads")
    told = "store: the database cannot be reached: it refuses the role's password"
    wait_until(lambda: remarks(mesh).get("leads") == told, "status says why")
    # The pauses are five seconds at most, and no less than half of what they may be.
    wait_until(lambda: server.messages().count(REFUSED) - before >= 6, "it is tried again")
    log = (tmp_path / "data.log").read_text()
    lines = [line for line in log.splitlines() if "database_unreachable" in line and REFUSED in line]
    assert len(lines) == 1, "the log has libpq's message, once"
    assert role not in lines[0]
    for each, password in kept.items():
        server.sql(f"ALTER ROLE {each} PASSWORD '{password}'")
    is_back(mesh)


def test_the_work_of_a_process_that_hangs_goes_to_another(server, tmp_path):
    data = tmp_path / "hanging"
    mesh = Mesh(data, "up", "--replicas", "leads=2", database=new_database(data, server.url))

    def holder():
        """The backend that holds the lease."""
        found = mesh.sql("leads", WORK, lock_key("leads", "work"))
        return found[0][0] if found else None

    wait_until(holder, "one of them works")
    passed = []
    for process in mesh.processes("leads"):
        before = holder()
        hang(process)
        try:
            wait_until(lambda: holder() not in (None, before), "it is the other's", TAKEN_OVER)
            passed.append(holder())
        except AssertionError:
            # The other one had it.
            assert holder() == before
        finally:
            os.kill(process, signal.SIGCONT)
    # Both came back, and the one that had lost the lease left it to the other until that one was stopped.
    assert 1 <= len(passed) <= 2
    assert holder() == passed[-1]
    is_back(mesh)
    assert mesh.stop() == 0


@pytest.mark.parametrize("service", ["leads", "access"])
def test_a_transaction_that_loses_its_backend_is_made_once_or_not_at_all(mesh, service):
    token = mesh.login("lost", OWNER, PASSWORD)
    ended = 0
    with Creators(mesh, HOST, token) as creators:
        while ended < TERMINATIONS:
            creators.wait_for_more(5)
            ended += mesh.end_backends(service)
            creators.wait_for_more(seconds=BACK)
        is_back(mesh)
    creators.check()
