"""What a service has to do at a moment is done once, whenever its process is killed and however long it is down."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import threading
import time

import pytest

import scale
from load import wait_until
from mesh import EXECUTABLES, ROOT

TIMERS = scale.count(40_000, long=200_000)
LATER = scale.count(500, long=5_000)
HOUR = 3600
WAITING = 1


class Reminders:
    """A service that has only timers, in a process beside a mesh and with a file of SQLite."""

    def __init__(self, mesh):
        self._mesh = mesh
        self._process = None
        self.tenants = [bytes([number]) * 16 for number in (1, 2, 3)]

    def start(self):
        self._process = subprocess.Popen(
            [EXECUTABLES / "leadmesh-errands", "--data", self._mesh.data, "--database", "sqlite"],
            cwd=ROOT, env=self._mesh.environment, stderr=subprocess.DEVNULL)

    def kill(self):
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self):
        """Ends it as a service manager does."""
        self._process.terminate()
        assert self._process.wait(timeout=30) == 0

    def _database(self):
        return contextlib.closing(sqlite3.connect(self._mesh.data / "errands.db", timeout=30))

    @property
    def is_ready(self):
        """Whether its tables are there."""
        if not (self._mesh.data / "run" / "errands.sock").exists():
            return False
        with self._database() as database:
            return bool(database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'mesh_timers'").fetchall())

    def set(self, keys, due):
        """Sets a timer for each key, a microsecond after the one before, for the tenants in turn."""
        with self._database() as database, database:
            database.executemany(
                "INSERT INTO mesh_timers (tenant_id, name, timer_key, due, payload, status, wake_time, attempts, "
                "error) VALUES (?, 'errand.remind', ?, ?, x'', ?, ?, 0, '')",
                [(self.tenants[number % 3], key, due + number, WAITING, due + number)
                 for number, key in enumerate(keys)])

    def left(self):
        with self._database() as database:
            return database.execute("SELECT count(*) FROM mesh_timers").fetchone()[0]

    def done(self):
        """What was done, in its order: tenant, action and key."""
        with self._database() as database:
            return database.execute(
                "SELECT tenant_id, action, object_id FROM mesh_changes WHERE object = 'errand' "
                "ORDER BY sequence").fetchall()


@pytest.fixture
def reminders(mesh):
    reminders = Reminders(mesh)
    reminders.start()
    wait_until(lambda: reminders.is_ready, "it has made its tables")
    yield reminders
    reminders.kill()
    mesh.set_clock(0)


def test_timers_are_taken_once_and_in_order_whenever_their_process_is_killed(mesh, reminders):
    start = int(time.time() * 1_000_000)
    keys = [f"k{number}" for number in range(TIMERS)]
    reminders.set(keys, start + HOUR * 1_000_000)
    later = [f"later{number}" for number in range(LATER)]
    reminders.set(later, start + 30 * HOUR * 1_000_000)
    assert reminders.done() == []

    # Their moment has come, by the clock of all processes.
    mesh.set_clock(HOUR + 2)
    chance, pause, kills = scale.chance(), threading.Event(), 0
    while (left := reminders.left()) > LATER:
        wait_until(lambda: reminders.left() < left, "it goes on where it was")
        pause.wait(chance.uniform(0, 0.2))
        kills += reminders.left() > LATER
        reminders.kill()
        reminders.start()
    assert kills >= 2, "all was done before it was killed"
    done = reminders.done()
    assert {action for _, action, _ in done} == {"remind"}
    for place, tenant in enumerate(reminders.tenants):
        assert [key for owner, _, key in done if owner == tenant] == keys[place::3]

    # A day in which the service does not run.
    reminders.kill()
    mesh.set_clock(31 * HOUR)
    reminders.start()
    wait_until(lambda: reminders.left() == 0, "what came due meanwhile is done")
    late = reminders.done()[TIMERS:]
    assert {action for _, action, _ in late} == {"remind_late"}
    for place, tenant in enumerate(reminders.tenants):
        assert [key for owner, _, key in late if owner == tenant] == later[place::3]


def test_a_clock_that_is_set_back_has_no_timer_taken_twice(mesh, reminders):
    before = len(reminders.done())
    now = int(time.time())
    reminders.set(["once"], (now + HOUR) * 1_000_000)
    for number, offset in enumerate((HOUR + 1, -24 * HOUR, HOUR + 2)):
        mesh.set_clock(offset)
        # It is due by that clock, so that the service has looked when it is done.
        reminders.set([f"sign{number}"], (now + offset) * 1_000_000)
        wait_until(lambda: reminders.left() == 0, "what is due is done")
        reminders.stop()
        reminders.start()
    assert sorted(key for _, _, key in reminders.done()[before:]) == ["once", "sign0", "sign1", "sign2"]
