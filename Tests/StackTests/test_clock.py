"""A clock that is set a day forward and back stops nothing, loses nothing and ends no session too late."""

import datetime

import pytest

from conftest import OWNER
from load import BACK, Creators, remarks, wait_until
from mesh import PASSWORD, Mesh

HOST = "clock.localhost"
DAY = 24 * 3600


@pytest.fixture
def mesh(tmp_path):
    mesh = Mesh(tmp_path / "data")
    mesh.create_tenant("clock", OWNER, PASSWORD)
    yield mesh
    assert mesh.stop() == 0


def test_a_clock_may_be_set_while_clients_write(mesh):
    login = lambda: mesh.login("clock", OWNER, PASSWORD)
    token = login()
    reads = lambda: mesh.request("GET", "/api/v1/leads?page_size=1", host=HOST, token=token)[0]
    with Creators(mesh, HOST, token, renew=login) as creators:
        for offset in (DAY, -DAY, 0):
            creators.wait_for_more(100)
            mesh.set_clock(offset)
            creators.wait_for_more(100, seconds=BACK)
            assert reads() == (401 if offset == DAY else 200), "a token ends by the clock"
            mesh.create_tenant(f"clock{offset}".replace("-", "x"), OWNER, PASSWORD)
        wait_until(lambda: remarks(mesh) == {}, "all services are ready", BACK)
    creators.check()
    newest = mesh.request(
        "GET", "/api/v1/leads?page_size=1000&order_by=create_time", host=HOST, token=login())[2]["leads"]
    times = [datetime.datetime.fromisoformat(lead["create_time"]) for lead in newest]
    assert times == sorted(times)


def test_a_failed_login_before_the_clock_was_set_back_locks_nobody_out(mesh):
    wrong = {"email": OWNER, "password": "not the password"}
    mesh.set_clock(DAY)
    assert mesh.request("POST", "/api/v1/auth:login", host=HOST, body=wrong)[0] == 401
    mesh.set_clock(0)
    assert mesh.login("clock", OWNER, PASSWORD)
