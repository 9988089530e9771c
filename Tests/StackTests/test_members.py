"""Members' passwords, and what they have when they come back."""

import uuid

import pytest

from conftest import OWNER
from mesh import PASSWORD

HOST = "stack.localhost"
FRESH = "another long password"


@pytest.fixture(scope="module")
def owner(mesh):
    return mesh.login("stack", OWNER, PASSWORD)


def call(mesh, token, method, path, body=None):
    status, _, answer = mesh.request(method, path, host=HOST, body=body, token=token)
    return status, answer


def add_member(mesh, owner, role="rep"):
    """A new member."""
    email = f"{uuid.uuid4().hex}@stack.example"
    status, member = call(mesh, owner, "POST", "/api/v1/members", {
        "member": {"email": email, "display_name": "New", "role": role, "daily_lead_cap": 7},
        "password": PASSWORD})
    assert status == 200, member
    return member


def login(mesh, member, password=PASSWORD):
    """The status of a login, and the answer."""
    return call(mesh, None, "POST", "/api/v1/auth:login", {"email": member["email"], "password": password})


def reads(mesh, token):
    return call(mesh, token, "GET", "/api/v1/leads?page_size=1")[0]


def test_a_changed_password_ends_the_other_sessions_everywhere(mesh, owner):
    member = add_member(mesh, owner)
    (_, here), (_, there) = login(mesh, member), login(mesh, member)
    change = lambda current, new: call(
        mesh, here["access_token"], "POST", "/api/v1/auth:changePassword",
        {"current_password": current, "new_password": new})
    status, refused = change("not the password", FRESH)
    assert status == 400 and [one["field"] for one in refused["errors"]] == ["current_password"]
    status, refused = change(PASSWORD, "short")
    assert status == 400 and [one["field"] for one in refused["errors"]] == ["new_password"]
    assert reads(mesh, there["access_token"]) == 200
    assert change(PASSWORD, FRESH) == (200, {})
    assert reads(mesh, here["access_token"]) == 200
    assert reads(mesh, there["access_token"]) == 401
    assert login(mesh, member)[0] == 401
    assert login(mesh, member, FRESH)[0] == 200


def test_a_reset_link_is_good_once(mesh, owner):
    member = add_member(mesh, owner)
    make = lambda token: call(
        mesh, token, "POST", f"/api/v1/members/{member['id']}:issuePasswordReset", {})
    use = lambda token: call(
        mesh, None, "POST", "/api/v1/auth:resetPassword", {"token": token, "new_password": FRESH})
    _, session = login(mesh, member)
    assert make(session["access_token"])[0] == 403
    _, first = make(owner)
    status, second = make(owner)
    assert status == 200 and second["expire_time"] > first["expire_time"]
    refusals = [use("made up"), use(first["token"])]
    assert use(second["token"]) == (200, {})
    refusals.append(use(second["token"]))
    assert {status for status, _ in refusals} == {401}
    assert len({problem["detail"] for _, problem in refusals}) == 1
    assert reads(mesh, session["access_token"]) == 401
    assert login(mesh, member)[0] == 401
    assert login(mesh, member, FRESH)[0] == 200
    _, history = call(mesh, owner, "GET", f"/api/v1/members/{member['id']}/history")
    assert [entry["action"] for entry in history["entries"]] == [
        "reset_password", "issue_password_reset", "issue_password_reset", "create"]
    # Services that keep members still have this one.
    lead = {"last_name": "Lead", "email": f"{uuid.uuid4().hex}@lead.example", "owner_id": member["id"]}
    assert call(mesh, owner, "POST", "/api/v1/leads", lead)[0] == 200


def test_a_member_who_comes_back_has_what_they_had(mesh, owner):
    member = add_member(mesh, owner)
    _, session = login(mesh, member)
    token = session["access_token"]
    status, lead = call(mesh, token, "POST", "/api/v1/leads", {
        "last_name": "Kept", "email": f"{uuid.uuid4().hex}@lead.example"})
    assert status == 200 and lead["owner_id"] == member["id"]
    status, view = call(mesh, token, "POST", "/api/v1/saved-views", {"object": "lead", "name": "Kept"})
    assert status == 200, view
    path = f"/api/v1/members/{member['id']}"
    status, gone = call(mesh, owner, "POST", f"{path}:deactivate", {})
    assert status == 200 and gone["active"] is False
    assert reads(mesh, token) == 401 and login(mesh, member)[0] == 401
    assert call(mesh, owner, "GET", f"/api/v1/leads/{lead['id']}")[1]["owner_id"] == member["id"]

    assert call(mesh, owner, "POST", f"{path}:reactivate", {})[0] == 200
    assert reads(mesh, token) == 401, "what had ended stays so"
    status, session = login(mesh, member)
    assert status == 200
    token, back = session["access_token"], session["member"]
    changed = ("etag", "update_time", "updated_by")
    assert {k: v for k, v in back.items() if k not in changed} == {
        k: v for k, v in member.items() if k not in changed}
    assert call(mesh, token, "GET", f"/api/v1/saved-views/{view['id']}")[1]["name"] == "Kept"
    assert call(mesh, token, "PATCH", f"/api/v1/leads/{lead['id']}", {"last_name": "Again"})[0] == 200
    members = call(mesh, owner, "GET", "/api/v1/members?page_size=1000")[1]["members"]
    assert [one for one in members if one["id"] == member["id"]] == [back]
    _, history = call(mesh, owner, "GET", f"{path}/history")
    assert [entry["action"] for entry in history["entries"]] == ["update", "update", "create"]
