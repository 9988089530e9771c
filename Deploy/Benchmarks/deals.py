#!/usr/bin/env python3
"""Board, list, forecast and moves of a tenant with many deals, at the service.

    deals.py [ROWS [REQUESTS [ENGINE...]]]

Fills a mesh on each ENGINE (sqlite) with an import of a tenth of ROWS (1,000,000) into the tenant `bench`,
and of as many into each of nine others: all of them are in one database. The deals are in a pipeline of ten
stages, in two currencies, and in `bench` of 20 reps. Then one client sends REQUESTS (500) of each kind by
gRPC on the service's socket, in three interleaved rounds, as the owner, who sees every deal, and as a rep,
who sees a twentieth. Prints p50 / p99 in milliseconds beside the bound of p99; the client's own time is in
them: a get of one deal tells how much it is at most. Needs the Python packages of the tests:
.build/venv/bin/python deals.py.
"""

import csv
import datetime
import itertools
import random
import sys

from calls import message, report
from engines import meshes
from load import wait_until
from measure import EMAIL, PASSWORD, caller, folder, run_import

OTHERS = [f"other{number}" for number in range(1, 10)]
REPS = [f"rep{number}@bench.example" for number in range(1, 21)]
ACCOUNTS = 1_000
PIPELINE = "Ten stages"
OPEN = [("S1", 5), ("S2", 10), ("S3", 20), ("S4", 30), ("S5", 45), ("S6", 60), ("S7", 75), ("S8", 90)]
WON, LOST = "Done", "Gone"
# What p99 must not exceed, in milliseconds.
BOUNDS = {"board": 20, "list page": 5, "forecast of a quarter": 100, "move": 5}
SERVICE = "/leadmesh.deals.v1.DealsService/"


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    requests = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    engines = sys.argv[3:] or ["sqlite"]
    with meshes(engines, ["bench", *OTHERS]) as found:
        for engine, mesh in found.items():
            fill(engine, mesh, rows)
        for engine, mesh in found.items():
            measure(engine, mesh, requests)


# What is there


def fill(engine, mesh, rows):
    """Imports accounts and deals into every tenant."""
    for tenant in ["bench", *OTHERS]:
        call = caller(mesh, tenant)
        wait_until(lambda: has_pipeline(mesh, tenant, call.token), "a first pipeline")
        call("POST", "pipelines", {"display_name": PIPELINE, "is_default": True, "stages": [
            *({"display_name": name, "probability": chance} for name, chance in OPEN),
            {"display_name": WON, "kind": "won"}, {"display_name": LOST, "kind": "lost"}]})
        owners = REPS if tenant == "bench" else [EMAIL]
        await_owners(mesh, tenant, owners)
        accounts, deals = write_files(rows // 10, owners)
        run_import(mesh, accounts, tenant, "accounts")
        report, took = run_import(mesh, deals, tenant, "deals")
        if report["refused"]:
            sys.exit(f"{report['refused']} deals were refused")
        print(f"{engine}, {tenant}: {report['created']:,} deals in {took:.1f} s", flush=True)
        for file in (accounts, deals):
            file.unlink()


def has_pipeline(mesh, tenant, token):
    """Whether the service of deals has made what each new tenant has: a pipeline, and reasons with it."""
    status, _, answer = mesh.request(
        "GET", "/api/v1/pipelines", host=f"{tenant}.localhost", token=token)
    return status == 200 and len(answer["pipelines"]) > 0


def await_owners(mesh, tenant, emails):
    """Makes those that are no members yet, and waits until deals can be theirs."""
    call, found = caller(mesh, tenant), {}
    for member in call("GET", "members?page_size=1000")["members"]:
        found[member["email"]] = member["id"]
    for email in emails:
        if email not in found:
            found[email] = call("POST", "members", {
                "member": {"email": email, "display_name": email.split("@")[0], "role": "rep"},
                "password": PASSWORD})["id"]
    # They arrive in the order in which they were made.
    last, made = found[emails[-1]], []

    def arrived():
        status, _, deal = mesh.request(
            "POST", "/api/v1/deals", host=f"{tenant}.localhost", token=call.token,
            body={"name": "Trial", "owner_id": last})
        made.append(deal.get("id"))
        return status == 200

    wait_until(arrived, "members in the service of deals")
    call("DELETE", f"deals/{made[-1]}")


def write_files(rows, owners):
    """Accounts and deals, the same each time but for the dates, which are around today."""
    place, chance, today = folder(), random.Random(1), datetime.date.today()
    accounts, deals = place / "accounts.csv", place / "deals.csv"
    with accounts.open("w", newline="") as out:
        table = csv.writer(out)
        table.writerow(["External Id", "Name"])
        table.writerows([f"a{number}", f"Account {number}"] for number in range(ACCOUNTS))
    with deals.open("w", newline="") as out:
        table = csv.writer(out)
        table.writerow([
            "External Id", "Name", "Account", "Amount", "Pipeline", "Stage", "Start Date",
            "Expected Close Date", "Close Date", "Owner", "Win Reason", "Loss Reason"])
        stages = [name for name, _ in OPEN] + [WON, LOST]
        for number in range(rows):
            stage, closed = stages[number % len(stages)], ""
            start = today - datetime.timedelta(days=chance.randrange(1, 700))
            if stage in (WON, LOST):
                closed = start + datetime.timedelta(days=chance.randrange((today - start).days + 1))
            table.writerow([
                f"d{number}", f"Deal {number} of {chance.choice(['spring', 'autumn', 'summer'])}",
                f"a{chance.randrange(ACCOUNTS)}",
                f"{chance.randrange(1_000, 200_000)} {chance.choice(['USD', 'USD', 'EUR'])}", PIPELINE, stage,
                start, today + datetime.timedelta(days=chance.randrange(-60, 300)), closed,
                chance.choice(owners), "other" if stage == WON else "", "other" if stage == LOST else ""])
    return accounts, deals


# What is asked


def loads(call, who):
    """What is sent again and again, by name: the method and its next request."""
    today = datetime.date.today()
    quarter = f"{today.year}-Q{(today.month + 2) // 3}"
    pipeline = next(
        each for each in call("GET", "pipelines")["pipelines"] if each["display_name"] == PIPELINE)
    keys = [stage["key"] for stage in pipeline["stages"] if stage["kind"] == "open"]
    page = call("GET", "deals?page_size=1000&filter=status%20%3D%3D%20%22open%22" + who)
    ids = [deal["id"] for deal in page["deals"]]
    if not ids:
        sys.exit("there are too few deals")
    chance = random.Random(2)
    always = itertools.repeat
    return {
        "get": (SERVICE + "GetDeal", always(message((1, ids[0])))),
        "board": (SERVICE + "GetDealBoard", always(message((1, pipeline["id"])))),
        "list page": (SERVICE + "ListDeals", always(message((4, 50)))),
        "list page of a stage": (SERVICE + "ListDeals", always(message(
            (1, f'stage == "{keys[3]}"'), (3, "expected_close_date"), (4, 50)))),
        "forecast of a quarter": (SERVICE + "GetDealForecast", always(message((1, quarter), (2, "owner")))),
        "move": (SERVICE + "MoveDeal", (
            message((1, chance.choice(ids)), (2, chance.choice(keys)), (3, chance.randrange(20)))
            for _ in itertools.count())),
    }


def measure(engine, mesh, requests):
    call = caller(mesh, "bench")
    rep = next(each for each in call("GET", "members?page_size=1000")["members"] if each["email"] == REPS[0])
    own = f"%20%26%26%20owner_id%20%3D%3D%20%22{rep['id']}%22"
    people = {"owner": (EMAIL, loads(call, "")), "rep": (REPS[0], loads(call, own))}
    report(engine, mesh, "deals", requests, people, BOUNDS)


main()
