"""From an account to a deal that is won, over REST: what each role sees, and what is refused."""

import uuid
from urllib.parse import quote

import pytest

from conftest import OWNER, known
from load import wait_until
from mesh import PASSWORD

RITA, RON = "rep1@stack.example", "rep2@stack.example"


@pytest.fixture(scope="module")
def call(mesh):
    """One REST call as a member; the status and the answer."""
    tokens = {}

    def send(who, method, path, body=None, **headers):
        if who not in tokens:
            tokens[who] = mesh.login("stack", who, PASSWORD)
        status, _, answer = mesh.request(
            method, f"/api/v1/{path}", host="stack.localhost", body=body, token=tokens[who], headers=headers)
        return status, answer

    return send


def fields(problem):
    return [error["field"] for error in problem["errors"]]


@pytest.fixture
def deal(call):
    status, account = call(RITA, "POST", "accounts", {"name": f"Acme {uuid.uuid4().hex}"})
    assert status == 200, account
    status, contact = call(RITA, "POST", "contacts", {
        "first_name": "Gary", "last_name": uuid.uuid4().hex,
        "accounts": [{"account_id": account["id"], "role": "champion"}]})
    assert status == 200 and contact["account_id"] == account["id"], contact
    status, deal = call(RITA, "POST", "deals", {
        "name": "Machines", "account_id": account["id"],
        "amount": {"amount_minor": "1250000", "currency": "USD"},
        "contacts": [{"contact_id": contact["id"], "role": "decision_maker"}]})
    assert status == 200, deal
    return deal


def test_a_deal_is_moved_to_its_end_and_opened_again(call, deal):
    _, pipelines = call(RITA, "GET", "pipelines")
    default = next(pipeline for pipeline in pipelines["pipelines"] if pipeline["is_default"])
    assert deal["pipeline_id"] == default["id"] and deal["stage"] == default["stages"][0]["key"]
    assert [stage["kind"] for stage in default["stages"]] == ["open"] * 5 + ["won", "lost"]
    for stage in default["stages"][1:5]:
        status, deal = call(
            RITA, "POST", f"deals/{deal['id']}:move", {"stage": stage["key"], "etag": deal["etag"]})
        assert status == 200 and deal["probability"] == stage["probability"], deal
    status, problem = call(RITA, "POST", f"deals/{deal['id']}:move", {"stage": "closed_won"})
    assert status == 400 and fields(problem) == ["win_reason"]
    status, won = call(
        RITA, "POST", f"deals/{deal['id']}:move",
        {"stage": "closed_won", "win_reason": "price", "etag": deal["etag"]})
    assert status == 200 and won["status"] == "won" and won["close_date"], won
    assert won["weighted_amount"] == {"amount_minor": "1250000", "currency": "USD"}
    status, problem = call(
        RITA, "POST", f"deals/{deal['id']}:move", {"stage": "new", "etag": deal["etag"]})
    assert status == 409, problem
    _, stages = call(RITA, "GET", f"deals/{deal['id']}/stages")
    assert [visit["stage"] for visit in stages["visits"]] == [
        stage["key"] for stage in default["stages"][:6]]
    status, opened = call(RITA, "POST", f"deals/{deal['id']}:reopen", {})
    assert status == 200 and (opened["stage"], opened["win_reason"]) == ("negotiation", ""), opened


def test_a_move_names_where_to_and_an_id_is_whole(call, deal):
    status, problem = call(RITA, "POST", f"deals/{deal['id']}:move", {})
    assert status == 400 and fields(problem) == ["stage"], problem
    status, problem = call(RITA, "POST", "deals", {"name": "Machines", "pipeline_id": "pipeline_nope"})
    assert status == 400, problem
    assert [error["rule"] for error in problem["errors"]] == ["must be an id: pipeline_ and 26 characters"]


def test_a_deal_is_for_its_owner_and_an_account_for_all(call, deal):
    assert call(RON, "GET", f"deals/{deal['id']}")[0] == 404
    assert call(RON, "POST", f"deals/{deal['id']}:move", {"stage": "demo"})[0] == 404
    assert call(OWNER, "GET", f"deals/{deal['id']}")[0] == 200
    assert call(RON, "GET", f"accounts/{deal['account_id']}")[0] == 200
    assert call(RON, "PATCH", f"accounts/{deal['account_id']}", {"industry": "Steel"})[0] == 403
    assert call(OWNER, "DELETE", f"accounts/{deal['account_id']}")[0] in (404, 405)


def test_a_manager_has_the_deals_of_their_teams(call, deal):
    mara = f"{uuid.uuid4().hex}@stack.example"
    status, manager = call(OWNER, "POST", "members", {
        "member": {"email": mara, "display_name": "Mara", "role": "manager"}, "password": PASSWORD})
    assert status == 200, manager
    status, other = call(RON, "POST", "deals", {"name": "Ron's"})
    assert status == 200, other

    def seen():
        return [call(mara, "GET", f"deals/{one['id']}")[0] for one in (deal, other)]

    assert known(lambda: seen() == [404, 404])
    status, team = call(OWNER, "POST", "teams", {
        "name": uuid.uuid4().hex, "manager_id": manager["id"], "member_ids": [deal["owner_id"]]})
    assert status == 200, team
    assert known(lambda: seen() == [200, 404])
    assert call(RON, "PATCH", f"deals/{other['id']}", {"team_id": team["id"]})[0] == 200
    assert seen() == [200, 200]
    assert call(OWNER, "PATCH", f"teams/{team['id']}", {"member_ids": []})[0] == 200
    assert known(lambda: seen() == [404, 200])
    status, problem = call(
        RON, "PATCH", f"deals/{other['id']}", {"team_id": "team_01h455vb4pex5vsknk084sn02q"})
    assert status == 400 and fields(problem) == ["team_id"], problem


@pytest.mark.parametrize("body, field", [
    ({"probability": 101}, "probability"), ({"stage": "nowhere"}, "stage"),
    ({"amount": {"amount_minor": "1", "currency": "XXQ"}}, "amount.currency"),
    ({"amount": {"amount_minor": "-1", "currency": "USD"}}, "amount"),
    ({"pipeline_id": "pipeline_01h455vb4pex5vsknk084sn02q"}, "pipeline_id"),
])
def test_bad_input_names_the_field(call, deal, body, field):
    status, problem = call(RITA, "PATCH", f"deals/{deal['id']}", body)
    assert status == 400 and fields(problem) == [field], problem


def test_an_amount_beyond_64_bits_is_refused(call, deal):
    body = {"amount": {"amount_minor": "9223372036854775808", "currency": "USD"}}
    assert call(RITA, "PATCH", f"deals/{deal['id']}", body)[0] == 400


def test_totals_tell_apart_what_comes_once_each_month_and_each_year(call, deal):
    for kind, minor in ("mrr", "1000"), ("mrr", "500"), ("arr", "30000"):
        status, made = call(RITA, "POST", "deals", {
            "name": kind, "account_id": deal["account_id"], "revenue_type": kind,
            "amount": {"amount_minor": minor, "currency": "USD"}})
        assert status == 200, made
    condition = quote(f'account_id == "{deal["account_id"]}"')
    status, totals = call(
        RITA, "GET", f"deals:aggregate?group_by=revenue_type&sum=amount,annual_amount&filter={condition}")
    assert status == 200, totals
    sums = {
        group["keys"][0]: {sum["field"]: sum["money"]["amount_minor"] for sum in group["sums"]}
        for group in totals["groups"]}
    assert sums == {
        "one_off": {"amount": "1250000"},
        "mrr": {"amount": "1500", "annual_amount": "18000"},
        "arr": {"amount": "30000", "annual_amount": "30000"}}


def test_deals_follow_a_stage_that_goes(call, mesh):
    stages = [
        {"display_name": "Due", "probability": 30}, {"display_name": "Sent", "probability": 60},
        {"display_name": "Won", "kind": "won"}, {"display_name": "Lost", "kind": "lost"}]
    status, pipeline = call(
        OWNER, "POST", "pipelines", {"display_name": uuid.uuid4().hex, "stages": stages})
    assert status == 200, pipeline
    _, deal = call(
        OWNER, "POST", "deals", {"name": "Renew", "pipeline_id": pipeline["id"], "stage": "sent"})
    kept = [stage for stage in pipeline["stages"] if stage["key"] != "sent"]
    path = f"pipelines/{pipeline['id']}:changeStages"
    status, problem = call(OWNER, "POST", path, {"stages": kept})
    assert status == 400 and fields(problem) == ["mapping"]
    status, answer = call(
        OWNER, "POST", path, {"stages": kept, "mapping": [{"from": "sent", "to": "due"}]})
    assert status == 200 and answer["effects"] == [{"stage": "sent", "deals": "1", "to": "due"}]

    def moved():
        now = call(OWNER, "GET", f"deals/{deal['id']}")[1]
        return now["stage"] == "due" and now["probability"] == 30

    wait_until(moved, "the deal follows")
    status, problem = call(OWNER, "POST", f"deals/{deal['id']}:move", {"stage": "sent"})
    assert status == 400 and fields(problem) == ["stage"], problem
    status, problem = call(
        OWNER, "POST", "deals", {"name": "Late", "pipeline_id": pipeline["id"], "stage": "sent"})
    assert status == 400 and fields(problem) == ["stage"], problem


def test_an_accounts_health_follows_its_deals_and_the_rules(call):
    status, account = call(RITA, "POST", "accounts", {"name": f"Health {uuid.uuid4().hex}"})
    assert status == 200, account
    path = f"accounts/{account['id']}"

    def wait_for(score, level):
        def holds():
            now = call(RITA, "GET", path)[1]
            return now.get("health_score") == score and now["health"] == level

        wait_until(holds, f"a health of {score}")

    wait_for(15, "poor")
    reasons = call(RITA, "GET", path)[1]["health_reasons"]
    assert sorted(reason["state"] for reason in reasons) == ["met", "not_measured"] + ["not_met"] * 3
    status, deal = call(RITA, "POST", "deals", {"name": "Machines", "account_id": account["id"]})
    assert status == 200, deal
    wait_for(40, "fair")
    status, won = call(
        RITA, "POST", f"deals/{deal['id']}:move", {"stage": "closed_won", "win_reason": "price"})
    assert status == 200, won
    wait_for(35, "poor")
    status, rule = call(OWNER, "POST", "health-rules", {
        "display_name": uuid.uuid4().hex, "condition": f'name == "{account["name"]}"', "points": 60})
    assert status == 200, rule
    wait_for(95, "good")
    condition = quote(f'id == "{account["id"]}" && health == "good" && won_in_12_months')
    _, found = call(RITA, "GET", f"accounts?filter={condition}")
    assert [each["id"] for each in found["accounts"]] == [account["id"]]
    assert call(OWNER, "DELETE", f"health-rules/{rule['id']}")[0] == 200
    wait_for(35, "poor")
    _, history = call(RITA, "GET", f"{path}/history")
    scores = [
        (change["old"], change["new"]) for entry in history["entries"] for change in entry["changes"]
        if change["field"] == "health_score"]
    assert scores == [("95", "35"), ("35", "95"), ("40", "35"), ("15", "40"), ("", "15")], scores
    assert call(RITA, "GET", path)[1]["etag"] == account["etag"]
    status, problem = call(OWNER, "POST", "health-rules", {
        "display_name": "Bad", "condition": "health_score > 5", "points": 5})
    assert status == 400 and fields(problem) == ["condition"], problem
    assert call(RITA, "POST", "health-rules", {
        "display_name": "Mine", "condition": "true", "points": 5})[0] == 403
