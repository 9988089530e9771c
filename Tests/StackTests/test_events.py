"""What one member changes, others who may see it hear at once, and nobody else does."""

import contextlib
import http.client
import json
import os
import signal
import socket
import threading
import time
import uuid

import pytest

from conftest import OWNER
from events import Events
from mesh import PASSWORD

HOST = "stack.localhost"


@pytest.fixture(scope="module")
def owner(mesh):
    return mesh.login("stack", OWNER, PASSWORD)


@pytest.fixture
def listen(mesh):
    """Opens event streams, which end with the test."""
    with contextlib.ExitStack() as opened:
        def listen(token, host=HOST, **options):
            events = Events(mesh.port, host, token, **options)
            opened.callback(events.close)
            if events.status == 200:
                events.wait(lambda name, _: name == "hello")
            return events

        yield listen


@pytest.fixture
def send(mesh, owner):
    """One REST call as the owner, or whoever's token it is; what it answers."""
    def send(method, path, body=None, token=owner, host=HOST):
        status, _, answer = mesh.request(
            method, f"/api/v1/{path}", host=host, body=body, token=token)
        assert status == 200, answer
        return answer

    return send


@pytest.fixture
def member(mesh, send):
    """Makes a member of a role: their id and a token."""
    def member(role="rep"):
        email = f"{uuid.uuid4().hex}@stack.example"
        made = send("POST", "members", {
            "member": {"email": email, "display_name": "New", "role": role}, "password": PASSWORD})
        return made["id"], mesh.login("stack", email, PASSWORD)

    return member


def lead(send, city="", **options):
    return send("POST", "leads", {
        "last_name": "Quinn", "email": f"{uuid.uuid4().hex}@lead.example", "city": city}, **options)


def test_a_change_is_heard_by_the_others(mesh, listen, send, member):
    rep, token = member()
    events = listen(token)
    assert events.seen[0][:2] == ("hello", {"resumed": False})
    made = lead(send)
    heard = events.change(made["id"])
    assert (heard["object"], heard["action"], heard["etag"]) == ("lead", "create", made["etag"])
    changed = send("PATCH", f"leads/{made['id']}", {"status": "contacted", "city": "Ulm"})
    heard = events.change(made["id"], "update")
    assert heard["etag"] == changed["etag"]
    assert {"city", "status", "update_time"} <= set(heard["fields"]), heard
    assert "last_name" not in heard["fields"] and "Ulm" not in str(events.seen)
    send("DELETE", f"leads/{made['id']}")
    heard = events.change(made["id"], "delete")
    assert heard == {"object": "lead", "id": made["id"], "action": "delete"}
    # Members, statuses and the like are records too.
    other, _ = member()
    assert events.change(other)["object"] == "member"
    status = send("POST", "lead-statuses", {"display_name": uuid.uuid4().hex[:10]})
    assert events.change(status["id"])["object"] == "lead_status"


def test_what_happened_while_the_stream_was_down_comes_after_it(mesh, listen, send, member):
    _, token = member()
    events = listen(token)
    first = lead(send)
    events.change(first["id"])
    events.close()
    missed = [lead(send)["id"] for _ in range(3)]
    send("DELETE", f"leads/{first['id']}")
    for options in ({"last_id": events.last_id}, {"query": f"?last_event_id={events.last_id}"}):
        again = listen(token, **options)
        assert again.seen[0][:2] == ("hello", {"resumed": True})
        later = lead(send)
        again.change(later["id"])
        # Notifications of the new leads come from another service, in no order with these.
        heard = [(data["id"], data["action"]) for data in again.data("change") if data["object"] == "lead"]
        wanted = [(id, "create") for id in missed] + [(first["id"], "delete")]
        assert heard[:4] == wanted, heard
        assert "reset" not in again.names()


def test_a_stream_outlasts_a_service_that_is_killed(mesh, listen, send, member):
    _, token = member()
    events, other = listen(token), listen(token)
    for _ in range(3):
        made = lead(send)
        assert mesh.kill("leads")
        # Members are another service's: their news goes on.
        someone, _ = member()
        assert events.change(someone)["object"] == "member"
        later = retry(lambda: lead(send))
        assert events.change(made["id"]) and events.change(later["id"])
    assert not events.ended and "reset" not in events.names() + other.names()
    ids = [data["id"] for data in events.data("change") if data["object"] == "lead"]
    assert len(ids) == len(set(ids)), "each change comes once"


def retry(body, seconds=30):
    """What `body` gives, once it does not fail."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.05)):
        try:
            return body()
        except (AssertionError, OSError, http.client.HTTPException):
            pause.wait(0.05)
    return body()


def test_a_resumed_stream_outlasts_a_restart_of_the_gateway(mesh, listen, send, member):
    _, token = member()
    events = listen(token)
    events.change(lead(send)["id"])
    assert mesh.kill("gateway")
    events.wait_for_end()
    made = retry(lambda: lead(send))
    again = retry(lambda: listen(token, last_id=events.last_id))
    assert again.seen[0][1] == {"resumed": True}
    assert again.change(made["id"])["action"] == "create"


@pytest.mark.parametrize("last_id", [
    "x", "A" * 32, ".".join(["A" * 32] * 3), "." * 200, "%00", "-1", "A" * 7_000,
    "\u00e9" * 20, "1.2.3", "' OR 1=1 --",
])
def test_a_place_that_is_none_begins_again(mesh, listen, send, member, last_id):
    _, token = member()
    events = listen(token, last_id=last_id.encode())
    events.wait(lambda name, data: name == "reset" and data == {})
    assert events.change(lead(send)["id"])


def test_another_tenant_hears_nothing(mesh, listen, send, member):
    name = "t" + uuid.uuid4().hex[:9]
    mesh.create_tenant(name, OWNER, PASSWORD)
    theirs = mesh.login(name, OWNER, PASSWORD)
    others = listen(theirs, host=f"{name}.localhost")
    events = listen(member()[1])
    made = lead(send)
    events.change(made["id"])
    own = lead(send, token=theirs, host=f"{name}.localhost")
    others.change(own["id"])
    assert {data["id"] for data in others.data("change")} & {made["id"]} == set()
    # Nor by a place of this tenant's.
    resumed = listen(theirs, host=f"{name}.localhost", last_id=events.last_id)
    later = lead(send, token=theirs, host=f"{name}.localhost")
    resumed.change(later["id"])
    assert made["id"] not in {data["id"] for data in resumed.data("change")}
    wrong = Events(mesh.port, HOST, theirs)
    assert wrong.status == 401


def test_another_role_is_told_and_the_end_of_access_ends_the_stream(mesh, listen, send, member):
    rep, token = member()
    events = listen(token)
    send("PATCH", f"members/{rep}", {"role": "manager"})
    events.wait(lambda name, data: name == "session" and data == {})
    assert not events.ended
    events = listen(token)
    send("POST", f"members/{rep}:deactivate", {})
    events.wait(lambda name, _: name == "session")
    events.wait_for_end()
    assert Events(mesh.port, HOST, token).status == 401


def test_a_session_that_ends_ends_its_streams_alone(mesh, listen, send, member):
    rep, token = member()
    email = send("GET", f"members/{rep}")["email"]
    other = mesh.login("stack", email, PASSWORD)
    ending, going_on = listen(token), listen(other)
    send("POST", "auth:logout", {}, token=token)
    ending.wait(lambda name, _: name == "session")
    ending.wait_for_end()
    assert going_on.change(lead(send)["id"])
    assert Events(mesh.port, HOST, token).status == 401


def test_a_suspended_tenants_streams_end(mesh, listen):
    name = "s" + uuid.uuid4().hex[:9]
    mesh.create_tenant(name, OWNER, PASSWORD)
    events = listen(mesh.login(name, OWNER, PASSWORD), host=f"{name}.localhost")
    mesh.command("tenant", "suspend", name)
    events.wait(lambda kind, _: kind == "session")
    events.wait_for_end()


def test_an_import_is_many_changes_and_not_a_thousand(mesh, listen, send, owner):
    events = listen(owner)
    secret = mesh.data / "rows.csv"
    secret.write_text("Last Name,Email\n" + "".join(
        f"Row {number},row{number}@{uuid.uuid4().hex[:8]}.example\n" for number in range(1_000)))
    mesh.command("import", "leads", str(secret), "--tenant", "stack")
    events.wait(lambda name, data: name == "many" and data == {"object": "lead"})
    made = lead(send)
    events.change(made["id"])
    changes = [data for data in events.data("change") if data["object"] == "lead"]
    assert len(changes) + len(events.data("many")) < 300, (len(changes), len(events.data("many")))


def test_a_score_that_a_rule_changed_is_heard(mesh, listen, send, owner):
    made = lead(send, city="Rescoring")
    events = listen(owner)
    send("POST", "scoring-rules", {
        "display_name": uuid.uuid4().hex, "condition": "city == 'Rescoring'", "points": 7})
    heard = events.wait(lambda name, data: name == "change" and data["id"] == made["id"])[1]
    assert "score" in heard["fields"] and heard["etag"] == made["etag"]


def test_a_reader_that_stands_still_is_cut_off(mesh, listen, owner, member):
    _, token = member()
    deaf = socket.socket()
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    deaf.connect(("127.0.0.1", mesh.port))
    deaf.sendall((f"GET /api/v1/events HTTP/1.1\r\nHost: {HOST}\r\n"
                  f"Authorization: Bearer {token}\r\n\r\n").encode())
    assert deaf.recv(12) == b"HTTP/1.1 200"
    events = listen(owner)
    last = create_leads(mesh, owner, 1_200)
    events.change(last)
    told = sum(len(str(data)) for data in events.data("change"))
    deaf.settimeout(20)
    rest = b"".join(iter(lambda: deaf.recv(1 << 16), b""))
    deaf.close()
    assert not rest.endswith(b"0\r\n\r\n"), "it is cut, not ended"
    assert len(rest) < min(told, 600_000), (len(rest), told)
    assert not events.ended and last.encode() not in rest


def create_leads(mesh, token, count):
    """Creates leads with many fields, one after the other; the last one's id."""
    connection = http.client.HTTPConnection("127.0.0.1", mesh.port, timeout=30)
    for _ in range(count):
        connection.request(
            "POST", "/api/v1/leads",
            json.dumps({"last_name": "Full", "first_name": "F", "company_name": "C", "city": "Ulm",
                        "job_title": "J", "website": "https://a.example", "country": "DE",
                        "postal_code": "1", "street_address": "S", "industry": "I",
                        "email": f"{uuid.uuid4().hex}@full.example"}),
            {"Host": HOST, "Authorization": f"Bearer {token}", "Content-Type": "application/json"})
        answer = connection.getresponse()
        body = json.loads(answer.read())
        assert answer.status == 200, body
    connection.close()
    return body["id"]


def test_streams_of_a_member_are_few(mesh, listen, member):
    _, token = member()
    opened = [listen(token) for _ in range(16)]
    refused = Events(mesh.port, HOST, token)
    assert refused.status == 429 and refused.answer.headers["retry-after"]
    opened[0].close()

    def open_another():
        assert listen(token).status == 200

    retry(open_another)


def test_a_gateway_that_is_told_to_end_ends_its_streams_at_once(mesh, listen, send, member):
    _, token = member()
    events = listen(token)
    found = retry(lambda: json.loads(mesh.command("status", "--json"))["services"])
    pid = next(one["pid"] for one in found if one["name"] == "gateway")
    began = time.monotonic()
    os.kill(pid, signal.SIGTERM)
    events.wait_for_end(5)
    pause = threading.Event()
    while os.path.exists(f"/proc/{pid}"):
        assert time.monotonic() - began < 5, "it waits for its streams"
        pause.wait(0.005)
    made = retry(lambda: lead(send))
    again = retry(lambda: listen(token, last_id=events.last_id))
    assert again.change(made["id"])


def test_who_is_given_a_share_gains_the_record_and_loses_it_again(mesh, listen, send, member):
    rep, token = member()
    _, theirs = member()
    made = send("POST", "saved-views", {"object": "lead", "name": uuid.uuid4().hex}, token=theirs)
    view, path = f"saved-views/{made['id']}", f"records/{made['id']}"
    get = lambda: mesh.request("GET", f"/api/v1/{view}", host=HOST, token=token)[0]
    events, others = listen(token), listen(theirs)
    assert get() == 404
    assert send("POST", f"{path}:share", {"grantee_id": rep}, token=theirs) == {}
    # Its creation may still have been on its way, and come to who may read it by then.
    assert events.change(made["id"], "share_record") == {
        "object": "saved_view", "id": made["id"], "etag": made["etag"], "action": "share_record",
        "fields": []}
    assert get() == 200
    assert send("POST", f"{path}:unshare", {"grantee_id": rep}, token=theirs) == {}
    gone = events.change(made["id"], "gone")
    assert gone == {"object": "saved_view", "id": made["id"], "action": "gone"}
    assert get() == 404
    # The record is the same to who has it.
    changed = send("PATCH", view, {"name": uuid.uuid4().hex}, token=theirs)
    assert others.change(made["id"], "update")["etag"] == changed["etag"]
    # Its creation, which its owner knows of, may still have been on its way when they began to listen.
    assert {data["action"] for data in others.data("change") if data["id"] == made["id"]} <= {"create", "update"}
    for body, field in [({"grantee_id": made["id"]}, "grantee_id"),
                        ({"grantee_id": rep, "expire_time": "2020-01-01T00:00:00Z"}, "expire_time")]:
        status, _, refused = mesh.request(
            "POST", f"/api/v1/{path}:share", host=HOST, body=body, token=theirs)
        assert status == 400 and [error["field"] for error in refused["errors"]] == [field]
    assert mesh.request("POST", f"/api/v1/{path}:share", host=HOST, body={"grantee_id": rep},
                        token=token)[0] == 404
