#!/usr/bin/env python3
"""How many of another service's changes reach a reaction each second, committed, on SQLite.

    reactions.py [CHANGES [ROUNDS]]

The leads service reacts to changes of tenants. While the mesh is stopped, CHANGES (100,000) are added to the
log of the tenants service, each a copy of the last that it made itself; then the mesh is started, and leads
catches up: it pulls them page by page, gives each to its reaction, and commits what that wrote with the place
in the log. The place is read from its database, so that only what is committed counts. The replicas of
tenants that services keep take the same changes at the same time. Prints the changes a second in each of
ROUNDS (3) rounds, from the first that was seen committed to the last, and their median, which must be
20,000 at least.
"""

import base64
import contextlib
import sqlite3
import sys
import threading
import time

from measure import median, start
from mesh import Mesh

FEED = "tenants:tenant"
LOOK_SECONDS = 0.01
LONGEST_SECONDS = 1_800


def main():
    changes = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    mesh, _ = start("sqlite")
    rates = []
    try:
        for _ in range(rounds):
            wait_for(mesh.data, last_change(mesh.data))
            mesh.stop()
            add_changes(mesh.data, changes)
            follower = Follower(mesh.data)
            follower.start()
            mesh = Mesh(mesh.data, database="sqlite")
            follower.join()
            if not follower.rate:
                sys.exit("the reaction does not catch up")
            rates.append(follower.rate)
            print(f"{changes:,} changes: {follower.rate:,.0f} a second", flush=True)
    finally:
        mesh.stop()
    print(f"reactions: {median(rates):,.0f} changes a second (at least 20,000; median of {rounds} rounds)")


def rows(data, service, statement, *values):
    path = data / f"{service}.db"
    with contextlib.closing(sqlite3.connect(path, timeout=30)) as database, database:
        return database.execute(statement, values).fetchall()


def last_change(data) -> int:
    newest = "SELECT max(sequence) FROM mesh_changes WHERE object = 'tenant'"
    return rows(data, "tenants", newest)[0][0]


def add_changes(data, count):
    """Logs the latest change of a tenant so many times more."""
    table = rows(data, "tenants", "PRAGMA table_info(mesh_changes)")
    columns = ", ".join(name for _, name, *_ in table if name != "sequence")
    rows(data, "tenants",
         "WITH RECURSIVE copies (number) AS "
         "(SELECT 1 UNION ALL SELECT number + 1 FROM copies WHERE number < ?) "
         f"INSERT INTO mesh_changes ({columns}) SELECT {columns} FROM copies JOIN mesh_changes "
         "ON sequence = (SELECT max(sequence) FROM mesh_changes WHERE object = 'tenant')", count)


def place(database) -> int:
    """The number of the last change that the reaction has taken: the last eight bytes of the cursor."""
    found = database.execute("SELECT cursor FROM mesh_cursors WHERE feed = ?", (FEED,)).fetchone()
    return int.from_bytes(base64.urlsafe_b64decode(found[0] + "==")[8:]) if found else 0


def wait_for(data, last):
    """Until the reaction has taken a change; gives its places by time."""
    noted, end = [], time.monotonic() + LONGEST_SECONDS
    connection = sqlite3.connect(data / "leads.db", timeout=30, isolation_level=None)
    with contextlib.closing(connection) as database:
        while not noted or noted[-1][1] < last:
            noted.append((time.monotonic(), place(database)))
            if noted[-1][0] > end:
                raise TimeoutError(f"the reaction is at {noted[-1][1]:,} of {last:,}")
            time.sleep(LOOK_SECONDS)
    return noted


class Follower(threading.Thread):
    """Looks how fast the reaction takes what is in the log at present."""

    def __init__(self, data):
        super().__init__(daemon=True)
        self.data, self.last, self.rate = data, last_change(data), 0.0

    def run(self):
        noted = wait_for(self.data, self.last)
        before = noted[0][1]
        begin = next(each for each in noted if each[1] > before)
        self.rate = (noted[-1][1] - begin[1]) / max(LOOK_SECONDS, noted[-1][0] - begin[0])


main()
