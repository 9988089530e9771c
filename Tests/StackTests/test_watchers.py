"""Whatever members do to their views at the same time, each hears of what they may read and of nothing else."""

import contextlib
import random
import threading
import uuid

from conftest import OWNER
from events import Events
from mesh import PASSWORD
from scale import SEED, count

HOST = "stack.localhost"
PATH = "/api/v1/saved-views"


class Maker(threading.Thread):
    """Makes, shares, hides and deletes views of one member, and keeps what others may know of each."""

    def __init__(self, mesh, token, seed, steps):
        super().__init__()
        self.mesh, self.token, self.steps = mesh, token, steps
        self.random = random.Random(seed)
        self.views = {}
        self.told = {}
        self.fault = None

    def send(self, method, path, body=None):
        status, _, answer = self.mesh.request(method, path, host=HOST, body=body, token=self.token)
        assert status == 200, answer
        return answer

    def run(self):
        try:
            for _ in range(self.steps):
                self.step()
        except Exception as fault:  # Thrown again where the test waits for the thread.
            self.fault = fault

    def step(self):
        chosen = self.random.choice(list(self.views.values()) or [None])
        kind = self.random.random()
        if chosen is None or kind < 0.45 and len(self.views) < 100:
            # Often two at once, of which one is seen by all and one by nobody.
            for shared in self.random.choice([(False, True), (True, False), (False,), (True,)]):
                self.make(shared)
        elif kind < 0.85:
            self.change(chosen, self.random.choice([
                {"shared": not chosen["shared"]}, {"name": uuid.uuid4().hex},
                {"shared": not chosen["shared"], "address": uuid.uuid4().hex}]))
        else:
            self.send("DELETE", f"{PATH}/{chosen['id']}")
            del self.views[chosen["id"]]
            if chosen["shared"]:
                self.told[chosen["id"]].append(("delete", None))

    def make(self, shared):
        view = self.send("POST", PATH, {"object": "lead", "name": uuid.uuid4().hex, "shared": shared})
        self.views[view["id"]] = view
        self.told[view["id"]] = [("create", view["etag"])] if shared else []

    def change(self, view, values):
        after = self.send("PATCH", f"{PATH}/{view['id']}", values)
        self.views[view["id"]] = after
        if after["shared"]:
            self.told[view["id"]].append(("update", after["etag"]))
        elif view["shared"]:
            self.told[view["id"]].append(("gone", None))


def test_each_hears_of_what_they_may_read_and_of_nothing_else(mesh):
    owner = mesh.login("stack", OWNER, PASSWORD)
    chance = random.Random(SEED)

    def member(role):
        email = f"{uuid.uuid4().hex}@stack.example"
        status, _, answer = mesh.request("POST", "/api/v1/members", host=HOST, token=owner, body={
            "member": {"email": email, "display_name": "New", "role": role}, "password": PASSWORD})
        assert status == 200, answer
        return mesh.login("stack", email, PASSWORD)

    makers = [
        Maker(mesh, member("rep"), chance.random(), count(40, long=400)) for _ in range(3)]
    tokens = [member("read_only"), member("rep"), member("manager"), owner]
    with contextlib.ExitStack() as opened:
        def listen(token):
            events = Events(mesh.port, HOST, token)
            opened.callback(events.close)
            events.wait(lambda name, _: name == "hello")
            return events

        watchers = [listen(token) for token in tokens + tokens[:1]]
        own = [listen(maker.token) for maker in makers]
        for maker in makers:
            maker.start()
        while any(maker.is_alive() for maker in makers):
            # Who joins has the service asked anew, with other places for all.
            listen(chance.choice(tokens)).close()
        for maker in makers:
            maker.join()
            assert maker.fault is None, maker.fault
        last = makers[0].send("POST", PATH, {"object": "lead", "name": "Last", "shared": True})
        told = {id: events for maker in makers for id, events in maker.told.items()}
        for events in watchers + own:
            events.change(last["id"])
        for events in watchers:
            heard = {id: [] for id in told}
            for data in events.data("change"):
                if data["object"] == "saved_view" and data["id"] != last["id"]:
                    heard[data["id"]].append((data["action"], data.get("etag")))
            assert not events.data("reset")
            if events.data("many"):
                unknown = [id for id in told if not set(heard[id]) <= set(told[id])]
                assert not unknown, (SEED, unknown)
            else:
                assert heard == told, (SEED, [id for id in told if heard[id] != told[id]])
        for maker, events in zip(makers, own):
            created = {data["id"] for data in events.data("change") if data["action"] == "create"}
            others = {id for id in told if id not in maker.told and not told[id]}
            assert not created & others, SEED
            assert set(maker.told) <= created or events.data("many"), SEED
