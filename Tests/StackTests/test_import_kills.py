"""An import whose service is killed while it reads, converts, makes, changes and takes back: the sums stay right.

On PostgreSQL, also when the server ends the service's connections.
"""

import pytest

import scale
from imports import Steady, counts, number, state, workbook
from mesh import PASSWORD, POSTGRES, Mesh

KINDS = {"leads": "leads", "accounts": "deals"}
ROWS = scale.count(500 if POSTGRES else 1_000, long=20_000)
# Strikes in each state.
STRIKES = scale.count(1 if POSTGRES else 2, long=10)
CASES = scale.count(
    [("leads", "csv"), ("accounts", "xlsx")],
    long=[("leads", "csv"), ("leads", "xlsx"), ("accounts", "csv"), ("accounts", "xlsx")])
# One row in so many is refused.
REFUSED = 50
HEADINGS = {
    "leads": ["Lead Id", "Last Name", "Email", "City", "Note of ours"],
    "accounts": ["Account ID", "Name", "Website", "City", "Note of ours"]}


@pytest.fixture(scope="module")
def mesh(tmp_path_factory):
    mesh = Mesh(tmp_path_factory.mktemp("kills") / "data")
    yield mesh
    assert mesh.stop() == 0


@pytest.fixture(params=["kill", "end_backends"] if POSTGRES else ["kill"])
def way(request):
    return request.param


def table(kind, first, count, city):
    """Rows with ids, of which some lack what a record needs."""
    rows = [HEADINGS[kind]]
    for place in range(first, first + count):
        is_bad = place % REFUSED == 7
        name = "" if is_bad and kind == "accounts" else f"Row {place}"
        reach = "" if is_bad and kind == "leads" else f"row{place}@kill.example"
        if kind == "accounts":
            reach = f"row{place}.example"
        rows.append([f"r{place}", name, reach, city, "x" * 40])
    return rows


def content(form, rows):
    if form == "csv":
        return "".join(",".join(row) + "\n" for row in rows).encode()
    return workbook(Rows=rows)


def strike(mesh, way, service):
    """Whether there was something to strike."""
    return getattr(mesh, way)(service) > 0


class Import:
    """An import that is struck in each of its states."""

    def __init__(self, owner, kind, content, way, **choices):
        self.owner, self.kind, self.way = owner, kind, way
        self.entry = owner.send(kind, content, choices=choices)
        self.path = owner.path(kind, self.entry)

    def through(self, action, at_work, body):
        """Does what brings it into a state, strikes there, and waits until it has left it."""
        mesh, service = self.owner.mesh, KINDS[self.kind]
        found = self.owner.ask("POST", f"{self.path}:{action}", body)
        strikes, progress = 0, None
        while state(found) == at_work:
            # What a strike leaves goes on: the next one comes when there is more of it.
            mark = (number(found, "rows"), number(found.get("undo") or {}, "deleted"))
            if strikes < STRIKES and (at_work == "SURVEYING" or mark != progress):
                progress = mark
                strikes += strike(mesh, self.way, service)
            found = self.owner.get(self.path)
        assert strikes > 0, f"it had left {at_work} before the first strike"
        if STRIKES > 2:
            assert strikes == STRIKES, f"it left {at_work} after {strikes} strikes"
        return found

    def survey(self):
        return self.through("survey", "SURVEYING", {"size_bytes": self.entry["received_bytes"]})

    def start(self):
        return self.through("start", "RUNNING", {"size_bytes": self.entry["received_bytes"]})

    def undo(self):
        return self.through("undo", "UNDOING", {})


@pytest.mark.parametrize("kind, form", CASES)
def test_the_sums_stay_right_whatever_is_killed(mesh, way, kind, form):
    tenant = f"{kind}-{form}-{way.replace('_', '')}"
    mesh.create_tenant(tenant, f"owner@{tenant}.example", PASSWORD)
    owner = Steady(mesh, tenant, mesh.login(tenant, f"owner@{tenant}.example", PASSWORD))

    def records():
        """The city of each record, each once; a place of an account is in its address."""
        found = owner.all(kind)
        names = [one["last_name" if kind == "leads" else "name"] for one in found]
        assert len(set(names)) == len(names)
        return {name: one["city"] if kind == "leads" else one["billing_address"]["city"]
                for name, one in zip(names, found, strict=True)}

    refused = len(range(7, ROWS, REFUSED))
    first = Import(owner, kind, content(form, table(kind, 0, ROWS, "Oslo")), way)
    read = first.survey()
    assert state(read) == "READY" and not read["questions"], read
    assert number(read["reading"], "rows") == ROWS and records() == {}
    made = first.start()
    assert state(made) == "SUCCEEDED", made["failure"]
    assert counts(made) == [ROWS - refused, 0, 0, 0, refused]
    before = records()
    assert len(before) == ROWS - refused and set(before.values()) == {"Oslo"}
    assert len(owner.rows(kind, first.entry).splitlines()) == 1 + refused

    # The half of them again with another city, and as many new ones.
    half = ROWS // 2
    second = Import(owner, kind, content(form, table(kind, half, ROWS, "Ulm")), way, known="update")
    assert number(second.survey()["reading"], "rows") == ROWS
    changed = second.start()
    known = half - len([place for place in range(half, ROWS) if place % REFUSED == 7])
    bad = len([place for place in range(half, half + ROWS) if place % REFUSED == 7])
    new = ROWS - known - bad
    assert counts(changed) == [new, known, 0, 0, bad]
    assert sum(city == "Ulm" for city in records().values()) == known + new

    ended = second.undo()
    assert state(ended) == "UNDONE"
    assert [number(ended["undo"], name) for name in ("deleted", "put_back", "left")] == [new, known, 0]
    left = {name: city for name, city in records().items() if name in before or kind == "leads"}
    assert left == before
