"""A lead becomes an account, a contact and a deal, over REST, and exactly one of each whatever dies meanwhile."""

import concurrent.futures
import contextlib
import json
import os
import signal
import threading
import time
import urllib.parse
import uuid

import pytest

import scale
from conftest import OWNER
from load import PATIENCE, attempt, hang, remarks, wait_until
from mesh import CHANCE, PASSWORD, SERVICES

HOST = "stack.localhost"
RITA, RON = "rep1@stack.example", "rep2@stack.example"
KILLS = scale.count(1, long=8)


@pytest.fixture(scope="module")
def call(mesh):
    """One REST call as a member; the status and the answer."""
    tokens = {}

    def send(who, method, path, body=None, **headers):
        if who not in tokens:
            tokens[who] = mesh.login("stack", who, PASSWORD)
        status, _, answer = mesh.request(
            method, f"/api/v1/{path}", host=HOST, body=body, token=tokens[who], headers=headers)
        return status, answer

    return send


@pytest.fixture
def new_lead(call):
    """Makes a lead of Rita's that is qualified; its company's name and its address are like no other's."""

    def make():
        name = uuid.uuid4().hex
        status, lead = call(RITA, "POST", "leads", {
            "first_name": "Gary", "last_name": "Denson", "email": f"gary@{name}.example",
            "company_name": name})
        assert status == 200, lead
        status, lead = call(RITA, "POST", f"leads/{lead['id']}:qualify", {"reason": "They have a plan"})
        assert status == 200, lead
        return lead

    return make


@pytest.fixture
def made_of(call):
    """The accounts, contacts and deals that there are of a lead."""

    def find(lead):
        found = {}
        for kind, condition in (
                ("accounts", f'name == "{lead["company_name"]}" && !archived'),
                ("contacts", f'email == "{lead["email"]}"'),
                ("deals", f'lead_id == "{lead["id"]}"')):
            status, answer = call(OWNER, "GET", f"{kind}?filter={urllib.parse.quote(condition)}")
            assert status == 200, answer
            found[kind] = [one["id"] for one in answer[kind]]
        return found

    return find


def fields(problem):
    return [error["field"] for error in problem["errors"]]


def ids(answer):
    return answer["account_id"], answer["contact_id"], answer["deal_id"]


def commands(mesh):
    return json.loads(mesh.command("commands", "list", "leads", "--json"))


def convert(mesh, token, lead, body):
    """Converts a lead, asked for again under one key until there is an answer."""
    pause, end = threading.Event(), time.monotonic() + 2 * PATIENCE
    while True:
        status, answer = attempt(
            mesh, "POST", f"/api/v1/leads/{lead['id']}:convert", host=HOST, token=token, body=body,
            headers={"Idempotency-Key": f"convert-{lead['id']}"})
        if status == 200:
            return answer
        assert status in (503, 504) and time.monotonic() < end, answer
        pause.wait(0.02)


def test_a_lead_is_converted_and_its_deal_is_won(call, new_lead, made_of):
    lead = new_lead()
    path = f"leads/{lead['id']}"
    status, found = call(RITA, "GET", f"{path}:conversionCandidates")
    assert status == 200 and found == {"accounts": [], "contacts": []}, found
    deal = {"name": "Chargers", "amount": {"amount_minor": "1250000", "currency": "USD"}}
    assert call(RON, "POST", f"{path}:convert", {"deal": deal})[0] == 403
    status, answer = call(RITA, "POST", f"{path}:convert", {"deal": {"name": "n" * 201}})
    assert status == 400 and fields(answer) == ["deal.name"], answer
    status, answer = call(RITA, "POST", f"{path}:convert", {"deal": deal})
    assert status == 200 and all(ids(answer)), answer
    assert call(RITA, "POST", f"{path}:convert", {})[1] == answer
    account, contact, deal_id = ids(answer)
    assert made_of(lead) == {"accounts": [account], "contacts": [contact], "deals": [deal_id]}

    _, converted = call(RITA, "GET", path)
    assert converted["converted"] and converted["status"] == "converted" and converted["qualified"]
    assert ids(converted) == ids(answer) and converted["conversion_time"]
    for method, to, body in (
            ("PATCH", path, {"city": "Basel"}), ("DELETE", path, None),
            ("POST", f"{path}:recycle", {"reason": "Later"})):
        status, problem = call(OWNER, method, to, body)
        assert status == 400 and "converted" in problem["detail"], problem
    _, history = call(OWNER, "GET", f"{path}/history")
    assert [one["action"] for one in history["entries"] if one["action"] != "update"][0] == "convert"

    _, deal = call(RITA, "GET", f"deals/{deal_id}")
    assert deal["account_id"] == account and deal["owner_id"] == lead["owner_id"]
    for stage in ("qualified", "demo", "proposal", "negotiation"):
        status, deal = call(RITA, "POST", f"deals/{deal_id}:move", {"stage": stage})
        assert status == 200, deal
    status, won = call(
        RITA, "POST", f"deals/{deal_id}:move", {"stage": "closed_won", "win_reason": "best_fit"})
    assert status == 200 and won["status"] == "won", won
    status, problem = call(RITA, "POST", f"{path}:unconvert", {})
    assert status != 200 and "changed" in problem["detail"], problem


def test_the_next_lead_of_a_company_is_compared_with_what_there_is(call, new_lead):
    lead = new_lead()
    account, contact, _ = ids(call(RITA, "POST", f"leads/{lead['id']}:convert", {})[1])
    _, found = call(RON, "POST", "leads:checkDuplicates", {
        "lead": {"email": lead["email"].upper(), "company_name": lead["company_name"].upper()}})
    assert [one["account_id"] for one in found["accounts"]] == [account], found
    assert [one["contact_id"] for one in found["contacts"]] == [contact], found
    assert not found["deals_unanswered"]
    status, other = call(RITA, "POST", "leads", {
        "last_name": "Second", "email": f"second@{lead['company_name']}.example", "status": "qualified",
        "company_name": lead["company_name"].upper()})
    assert status == 200, other
    status, answer = call(RITA, "POST", f"leads/{other['id']}:convert", {})
    assert status == 200 and answer["account_id"] == account and answer["contact_id"] != contact, answer


def test_a_lead_that_is_not_qualified_needs_a_reason_of_who_may_give_one(call):
    name = uuid.uuid4().hex
    _, lead = call(RITA, "POST", "leads", {"last_name": name, "email": f"{name}@example.com"})
    path, reason = f"leads/{lead['id']}:convert", {"override_reason": "They pay"}
    status, problem = call(RITA, "POST", path, reason)
    assert status != 200 and "not qualified" in problem["detail"], problem
    status, problem = call(OWNER, "POST", path, {})
    assert status == 400 and fields(problem) == ["override_reason"], problem
    assert call(OWNER, "POST", path, reason)[0] == 200


def test_a_conversion_is_taken_back_while_nothing_has_changed(call, new_lead, made_of):
    lead = new_lead()
    path = f"leads/{lead['id']}"
    first = call(RITA, "POST", f"{path}:convert", {"deal": {}})[1]
    status, back = call(RITA, "POST", f"{path}:unconvert", {})
    assert status == 200 and back["status"] == "qualified" and not back["converted"], back
    assert made_of(lead) == {"accounts": [], "contacts": [], "deals": []}
    second = call(RITA, "POST", f"{path}:convert", {"deal": {}})[1]
    assert set(ids(first)).isdisjoint(ids(second))


@pytest.mark.parametrize("killed", ["leads", "deals", "gateway"])
def test_a_conversion_goes_on_whichever_process_dies_in_its_middle(mesh, call, new_lead, made_of, killed):
    lead = new_lead()
    _, account = call(RITA, "POST", "accounts", {"name": lead["company_name"]})
    body, token = {"account_id": account["id"], "deal": {}}, mesh.login("stack", RITA, PASSWORD)
    [deals] = mesh.processes("deals")
    hang(deals)
    try:
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            answer = pool.submit(convert, mesh, token, lead, body)
            try:
                wait_until(lambda: commands(mesh), "the conversion is under way")
                [command] = commands(mesh)
                assert (command["kind"], command["step"]) == ("lead.convert", "deals"), command
                wait_until(lambda: mesh.kill(killed), f"{killed} runs")
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(deals, signal.SIGCONT)
            answer = answer.result(2 * PATIENCE)
    finally:
        wait_until(lambda: remarks(mesh) == {}, "all services are ready")
    assert made_of(lead) == {
        "accounts": [answer["account_id"]], "contacts": [answer["contact_id"]],
        "deals": [answer["deal_id"]]}
    wait_until(lambda: commands(mesh) == [], "nothing is left under way")


def test_any_process_may_die_at_any_moment_of_a_conversion(mesh, call, new_lead, made_of):
    token = mesh.login("stack", RITA, PASSWORD)
    for _ in range(KILLS):
        for service in [*SERVICES, "gateway"]:
            leads = [new_lead() for _ in range(4)]
            after = CHANCE.randrange(len(leads))
            with concurrent.futures.ThreadPoolExecutor(len(leads)) as pool:
                answers = [pool.submit(convert, mesh, token, lead, {"deal": {}}) for lead in leads[:after]]
                wait_until(lambda: mesh.kill(service), f"{service} runs")
                answers += [pool.submit(convert, mesh, token, lead, {"deal": {}}) for lead in leads[after:]]
                answers = [answer.result(2 * PATIENCE) for answer in answers]
            wait_until(lambda: remarks(mesh) == {}, "all services are ready")
            for lead, answer in zip(leads, answers):
                assert made_of(lead) == {
                    "accounts": [answer["account_id"]], "contacts": [answer["contact_id"]],
                    "deals": [answer["deal_id"]]}, (service, scale.SEED)
                assert call(RITA, "GET", f"leads/{lead['id']}")[1]["converted"]
    wait_until(lambda: commands(mesh) == [], "nothing is left under way")
