"""Two processes of a service decide as one: about duplicates, turns, daily caps and failed logins."""

import collections
import concurrent.futures
import datetime

import pytest

from conftest import OWNER
from mesh import PASSWORD, POSTGRES, Mesh

pytestmark = pytest.mark.skipif(not POSTGRES, reason="a file of SQLite has one process")
HOST = "replicas.localhost"
CLIENTS = 12
PEOPLE = 12
# What each person is entered as: as often as this, at once.
REPEATS = 5
DAILY_CAP = 2


@pytest.fixture(scope="module")
def mesh(tmp_path_factory):
    mesh = Mesh(tmp_path_factory.mktemp("replicas") / "data", "up", "--replicas", "leads=2,access=2")
    mesh.create_tenant("replicas", OWNER, PASSWORD)
    yield mesh
    assert mesh.stop() == 0


@pytest.fixture(scope="module")
def call(mesh):
    token = mesh.login("replicas", OWNER, PASSWORD)

    def call(method, path, body=None):
        status, _, answer = mesh.request(method, path, host=HOST, body=body, token=token)
        assert status == 200, answer
        return answer

    return call


def at_once(work, inputs):
    """What `work` gives for each input, many of them asked for at a time."""
    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(work, inputs))


def test_a_lead_that_comes_in_twice_at_once_is_one_and_its_duplicates(call):
    # It is about noon there, so that no other day begins meanwhile.
    hours = 12 - datetime.datetime.now(datetime.UTC).hour
    call("PATCH", "/api/v1/tenant?update_mask=time_zone", {"time_zone": f"Etc/GMT{-hours:+d}"})
    reps = []
    for number in range(3):
        reps.append(call("POST", "/api/v1/members", {
            "member": {"email": f"rep{number}@replicas.example", "display_name": f"Rep {number}",
                       "role": "rep", **({"daily_lead_cap": DAILY_CAP} if number == 0 else {})},
            "password": PASSWORD})["id"])

    leads = at_once(
        lambda number: call("POST", "/api/v1/leads", {
            "last_name": f"Person {number % PEOPLE}", "email": f"person{number % PEOPLE}@twice.example"}),
        range(PEOPLE * REPEATS))

    originals = {lead["email"]: lead for lead in leads if not lead.get("duplicate_of")}
    assert len(originals) == PEOPLE == sum(not lead.get("duplicate_of") for lead in leads)
    for lead in leads:
        original = originals[lead["email"]]
        assert lead.get("duplicate_of", original["id"]) == original["id"]
        assert lead["owner_id"] == original["owner_id"]
    turns = collections.Counter(lead["owner_id"] for lead in originals.values())
    assert turns == {reps[0]: DAILY_CAP, reps[1]: 5, reps[2]: 5}


def test_failed_logins_are_counted_wherever_they_come_in(mesh):
    def fail(_):
        status, _, answer = mesh.request(
            "POST", "/api/v1/auth:login", host=HOST, body={"email": OWNER, "password": "a wrong password"})
        assert status in (401, 429, 503), answer
        return answer["reason"]

    reasons = collections.Counter(at_once(fail, range(40)))
    counted = mesh.sql("access", "SELECT sum(failure_count) FROM failed_logins")[0][0]
    # More than these take a second each, which a slow machine may have had.
    assert counted == reasons["INVALID_CREDENTIALS"] >= 5
    assert reasons["RATE_LIMITED"] > 0
