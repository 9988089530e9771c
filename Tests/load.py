"""Clients that keep creating leads while something fails, and what must be true of it afterwards."""

import collections
import concurrent.futures
import http.client
import json
import os
import pathlib
import signal
import subprocess
import threading
import urllib.parse

from mesh import EXECUTABLES, ROOT

# How long anything may take that only must not hang.
PATIENCE = 60
# Within this time the service is back once the cause is gone.
BACK = 10


def attempt(mesh, method, path, **options):
    """Status and answer of a REST call; 503 where there was no answer."""
    try:
        status, _, answer = mesh.request(method, path, **options)
    except (http.client.HTTPException, OSError):
        return 503, {"reason": "NO_ANSWER"}
    return status, answer


class Creators:
    """Clients that create leads one after the other, each sent again with its key until it is acknowledged.

    `description` makes that of each lead; `renew` gives the token that follows one which has run out.
    """

    def __init__(self, mesh, host, token, description=lambda: "", renew=None, clients=4):
        self._mesh, self._host, self._token = mesh, host, token
        self._description, self._renew = description, renew
        self._clients = clients
        self._changed = threading.Condition()
        self._ends = self._is_given_up = False
        # The id of each lead that was acknowledged, by its name.
        self.acknowledged = {}
        # How often each reason was given.
        self.refusals = collections.Counter()

    def __enter__(self):
        self._pool = concurrent.futures.ThreadPoolExecutor(self._clients)
        self._running = [self._pool.submit(self._run, number) for number in range(self._clients)]
        return self

    def __exit__(self, kind, *_):
        self._is_given_up = kind is not None
        self._ends = True
        self._pool.shutdown()
        if kind is None:
            for each in self._running:
                each.result()

    def _run(self, client):
        number = 0
        while not self._ends:
            number += 1
            self._create(f"client{client}-{number}")

    def _create(self, name):
        body = {
            "last_name": name, "email": f"{name}@load.example", "description": self._description()}
        pause = threading.Event()
        while not self._is_given_up:
            status, answer = attempt(
                self._mesh, "POST", "/api/v1/leads", host=self._host, token=self._token, body=body,
                headers={"Idempotency-Key": name})
            if status == 401 and self._renew:
                self._token = self._renew()
                continue
            with self._changed:
                if status == 200:
                    assert name not in self.acknowledged
                    self.acknowledged[name] = answer["id"]
                else:
                    assert status in (503, 504), answer
                    self.refusals[answer["reason"]] += 1
                self._changed.notify_all()
            if status == 200:
                return
            pause.wait(0.02)

    def _wait(self, holds, seconds):
        with self._changed:
            if not self._changed.wait_for(holds, seconds):
                failed = [each.exception() for each in self._running if each.done()]
                raise AssertionError(
                    f"not within {seconds} s; {len(self.acknowledged)} acknowledged, "
                    f"{self.refusals}, {failed}")

    def wait_for_more(self, count=25, seconds=PATIENCE):
        """Waits until so many more leads were acknowledged."""
        enough = len(self.acknowledged) + count
        self._wait(lambda: len(self.acknowledged) >= enough, seconds)

    def wait_for_refusals(self, reason, count=4, seconds=PATIENCE):
        """Waits until a reason was given so many times more."""
        enough = self.refusals[reason] + count
        self._wait(lambda: self.refusals[reason] >= enough, seconds)

    def check(self):
        """What was acknowledged is there, each lead once and created once, and nothing else is."""
        stored, place = [], ""
        while True:
            status, page = attempt(
                self._mesh, "GET", f"/api/v1/leads?page_size=1000&page_token={urllib.parse.quote(place)}",
                host=self._host, token=self._token)
            assert status == 200, page
            stored += [(lead["last_name"], lead["id"]) for lead in page["leads"]]
            place = page.get("next_page_token", "")
            if not place:
                break
        assert len(stored) == len(self.acknowledged)
        assert dict(stored) == self.acknowledged
        created = self._mesh.sql(
            "leads", "SELECT object_id FROM mesh_changes WHERE object = 'lead' AND action = 'create'")
        assert sorted(one for one, in created) == sorted(self.acknowledged.values())


def remarks(mesh):
    """What `leadmesh status` says of each service that has something to say."""
    done = subprocess.run(
        [EXECUTABLES / "leadmesh", "status", "--json", "--data", mesh.data],
        cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    found = json.loads(done.stdout)["services"]
    return {one["name"]: one["remark"] for one in found if one["remark"] or one["state"] == "down"}


def wait_until(holds, what, seconds=PATIENCE):
    """Asks again and again until something holds."""
    pause = threading.Event()
    for _ in range(seconds * 10):
        if holds():
            return
        pause.wait(0.1)
    raise AssertionError(f"{what}: not within {seconds} s")


def hang(process):
    """Stops a process, and returns once none of its threads does anything.

    The signal alone takes effect when one of them next gets its turn, which others of them may precede.
    """
    os.kill(process, signal.SIGSTOP)

    def is_stopped():
        tasks = pathlib.Path(f"/proc/{process}/task").glob("*/stat")
        return all(task.read_text().rsplit(")", 1)[1].split()[0] in "TtZ" for task in tasks)

    wait_until(is_stopped, f"process {process} hangs")
