"""Writers at the same time, in two processes of a service, decide as one: about duplicates, turns, daily caps, failed
logins, and what a change of a password, a status or a rule leaves behind.
"""

import base64
import collections
import concurrent.futures
import contextlib
import datetime
import hashlib

import pytest

from conftest import OWNER
from load import wait_until
from mesh import PASSWORD, POSTGRES, Mesh

if POSTGRES:
    import psycopg

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
    call("PATCH", "/api/v1/tenant?update_mask=settings.time_zone", {
        "settings": {"time_zone": f"Etc/GMT{-hours:+d}"}})
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
        assert (lead["duplicate_of"] or original["id"]) == original["id"]
        assert lead["owner_id"] == original["owner_id"]
    turns = collections.Counter(lead["owner_id"] for lead in originals.values())
    assert turns == {reps[0]: DAILY_CAP, reps[1]: 5, reps[2]: 5}


def test_a_member_is_known_everywhere_with_the_answer_that_made_them(mesh, call):
    for number in range(12):
        email = f"new{number}@replicas.example"
        call("POST", "/api/v1/members", {
            "member": {"email": email, "display_name": f"New {number}", "role": "rep"},
            "password": PASSWORD})
        token = mesh.login("replicas", email, PASSWORD)
        for _ in range(2):
            status, _, answer = mesh.request("GET", "/api/v1/leads", host=HOST, token=token)
            assert status == 200, answer


@contextlib.contextmanager
def held_up(mesh, service, table, mode="SHARE"):
    """Lets nobody write a table until the end; gives what waits until so many wait for something."""
    with psycopg.connect(mesh.database) as database:
        database.execute(f"LOCK TABLE {service}.{table} IN {mode} MODE")

        def wait_for(count, *futures):
            waiting = ("SELECT count(*) FROM pg_stat_activity WHERE application_name = ? "
                       "AND datname = current_database() AND wait_event_type = 'Lock'")
            wait_until(
                lambda: mesh.sql(service, waiting, service)[0][0] >= count or any(one.done() for one in futures),
                f"{count} wait")

        yield wait_for


def test_a_login_that_began_before_the_password_changed_does_not_outlive_it(mesh, call):
    email = "changing@replicas.example"
    call("POST", "/api/v1/members", {
        "member": {"email": email, "display_name": "Changing", "role": "rep"}, "password": PASSWORD})
    token = mesh.login("replicas", email, PASSWORD)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        with held_up(mesh, "access", "sessions") as wait_for:
            login = pool.submit(mesh.login, "replicas", email, PASSWORD)
            wait_for(1, login)
            change = pool.submit(
                mesh.request, "POST", "/api/v1/auth:changePassword", host=HOST, token=token,
                body={"current_password": PASSWORD, "new_password": "another long password"})
            wait_for(2, change)
        assert change.result()[0] == 200, change.result()
        late = login.result()
    reads = lambda: mesh.request("GET", "/api/v1/leads?page_size=1", host=HOST, token=late)[0]
    wait_until(lambda: reads() == 401, "the session of the old password ends")


def test_a_status_is_not_deleted_while_a_lead_gets_it(mesh, call):
    status = call("POST", "/api/v1/lead-statuses", {"display_name": "Ghost", "key": "ghost"})
    token = mesh.login("replicas", OWNER, PASSWORD)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        with held_up(mesh, "leads", "leads") as wait_for:
            creation = pool.submit(
                call, "POST", "/api/v1/leads",
                {"last_name": "Haunted", "email": "haunted@replicas.example", "status": "ghost"})
            wait_for(1)
            deletion = pool.submit(
                mesh.request, "DELETE", f"/api/v1/lead-statuses/{status['id']}", host=HOST, token=token)
            wait_for(2, deletion)
        assert creation.result()["status"] == "ghost"
        assert deletion.result()[2]["reason"] == "FAILED_PRECONDITION", deletion.result()


def test_a_lead_is_scored_by_the_rules_that_changed_while_it_came_in(mesh, call):
    rule = call("POST", "/api/v1/scoring-rules", {
        "display_name": "Big", "condition": "company_size > 50", "points": 5})
    with concurrent.futures.ThreadPoolExecutor() as pool:
        with held_up(mesh, "leads", "leads") as wait_for:
            creation = pool.submit(
                call, "POST", "/api/v1/leads",
                {"last_name": "Big", "email": "big@replicas.example", "company_size": 1_000})
            wait_for(1)
            change = pool.submit(
                call, "PATCH", f"/api/v1/scoring-rules/{rule['id']}?update_mask=points", {"points": 25})
            wait_for(2, change)
        change.result()
        lead = creation.result()

    def points():
        breakdown = call("GET", f"/api/v1/leads/{lead['id']}")["score_breakdown"]
        return [each["points"] for each in breakdown if each["rule_id"] == rule["id"]]

    wait_until(lambda: points() == [25], "the lead is scored by the new rules")


def test_a_slow_database_fails_no_import(mesh, call):
    content = b"Last Name,Email\nSlow,slow@replicas.example\n"
    path = "/api/v1/imports/" + call("POST", "/api/v1/imports", {
        "file_name": "slow.csv", "source_system": "replicas", "mapping": [
            {"column": "Last Name", "field": "last_name"}, {"column": "Email", "field": "email"}]})["id"]
    call("POST", f"{path}:append", {
        "offset": "0", "content": base64.b64encode(content).decode(),
        "sha256": hashlib.sha256(content).hexdigest()})
    failures = lambda: (mesh.data.parent / "data.log").read_text().count("import_step_failed")
    before = failures()
    at_work = lambda: call("GET", path)["state"] in ("IMPORT_STATE_SURVEYING", "IMPORT_STATE_RUNNING")
    with held_up(mesh, "leads", "import_chunks", "ACCESS EXCLUSIVE"):
        call("POST", f"{path}:start", {"size_bytes": str(len(content))})
        wait_until(lambda: failures() > before or not at_work(), "a read of the file has taken too long")
    wait_until(lambda: not at_work(), "the import ends")
    assert call("GET", path)["state"] == "IMPORT_STATE_SUCCEEDED"


def test_failed_logins_are_counted_wherever_they_come_in(mesh):
    def fail(_):
        status, _, answer = mesh.request(
            "POST", "/api/v1/auth:login", host=HOST,
            body={"email": "nobody@replicas.example", "password": "a wrong password"})
        assert status in (401, 429, 503), answer
        return answer["reason"]

    reasons = collections.Counter(at_once(fail, range(40)))
    counted = mesh.sql("access", "SELECT sum(failure_count) FROM failed_logins")[0][0]
    # More than these take a second each, which a slow machine may have had.
    assert counted == reasons["INVALID_CREDENTIALS"] >= 5
    assert reasons["RATE_LIMITED"] > 0
