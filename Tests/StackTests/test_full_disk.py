"""A full disk refuses writes and nothing else, loses nothing, and is no disk that failed."""

import pathlib
import subprocess
import uuid

import pytest

from conftest import OWNER
from mesh import PASSWORD, POSTGRES, Mesh

HOST = "full.localhost"


CAN_MOUNT = subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode == 0


@pytest.fixture
def disk(tmp_path):
    """A file system of 48 MiB of its own."""
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=48m,mode=700", "tmpfs", tmp_path], check=True)
    yield pathlib.Path(tmp_path)
    subprocess.run(["umount", tmp_path], check=True)


@pytest.mark.skipif(POSTGRES, reason="the database is on another disk")
@pytest.mark.skipif(not CAN_MOUNT, reason="only root can mount a small disk")
def test_writes_are_refused_until_there_is_room(disk):
    mesh = Mesh(disk / "data")
    try:
        mesh.create_tenant("full", OWNER, PASSWORD)
        token = mesh.login("full", OWNER, PASSWORD)
        answered = []

        def create():
            status, _, answer = mesh.request("POST", "/api/v1/leads", host=HOST, token=token, body={
                "last_name": uuid.uuid4().hex, "email": f"{uuid.uuid4().hex}@full.example",
                "description": "x" * 8000})
            if status == 200:
                answered.append(answer["id"])
            return status, answer

        assert create()[0] == 200
        filler = disk / "filler"
        with open(filler, "wb", buffering=0) as file:
            try:
                while file.write(b"x" * 65536):
                    pass
            except OSError:
                pass
        for _ in range(2000):
            status, answer = create()
            if status != 200:
                break
        assert (status, answer["reason"]) == (503, "STORE_FULL"), answer
        assert create()[0] == 503, "nothing is acknowledged"
        listed = mesh.request("GET", "/api/v1/leads?page_size=1", host=HOST, token=token)
        assert listed[0] == 200, "what is there can be read"
        filler.unlink()
        assert create()[0] == 200, "the same process goes on"
        for lead in answered:
            assert mesh.request("GET", f"/api/v1/leads/{lead}", host=HOST, token=token)[0] == 200
        log = (disk / "data.log").read_text()
        assert '"event":"died"' not in log and "disk failed" not in log
    finally:
        assert mesh.stop() == 0
