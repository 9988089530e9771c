"""Nothing that was acknowledged is lost, and nothing is double, when PostgreSQL goes away and comes back."""

import pathlib
import shutil
import tempfile

import pytest

import scale
from conftest import OWNER
from load import BACK, Creators, attempt, remarks, wait_until
from mesh import PASSWORD, POSTGRES, Mesh, new_database

if POSTGRES:
    from server import Server

pytestmark = pytest.mark.skipif(not POSTGRES, reason="SQLite has no server that could be lost")
HOST = "lost.localhost"
STOPS = scale.count(2, long=10)
TERMINATIONS = scale.count(20, long=200)


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
                lambda: remarks(mesh).get("leads") == "store: the database cannot be reached",
                "status says why")
            assert attempt(mesh, "GET", "/api/v1/leads", host=HOST, token=token)[1]["reason"] == "UNAVAILABLE"
            server.start()
            creators.wait_for_more(seconds=BACK)
            is_back(mesh)
    creators.check()
    log = (tmp_path / "data.log").read_text()
    assert log.count("store: the database cannot be reached") >= STOPS
    assert '"event":"died"' not in log, "services outlast their server"


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
