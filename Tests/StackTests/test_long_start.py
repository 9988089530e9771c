"""A start that takes long, as when large tables are changed, is waited for."""

import fcntl
import subprocess

import pytest

import scale
from mesh import EXECUTABLES, POSTGRES, ROOT

# One each 10 seconds.
REMINDERS = scale.count(1, long=8)


@pytest.mark.skipif(POSTGRES, reason="holds the lock that SQLite's schema is changed under")
def test_a_service_that_changes_its_tables_is_waited_for_and_named(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    log = tmp_path / "log"
    with open(data / "leads.db-lock", "w") as lock, open(log, "wb") as errors:
        fcntl.flock(lock, fcntl.LOCK_EX)
        mesh = subprocess.Popen(
            [EXECUTABLES / "leadmesh", "up", "--data", data, "--listen", "127.0.0.1:0"],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            reminders = []
            for line in mesh.stderr:
                if "waiting for" in line:
                    reminders.append(line.strip())
                if len(reminders) == REMINDERS:
                    break
            assert reminders == [
                "leadmesh: waiting for leadmesh-leads: it does not answer yet, "
                "as long as it changes its tables for this release"] * REMINDERS
            assert mesh.poll() is None
            fcntl.flock(lock, fcntl.LOCK_UN)
            assert any(line.startswith("ready http://") for line in mesh.stdout)
        finally:
            mesh.terminate()
            mesh.communicate(timeout=60)
    assert mesh.returncode == 0
