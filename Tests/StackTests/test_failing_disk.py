"""Nothing is acknowledged that a disk refused to keep, and the service is back when the disk is."""

import re

import pytest

from conftest import OWNER
from faults import Faults
from load import BACK, Creators, remarks, wait_until
from mesh import PASSWORD, POSTGRES, Mesh

pytestmark = pytest.mark.skipif(POSTGRES, reason="a server's disk is the server's concern")
HOST = "failing.localhost"
DEATH = re.compile(r'"event":"died".*"child":"leads".*"of":"exit code (\d+)"')


@pytest.fixture
def disk(tmp_path):
    return Faults(tmp_path)


@pytest.fixture
def mesh(disk, tmp_path):
    mesh = Mesh(tmp_path / "data", environment=disk.environment)
    mesh.create_tenant("failing", OWNER, PASSWORD)
    yield mesh
    assert mesh.stop() == 0


def deaths(tmp_path):
    """The exit codes of Leads so far."""
    return DEATH.findall((tmp_path / "data.log").read_text())


@pytest.mark.parametrize("call", ["fsync", "write"])
def test_nothing_is_acknowledged_after_the_log_failed(mesh, disk, tmp_path, call):
    token = mesh.login("failing", OWNER, PASSWORD)
    with Creators(mesh, HOST, token) as creators:
        creators.wait_for_more()
        disk.fail(call, "/leads.db-wal")
        wait_until(lambda: deaths(tmp_path), "the process ends")
        acknowledged = len(creators.acknowledged)
        creators.wait_for_refusals("UNAVAILABLE")
        wait_until(lambda: len(deaths(tmp_path)) >= 4, "it is started again and again")
        assert len(creators.acknowledged) == acknowledged
        disk.end()
        creators.wait_for_more(seconds=BACK)
        wait_until(lambda: remarks(mesh) == {}, "all services are ready", BACK)
    creators.check()
    assert deaths(tmp_path)[0] == "74"
    assert "the store's disk failed; ending the process" in (tmp_path / "data.log").read_text()


@pytest.mark.parametrize("call", ["fsync", "write"])
def test_a_service_does_not_start_on_a_file_that_cannot_be_written(mesh, disk, tmp_path, call):
    token = mesh.login("failing", OWNER, PASSWORD)
    with Creators(mesh, HOST, token) as creators:
        creators.wait_for_more()
        disk.fail(call, "/leads.db")
        assert mesh.kill("leads")
        wait_until(lambda: len(deaths(tmp_path)) >= 2, "it tries to start")
        assert "leadmesh-leads cannot start" in (tmp_path / "data.log").read_text()
        disk.end()
        creators.wait_for_more(seconds=BACK)
    creators.check()
