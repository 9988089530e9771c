"""Saved views: one's own and the shared ones, in one tenant and no other."""

import urllib.parse
import uuid

import pytest

from conftest import OWNER
from mesh import PASSWORD

PATH = "/api/v1/saved-views"


@pytest.fixture(scope="module")
def other_tenant(mesh):
    mesh.create_tenant("views", OWNER, PASSWORD)
    return "views"


@pytest.fixture(scope="module")
def call(mesh, other_tenant):
    """One REST call as a member of a tenant; the status and the answer."""
    tokens = {}

    def send(who, method, path, body=None, tenant="stack"):
        if (who, tenant) not in tokens:
            tokens[who, tenant] = mesh.login(tenant, who, PASSWORD)
        status, _, answer = mesh.request(
            method, path, host=f"{tenant}.localhost", body=body, token=tokens[who, tenant])
        return status, answer

    return send


RITA, RON = "rep1@stack.example", "rep2@stack.example"


def names(call, who, filter="", tenant="stack"):
    status, page = call(
        who, "GET", f"{PATH}?page_size=100&filter={urllib.parse.quote(filter)}", tenant=tenant)
    assert status == 200, page
    return {view["name"] for view in page["saved_views"]}


def create(call, who, name, **fields):
    status, view = call(who, "POST", PATH, {
        "object": "lead", "name": name, "address": "status=new&sort=-score", **fields})
    assert status == 200, view
    return view


def test_views_are_seen_by_their_makers_and_by_all_once_they_are_shared(call, other_tenant):
    own, shared = uuid.uuid4().hex, uuid.uuid4().hex
    first = create(call, RITA, own)
    second = create(call, RITA, shared, shared=True)
    assert {own, shared} <= names(call, RITA, 'object == "lead"')
    assert not names(call, RITA, 'object == "deal"')
    for who in (RON, OWNER):
        assert {own, shared} & names(call, who) == {shared}
        assert call(who, "GET", f"{PATH}/{first['id']}")[0] == 404
        assert call(who, "GET", f"{PATH}/{second['id']}")[1] == second
    assert names(call, OWNER, tenant=other_tenant) == set()
    assert call(OWNER, "GET", f"{PATH}/{second['id']}", tenant=other_tenant)[0] == 404

    assert call(RON, "PATCH", f"{PATH}/{second['id']}", {"name": "Ron's"})[0] == 403
    status, changed = call(OWNER, "PATCH", f"{PATH}/{second['id']}", {"shared": False})
    assert status == 200 and changed["owner_id"] == second["owner_id"]
    assert call(OWNER, "GET", f"{PATH}/{second['id']}")[0] == 404, "it is another's own by now"


def test_a_view_is_changed_by_etag_deleted_and_brought_back(call):
    view = create(call, RITA, "Mine")
    path = f"{PATH}/{view['id']}"
    status, changed = call(RITA, "PATCH", path, {"address": "q=%C3%A4", "etag": view["etag"]})
    assert status == 200 and changed["address"] == "q=%C3%A4"
    assert call(RITA, "PATCH", path, {"name": "Late", "etag": view["etag"]})[0] == 409
    assert call(RITA, "DELETE", path)[0] == 200
    assert call(RITA, "GET", path)[0] == 404
    assert call(RON, "POST", f"{path}:undelete", {})[0] == 404
    assert call(RITA, "POST", f"{path}:undelete", {})[1]["name"] == "Mine"
    history = call(RITA, "GET", f"{path}/history")[1]["entries"]
    assert [entry["action"] for entry in history] == ["undelete", "delete", "update", "create"]
    assert call(RON, "GET", f"{path}/history")[0] == 404


def test_the_session_says_who_may_share(mesh, call):
    secret = mesh.data / "reader.password"
    secret.write_text(PASSWORD)
    reader = f"{uuid.uuid4().hex}@stack.example"
    mesh.command(
        "member", "create", "--tenant", "stack", "--email", reader, "--name", "Reader",
        "--role", "read_only", "--password-file", str(secret))
    for who, may in ((RITA, True), (reader, False)):
        permissions = call(who, "GET", "/api/v1/auth:session")[1]["permissions"]
        assert ("saved_view.share" in permissions) == may
        assert "saved_view.create" in permissions
    create(call, reader, "Own")
    status, refused = call(reader, "POST", PATH, {"object": "lead", "name": "All", "shared": True})
    assert status == 400 and [error["field"] for error in refused["errors"]] == ["shared"]
