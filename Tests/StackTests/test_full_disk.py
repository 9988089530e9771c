"""A full disk refuses writes and nothing else, loses nothing, and is no disk that failed."""

import pathlib
import secrets
import subprocess
import tempfile

import pytest

from conftest import OWNER
from load import BACK, Creators, remarks, wait_until
from mesh import PASSWORD, POSTGRES, Mesh, new_database

HOST = "full.localhost"
# MiB: what clients write before and after the disk is full fits in several times.
SIZE = 192

CAN_MOUNT = subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode == 0


@pytest.fixture
def disk():
    """A small file system of its own."""
    folder = tempfile.mkdtemp(prefix="leadmesh-disk-", dir="/tmp")
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=711", "tmpfs", folder], check=True)
    yield pathlib.Path(folder)
    subprocess.run(["umount", folder], check=True)
    pathlib.Path(folder).rmdir()


@pytest.fixture
def mesh(disk, tmp_path):
    """A mesh whose databases are on the disk, and whose log is not."""
    data, server = tmp_path / "data", None
    if POSTGRES:
        from server import Server
        server = Server(disk / "server", "max_wal_size=48MB", "min_wal_size=48MB", "autovacuum=off")
        mesh = Mesh(data, database=new_database(data, server.url))
    else:
        data.symlink_to(disk / "data")
        (disk / "data").mkdir(mode=0o700)
        mesh = Mesh(data)
    yield mesh
    ended = mesh.stop()
    if server:
        server.end()
    assert ended == 0


def fill(path):
    """Takes all the room that there is."""
    with open(path, "wb", buffering=0) as file:
        try:
            while file.write(b"x" * 65536):
                pass
        except OSError:
            pass


@pytest.mark.skipif(not CAN_MOUNT, reason="only root can mount a small disk")
def test_writes_are_refused_until_there_is_room(mesh, disk, tmp_path):
    mesh.create_tenant("full", OWNER, PASSWORD)
    token = mesh.login("full", OWNER, PASSWORD)
    with Creators(mesh, HOST, token, lambda: secrets.token_hex(4000)) as creators:
        creators.wait_for_more()
        fill(disk / "filler")
        creators.wait_for_refusals("STORE_FULL")
        read = mesh.request("GET", "/api/v1/leads?page_size=1", host=HOST, token=token)
        assert read[0] == 200, "what is there can be read"
        wait_until(lambda: remarks(mesh).get("leads") == "store: no room left", "status says why")
        assert any(
            '"event":"not_ready"' in line and '"service":"leads"' in line and "store: no room left" in line
            for line in (tmp_path / "data.log").read_text().splitlines())
        (disk / "filler").unlink()
        creators.wait_for_more(seconds=BACK)
        wait_until(lambda: remarks(mesh) == {}, "status says that it is ready", BACK)
    creators.check()
    log = (tmp_path / "data.log").read_text()
    assert '"event":"died"' not in log and "disk failed" not in log, "the same process goes on"
