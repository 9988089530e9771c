"""Who may import, and who sees what an import says."""

import pytest

from conftest import OWNER
from imports import COLLECTIONS, Client, counts, state
from load import wait_until
from mesh import PASSWORD

FILES = {
    "leads": "Last Name,Email\nBerg,ida@access.example\nLund,\n",
    "contacts": "Last Name,Account\nBerg,\nLund,Nowhere at all\n",
    "tasks": "Task,Priority\nPack,high\n,low\n",
}


@pytest.fixture(scope="module")
def member(mesh):
    """A client for each role of one workspace, and the owner of another."""
    secret = mesh.data / "access.password"
    secret.write_text(PASSWORD)
    for name, role in (("mia", "manager"), ("max", "manager"), ("ada", "admin"), ("reader", "read_only")):
        mesh.command("member", "create", "--tenant", "stack", "--email", f"{name}@stack.example",
                     "--name", name.title(), "--role", role, "--password-file", str(secret))
    mesh.create_tenant("foreign", "owner@foreign.example", PASSWORD)
    clients = {"owner": Client(mesh, "stack", mesh.login("stack", OWNER, PASSWORD)),
               "foreign": Client(mesh, "foreign", mesh.login("foreign", "owner@foreign.example", PASSWORD))}
    for name in ("mia", "max", "ada", "reader", "rep1"):
        clients[name] = Client(mesh, "stack", mesh.login("stack", f"{name}@stack.example", PASSWORD))
    for kind, text in FILES.items():
        # An import of somebody of whom a service has not heard yet ends.
        wait_until(lambda: state(clients["mia"].run(kind, text, validate_only=True)) == "SUCCEEDED",
                   f"managers import {kind}")
    return clients


@pytest.mark.parametrize("kind", FILES)
def test_an_import_is_its_makers_and_the_admins(member, kind):
    made = member["mia"].run(kind, FILES[kind])
    assert state(made) == "SUCCEEDED" and counts(made) == [1, 0, 0, 0, 1], made
    path, collection = Client.path(kind, made), COLLECTIONS[kind]
    faults = f"{path}/refused-rows" if kind == "leads" else f"{path}/faults"
    kept, size = f"{path}/rows?refused=true", {"size_bytes": made["received_bytes"]}

    def statuses(who):
        client = member[who]
        return [client.call("GET", path)[0], client.call("GET", faults)[0], client.text(kept)[0],
                client.call("POST", f"{path}:start", size)[0], client.call("POST", f"{path}:survey", size)[0],
                client.call("POST", f"{path}:undo", {})[0], client.call("POST", f"{path}:cancel", {})[0],
                client.call("PATCH", path, {"source_system": "mine"})[0]]

    assert statuses("max") == [404] * 8, "another manager has imports of their own"
    assert statuses("foreign") == [404] * 8, "nothing crosses tenants"
    assert statuses("rep1") == [403] * 8 and statuses("reader") == [403] * 8
    for who, seen in (("mia", True), ("ada", True), ("owner", True), ("max", False), ("foreign", False)):
        listed = next(iter(value for value in member[who].get(f"{collection}?page_size=100").values()
                           if isinstance(value, list)))
        assert (made["id"] in {one["id"] for one in listed}) == seen, who
    for who in ("rep1", "reader"):
        assert member[who].call("GET", collection)[0] == 403
        assert member[who].call("POST", collection, {"file_name": "x", "object": kind[:-1]})[0] in (400, 403)
    # An admin reads it and takes it back, and its maker has nothing of it left.
    assert member["ada"].text(kept)[0] == 200 and "Reason" in member["ada"].text(kept)[1]
    assert state(member["ada"].undo(kind, made)) == "UNDONE"
    assert state(member["mia"].get(path)) == "UNDONE"


def test_only_its_maker_goes_on_with_an_import(member):
    waiting = member["mia"].send("leads", b"Last Name,Email\nBerg,ida@waiting.example\n")
    path, size = Client.path("leads", waiting), {"size_bytes": waiting["received_bytes"]}
    for who in ("ada", "owner"):
        for action in ("start", "survey"):
            status, answer = member[who].call("POST", f"{path}:{action}", size)
            assert status == 403, answer
        assert member[who].call("PATCH", path, {"choices": {"known": "skip"}})[0] == 403
    assert state(member["ada"].ask("POST", f"{path}:cancel", {})) == "CANCELLED"
    assert member["mia"].call("POST", f"{path}:start", size)[0] == 400


def test_who_may_not_add_to_lists_has_no_value_added(member):
    text = "Last Name,Email,Lead Source\nBerg,ida@lists.example,Fairy tale\n"
    by_manager = member["mia"].run("leads", text)
    assert counts(by_manager) == [1, 0, 0, 0, 0]
    lead = member["owner"].all("leads", "&query=lists.example")[0]
    assert not lead["source"] and "Fairy tale" in lead["description"]
    assert [one["value"] for one in by_manager["remarks"]] == ["Fairy tale"]
    by_owner = member["owner"].run("leads", text.replace("ida@", "ole@"))
    assert counts(by_owner) == [1, 0, 0, 0, 0]
    lead = member["owner"].all("leads", "&query=ole@lists.example")[0]
    assert lead["source"] == "fairy_tale"
