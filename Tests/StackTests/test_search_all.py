"""One search over the records of all services: what it finds, for whom, without a service that hangs."""

import os
import signal
import urllib.parse
import uuid

import pytest

from conftest import OWNER
from load import hang, wait_until
from mesh import PASSWORD, Mesh

HOST = "stack.localhost"
RITA, RON = "rita@stack.example", "ron@stack.example"


@pytest.fixture(scope="module")
def mesh(tmp_path_factory):
    """A mesh whose services may be slow, as they are beside other tests, before a search leaves them out."""
    mesh = Mesh(
        tmp_path_factory.mktemp("search") / "data", environment={"LEADMESH_SEARCH_MILLISECONDS": "5000"})
    mesh.create_tenant("stack", OWNER, PASSWORD)
    for email in (RITA, RON):
        mesh.command(
            "member", "create", "--tenant", "stack", "--email", email, "--name", email, "--role", "rep",
            "--password-file", str(mesh.data / "stack.password"))
    yield mesh
    assert mesh.stop() == 0


@pytest.fixture(scope="module")
def tokens(mesh):
    return {who: mesh.login("stack", who, PASSWORD) for who in (OWNER, RITA, RON)}


@pytest.fixture(scope="module")
def search(mesh, tokens):
    """What a member's search for some words is answered: {object: titles}, and who did not answer."""

    def search(who, words):
        status, _, answer = mesh.request(
            "GET", f"/api/v1/search?q={urllib.parse.quote(words)}", host=HOST, token=tokens[who])
        assert status == 200, answer
        groups = {group["object"]: [one["title"] for one in group["records"]] for group in answer["groups"]}
        return groups, answer["unavailable"]

    return search


@pytest.fixture
def word(mesh, tokens):
    """A word that a lead, an account, a contact and a deal of Rita's have in their names."""
    word = "w" + uuid.uuid4().hex
    for path, body in (
        ("leads", {"last_name": word, "email": f"{word}@a.example", "company_name": "Bakers"}),
        ("accounts", {"name": f"{word} Ltd"}),
        ("contacts", {"first_name": "Ada", "last_name": word}),
        ("deals", {"name": f"Ovens for {word}"}),
    ):
        status, _, answer = mesh.request("POST", f"/api/v1/{path}", host=HOST, token=tokens[RITA], body=body)
        assert status == 200, answer
    return word


def test_all_kinds_are_found_by_the_words_in_them(mesh, tokens, search, word):
    assert search(RITA, word) == ({
        "lead": [word], "account": [f"{word} Ltd"], "contact": [f"Ada {word}"],
        "deal": [f"Ovens for {word}"]}, [])
    assert search(RITA, f"ovens {word[:20]}")[0] == {"deal": [f"Ovens for {word}"]}
    assert search(OWNER, word)[0].keys() == {"lead", "account", "contact", "deal"}
    answer = mesh.request("GET", f"/api/v1/search?q={word}", host=HOST, token=tokens[RITA])[2]
    lead = answer["groups"][0]["records"][0]
    assert lead["id"].startswith("lead_") and lead["subtitle"] == "Bakers"
    assert not any(group["more"] for group in answer["groups"])


def test_it_finds_nothing_that_a_list_would_not_show(search, word):
    found, unavailable = search(RON, word)
    assert "deal" not in found and {"account", "contact"} <= found.keys()
    assert unavailable == []


def test_five_of_a_kind_are_shown_and_more_are_told(mesh, tokens, word):
    for number in range(5):
        status, _, _ = mesh.request(
            "POST", "/api/v1/deals", host=HOST, token=tokens[RITA], body={"name": f"{word} {number}"})
        assert status == 200
    answer = mesh.request("GET", f"/api/v1/search?q={word}", host=HOST, token=tokens[RITA])[2]
    deals = next(group for group in answer["groups"] if group["object"] == "deal")
    assert len(deals["records"]) == 5 and deals["more"]


@pytest.mark.parametrize("stopped, found", [
    ("deals", {"lead"}), ("leads", {"account", "contact", "deal"})])
def test_a_service_that_hangs_is_named_and_the_others_answer(mesh, search, word, stopped, found):
    [process] = mesh.processes(stopped)
    hang(process)
    try:
        groups, unavailable = search(RITA, word)
    finally:
        os.kill(process, signal.SIGCONT)
    assert unavailable == [stopped]
    assert groups.keys() == found
    wait_until(lambda: search(RITA, word)[1] == [], f"{stopped} answers again")
    assert len(search(RITA, word)[0]) == 4


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=" + "x" * 1001, "?q=a&q=b"])
def test_a_search_without_words_or_with_too_many_is_refused(mesh, tokens, query):
    status, _, problem = mesh.request("GET", f"/api/v1/search{query}", host=HOST, token=tokens[RITA])
    assert status == 400 and [error["field"] for error in problem["errors"]] == ["q"], problem


def test_it_needs_a_login(mesh):
    assert mesh.request("GET", "/api/v1/search?q=a", host=HOST)[0] == 401
