"""Who has access is known everywhere within a moment, and what was acknowledged is there at once."""

import contextlib
import http.client
import json
import os
import signal
import threading
import time
import uuid

import pytest

from conftest import OWNER
from load import hang
from mesh import PASSWORD, SERVICES, Mesh

HOST = "stack.localhost"


@pytest.fixture(scope="module")
def owner(mesh):
    return mesh.login("stack", OWNER, PASSWORD)


def add_member(mesh, owner, role="rep"):
    """A new member: their id and a token."""
    email = f"{uuid.uuid4().hex}@stack.example"
    status, _, member = mesh.request(
        "POST", "/api/v1/members", host=HOST, token=owner,
        body={"member": {"email": email, "display_name": "New", "role": role}, "password": PASSWORD})
    assert status == 200, member
    return member["id"], mesh.login("stack", email, PASSWORD)


def create_lead(mesh, token, owner_id=None):
    """The status of creating a lead."""
    lead = {"last_name": "Lead", "email": f"{uuid.uuid4().hex}@lead.example"}
    if owner_id:
        lead["owner_id"] = owner_id
    return mesh.request("POST", "/api/v1/leads", host=HOST, body=lead, token=token)[0]


def process(mesh, service):
    """The process id of a service, once all are ready."""
    pause = threading.Event()
    for _ in range(200):
        try:
            found = json.loads(mesh.command("status", "--json"))["services"]
            return next(one["pid"] for one in found if one["name"] == service)
        except AssertionError:
            pause.wait(0.05)
    raise AssertionError(f"{service} is not ready")


def test_a_new_tenant_logs_in_and_a_new_member_works_at_once(mesh, owner):
    for _ in range(5):
        name = "t" + uuid.uuid4().hex[:9]
        mesh.create_tenant(name, OWNER, PASSWORD)
        assert mesh.login(name, OWNER, PASSWORD)
    for _ in range(10):
        member, token = add_member(mesh, owner)
        assert create_lead(mesh, owner, member) == 200, "the member may own a lead"
        assert create_lead(mesh, token) == 200


def test_access_that_is_taken_away_is_gone_with_the_answer(mesh, owner):
    member, token = add_member(mesh, owner)
    read = lambda: mesh.request("GET", "/api/v1/leads", host=HOST, token=token)[0]
    assert read() == 200
    assert mesh.request(
        "POST", f"/api/v1/members/{member}:deactivate", host=HOST, token=owner, body={})[0] == 200
    assert (read(), create_lead(mesh, token)) == (401, 401)

    member, token = add_member(mesh, owner)
    assert create_lead(mesh, token) == 200
    assert mesh.request(
        "PATCH", f"/api/v1/members/{member}", host=HOST, token=owner,
        body={"role": "read_only"})[0] == 200
    assert (read(), create_lead(mesh, token)) == (200, 403)
    assert mesh.request(
        "PATCH", f"/api/v1/members/{member}", host=HOST, token=owner, body={"role": "rep"})[0] == 200
    assert create_lead(mesh, token) == 200, "the token has the member's present role"

    assert mesh.request("POST", "/api/v1/auth:logout", host=HOST, token=token, body={})[0] == 200
    assert (read(), create_lead(mesh, token)) == (401, 401)


def test_a_suspended_tenants_tokens_are_refused_by_each_service(mesh):
    name = "s" + uuid.uuid4().hex[:9]
    mesh.create_tenant(name, OWNER, PASSWORD)
    token = mesh.login(name, OWNER, PASSWORD)
    read = lambda: mesh.request("GET", "/api/v1/leads", host=f"{name}.localhost", token=token)[0]
    assert read() == 200
    mesh.command("tenant", "suspend", name)
    assert read() == 403
    mesh.command("tenant", "resume", name)
    assert read() == 200


def test_an_export_ends_where_its_reader_loses_access(mesh, owner):
    member, token = add_member(mesh, owner, "admin")
    path = "/api/v1/leads:export"
    assert mesh.request("GET", "/api/v1/leads", host=HOST, token=token)[0] == 200
    mesh.request("POST", f"/api/v1/members/{member}:deactivate", host=HOST, token=owner, body={})
    assert mesh.request("GET", path, host=HOST, token=token)[0] == 401


def test_a_service_that_hangs_stops_no_writes(mesh, owner):
    leads = process(mesh, "leads")
    member, _ = add_member(mesh, owner)
    rename = lambda: mesh.request(
        "PATCH", f"/api/v1/members/{member}", host=HOST, token=owner,
        body={"display_name": uuid.uuid4().hex})[0]
    hang(leads)
    try:
        start = time.monotonic()
        assert rename() == 200
        first = time.monotonic() - start
        start = time.monotonic()
        assert [rename() for _ in range(10)] == [200] * 10
        rest = time.monotonic() - start
    finally:
        os.kill(leads, signal.SIGCONT)
    assert first < 5 and rest < 5, (first, rest)


@pytest.mark.parametrize("service", SERVICES + ["gateway"])
def test_a_service_that_is_told_to_end_does_so_at_once(mesh, owner, service):
    pid = process(mesh, service)
    start = time.monotonic()
    os.kill(pid, signal.SIGTERM)
    pause = threading.Event()
    while os.path.exists(f"/proc/{pid}"):
        assert time.monotonic() - start < 5, "it waits for those who wait for changes"
        pause.wait(0.005)
    # `up` starts it again; what it knew of members it still knows.
    for _ in range(200):
        try:
            status = create_lead(mesh, owner)
        except OSError:
            status = 0
        if status == 200:
            break
        pause.wait(0.05)
    assert status == 200


def varint(number):
    data = b""
    while number > 127:
        data, number = data + bytes([number & 127 | 128]), number >> 7
    return data + bytes([number])


def change(tenant):
    """A leadmesh.mesh.v1.Change of a tenant, on the wire."""
    fields = {2: tenant.encode(), 5: b"update", 6: b"tenant", 7: tenant.encode(), 9: b"", 13: b"\x08\x01"}
    return b"".join(varint(key << 3 | 2) + varint(len(data)) + data for key, data in fields.items())


def test_the_operator_sees_retries_and_discards_what_could_not_be_applied(mesh, owner):
    _, _, session = mesh.request("GET", "/api/v1/auth:session", host=HOST, token=owner)
    tenant = session["tenant_id"]
    known = "SELECT tenant_id FROM mesh_replicas WHERE object = 'tenant'"
    # The second was put aside when it was not known whose it is, and the third cannot be read.
    rows = ((mesh.sql("leads", known)[0][0], change(tenant)), (None, change(tenant)), (None, b"\xff"))
    for tenant_id, data in rows:
        mesh.sql(
            "leads",
            "INSERT INTO mesh_dead_letters "
            "(feed, tenant_id, object, object_id, change, error, attempts, time) "
            "VALUES ('tenants:tenant', ?, 'tenant', ?, ?, 'broken', 1, 0)", tenant_id, tenant, data)
    states = json.loads(mesh.command("status", "--json"))["services"]
    leads = {one["name"]: one for one in states}["leads"]
    assert leads["dead_letters"] == 3
    by_feed = {one["feed"]: one for one in leads["subscriptions"]}
    assert by_feed["tenants:tenant"]["dead_letters"] == 3
    assert by_feed["replica:tenants:tenant"]["dead_letters"] == 0
    letters = json.loads(mesh.command("changes", "list", "--json"))
    assert [(one["service"], one["error"]) for one in letters] == [("leads", "broken")] * 3
    first, second, third = (one["number"] for one in letters)
    with pytest.raises(AssertionError):
        mesh.command("changes", "retry", "leads")
    left = json.loads(mesh.command("changes", "list", "leads", "--json"))
    assert [(one["number"], one["attempts"]) for one in left] == [(third, 2)]
    with pytest.raises(AssertionError, match="2 of the numbers are not on the list[^$]*1 discarded"):
        mesh.command("changes", "discard", "leads", str(third), str(second), str(first))
    assert "no dead letters" in mesh.command("changes", "list")


def test_the_operator_sees_how_far_each_subscription_is_behind(mesh, owner):
    def subscriptions(name):
        states = json.loads(mesh.command("status", "--json"))["services"]
        [service] = [one for one in states if one["name"] == name]
        return {one["feed"]: one for one in service["subscriptions"]}

    # What the test setup did has been taken by then: writes wait for those who copy records.
    for name in ("access", "tenants", "leads", "gateway"):
        found = subscriptions(name)
        assert "replica:access:member_standing" in found, name
        assert found["replica:access:member_standing"]["changes_behind"] == 0, name
    feed = subscriptions("leads")["tenants:tenant"]
    assert (feed["service"], feed["objects"], feed["use"]) == ("tenants", ["tenant"], "reaction")


def test_services_begin_again_when_a_log_is_another(tmp_path):
    data = tmp_path / "data"
    first = Mesh(data)
    first.create_tenant("again", OWNER, PASSWORD)
    token = first.login("again", OWNER, PASSWORD)
    assert first.stop() == 0
    for service in ("access", "tenants"):
        first.sql(
            service, "UPDATE mesh_settings SET value = ? WHERE name = 'log_epoch'", os.urandom(8))
    # Leads knows members whom the restored Access does not have.
    for tenant, object, record in first.sql(
            "leads", "SELECT tenant_id, object, record FROM mesh_replicas WHERE service = 'access'"):
        first.sql(
            "leads",
            "INSERT INTO mesh_replicas (tenant_id, service, object, record_id, record) "
            "VALUES (?, 'access', ?, ?, ?)", tenant, object, os.urandom(16), record)
    count = "SELECT count(*) FROM mesh_replicas WHERE service = 'access'"
    assert first.sql("leads", count)[0][0] > 2
    second = Mesh(data)
    try:
        assert second.request("GET", "/api/v1/leads", host="again.localhost", token=token)[0] == 200
        second.create_tenant("later", OWNER, PASSWORD)
        assert second.login("later", OWNER, PASSWORD)
        member_records = "SELECT count(*) FROM mesh_replicas WHERE service = 'access' AND object = 'member'"
        assert second.sql("leads", member_records)[0][0] == 2
    finally:
        assert second.stop() == 0


def test_a_fresh_service_refuses_while_access_is_down(tmp_path):
    mesh = Mesh(tmp_path / "data")
    hidden = mesh.data / "keys" / "hidden.pem"
    key = mesh.data / "keys" / "token.pem"
    try:
        mesh.create_tenant("fresh", OWNER, PASSWORD)
        token = mesh.login("fresh", OWNER, PASSWORD)
        read = lambda: mesh.request("GET", "/api/v1/leads", host="fresh.localhost", token=token)[0]
        key.rename(hidden)
        assert mesh.kill("access")
        assert read() == 200, "what was known is known"
        mesh.lose("leads")
        assert mesh.kill("leads")
        pause = threading.Event()
        assert {read() for _ in range(20) if not pause.wait(0.05)} == {503}
        hidden.rename(key)
        for _ in range(400):
            if read() == 200:
                break
            pause.wait(0.05)
        assert read() == 200
    finally:
        if hidden.exists():
            hidden.rename(key)
        assert mesh.stop() == 0


def test_the_gateway_is_not_ready_while_nobody_can_have_a_session(mesh, owner):
    def probe(path):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", mesh.port, timeout=10)) as one:
            one.request("GET", path)
            return one.getresponse().status

    def comes_to(status):
        pause = threading.Event()
        for _ in range(300):
            if probe("/readyz") == status:
                return
            pause.wait(0.1)
        raise AssertionError(f"/readyz does not come to {status}")

    comes_to(200)
    access = process(mesh, "access")
    hang(access)
    try:
        comes_to(503)
        assert probe("/livez") == 200
    finally:
        os.kill(access, signal.SIGCONT)
    comes_to(200)
