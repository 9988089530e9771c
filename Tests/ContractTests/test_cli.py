"""The `leadmesh` command against real processes: what it prints, refuses and survives."""

import collections
import json
import os
import select
import signal
import subprocess
import threading

import pytest

import scale
from mesh import EXECUTABLES, PASSWORD, SERVICES, Mesh

PROCESSES = SERVICES + ["gateway"]
KILLS = scale.count(4, long=20)
KILLS_OF_EACH = scale.count(1, long=8)
IMPORTED_ROWS = scale.count(6_000, long=30_000)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    mesh = Mesh(tmp_path_factory.mktemp("cli") / "data")
    mesh.create_tenant("acme", "owner@acme.example", PASSWORD)
    yield mesh
    assert mesh.stop() == 0


def run(mesh, *arguments):
    return subprocess.run(
        [EXECUTABLES / "leadmesh", *arguments, "--data", mesh.data],
        capture_output=True, text=True, timeout=120)


def refusal(mesh, *arguments):
    """Exit code and the one line on standard error of a command that does not work."""
    done = run(mesh, *arguments)
    assert done.stderr.startswith("leadmesh: ") and done.stderr.count("\n") == 1, done
    return done.returncode, done.stderr.removeprefix("leadmesh: ").strip()


def status(mesh):
    return json.loads(run(mesh, "status", "--json").stdout)


def pid(mesh, service):
    return next(one["pid"] for one in status(mesh)["services"] if one["name"] == service)


def imported(mesh, file, *options):
    done = run(mesh, "import", "leads", str(file), "--tenant", "acme", "--json", *options)
    report = json.loads(done.stdout)
    assert done.returncode == (3 if report["refused"] else 0), done
    return report


def counts(report):
    return [report[name] for name in ("created", "duplicates", "unchanged", "refused")]


def test_status_names_every_service_and_the_address(running):
    found = status(running)
    assert found["supervisor_pid"] == running.pid
    assert [(one["name"], one["state"]) for one in found["services"]] == [
        (name, "ready") for name in PROCESSES]
    assert found["url"] == f"http://127.0.0.1:{running.port}"


def test_status_without_a_mesh_exits_with_1(tmp_path):
    done = subprocess.run(
        [EXECUTABLES / "leadmesh", "status", "--json", "--data", tmp_path],
        capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert {one["state"] for one in json.loads(done.stdout)["services"]} == {"down"}


def test_a_second_up_on_the_folder_is_refused_and_changes_nothing(running):
    code, text = refusal(running, "up", "--listen", "127.0.0.1:0")
    assert code == 1 and f"already running in process {running.pid}" in text
    assert status(running)["url"] == f"http://127.0.0.1:{running.port}"


def test_a_folder_whose_data_is_on_one_engine_is_not_started_on_the_other(running, tmp_path):
    url = "postgres://nobody@localhost:1/nothing"
    code, text = refusal(running, "database", "prepare", "--database", url)
    assert code == 1 and "is in SQLite's files" in text
    assert list((running.data / "database").iterdir()) == []

    def up(*options):
        done = subprocess.run(
            [EXECUTABLES / "leadmesh", *options, "--data", tmp_path],
            capture_output=True, text=True, timeout=60)
        return done.returncode, done.stderr

    assert up("database", "prepare", "--print", "--database", url)[0] == 0
    code, text = up("up", "--listen", "127.0.0.1:0")
    assert code == 1 and "belongs to a PostgreSQL database" in text
    assert list(tmp_path.glob("*.db")) == []
    (tmp_path / "leads.db").touch()
    code, text = up("up", "--listen", "127.0.0.1:0", "--database", url)
    assert code == 1 and "is in SQLite's files" in text


def test_a_wrong_command_line_exits_with_64(running):
    assert refusal(running, "tenant", "create", "--name", "X") == (64, "--subdomain is needed")
    assert refusal(running, "tenant", "list", "--al", "x") == (
        64, "--al is not an option of this command")
    assert refusal(running, "up", "--listen", "nowhere")[0] == 64
    assert refusal(running, "frob")[0] == 64


def test_a_refusal_names_the_field_and_its_rule(running):
    secret = running.data / "acme.password"
    code, text = refusal(
        running, "tenant", "create", "--subdomain", "Not A Label", "--name", "X",
        "--owner-email", "o@x.example", "--owner-password-file", str(secret))
    assert code == 1 and "subdomain: " in text
    code, text = refusal(
        running, "member", "create", "--tenant", "acme", "--email", "b@x.example", "--name", "B",
        "--role", "boss", "--password-file", str(secret))
    assert code == 1 and "role: " in text
    assert refusal(running, "import", "leads", "/dev/null", "--tenant", "nobody") == (
        1, "no tenant has the subdomain “nobody”; see leadmesh tenant list")


def test_a_suspended_tenant_is_closed_until_it_is_resumed(running):
    running.create_tenant("closed", "owner@closed.example", PASSWORD)
    states = []
    for command in ("suspend", "resume"):
        run(running, "tenant", command, "closed")
        listed = json.loads(run(running, "tenant", "list", "--json").stdout)["tenants"]
        states.append({one["subdomain"]: one["state"] for one in listed})
    assert [one["closed"] for one in states] == ["suspended", "active"]
    assert {one["acme"] for one in states} == {"active"}


def test_an_import_reports_what_became_of_the_rows_and_repeats_nothing(running, tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text(
        "\ufeffLast Name,Company,Email\r\nA,One,a@one.example\r\nA,One,A@ONE.example\r\nB,,\r\n")
    report = imported(running, file)
    assert counts(report) == [2, 1, 0, 1]
    assert [(row["line"], row["column"]) for row in report["refused_rows"]] == [(4, "Email")]
    assert counts(imported(running, file)) == [0, 0, 2, 1]
    listed = run(running, "import", "refused", report["import_id"], "--tenant", "acme", "--json")
    assert [json.loads(line) for line in listed.stdout.splitlines()] == report["refused_rows"]


def test_a_mapping_overrides_what_is_known(running, tmp_path):
    file = tmp_path / "fremd.csv"
    file.write_text("Nachname;Firma;Mail\nMüller;\"Müller; Söhne\";m@mueller.example\n")
    maps = ["--map", "Nachname=last_name", "--map", "Firma=company_name", "--map", "Mail=email"]
    assert counts(imported(running, file, *maps)) == [1, 0, 0, 0]
    code, text = refusal(
        running, "import", "leads", str(file), "--tenant", "acme", "--map", "Fax=phone")
    assert code == 1 and "“Fax”" in text and "“Nachname”" in text


def test_a_file_that_cannot_be_read_exits_with_1_and_says_why(running, tmp_path):
    file = tmp_path / "strange.csv"
    file.write_text("Alpha,Beta\n1,2\n")
    code, text = refusal(running, "import", "leads", str(file), "--tenant", "acme")
    assert code == 1 and "“Alpha”, “Beta”" in text and "--map" in text
    file.write_bytes(b"%PDF-1.7\n1 0 obj\n")
    code, text = refusal(running, "import", "leads", str(file), "--tenant", "acme")
    assert code == 1 and "a PDF document" in text
    file.write_text("")
    code, text = refusal(running, "import", "leads", str(file), "--tenant", "acme")
    assert code == 1 and "is empty" in text


def test_an_import_outlives_kills_of_the_service(running, tmp_path):
    file = tmp_path / "demo.csv"
    rows = IMPORTED_ROWS
    with file.open("wb") as out:
        subprocess.run(
            [EXECUTABLES / "leadmesh", "demo-data", "--rows", str(rows), "--seed", str(scale.SEED)],
            stdout=out, check=True, timeout=60)
    reports = []
    worker = threading.Thread(
        target=lambda: reports.append(imported(running, file, "--source-system", "killed")))
    worker.start()
    victims = set()
    pause = threading.Event()
    while worker.is_alive() and len(victims) < KILLS:
        victim = pid(running, "leads")
        if victim and victim not in victims:
            os.kill(victim, signal.SIGKILL)
            victims.add(victim)
        pause.wait(0.3)
    worker.join()
    assert len(victims) > 1 and reports
    assert reports[0]["rows"] == rows
    assert reports[0]["created"] + reports[0]["refused"] == rows
    assert reports[0]["unchanged"] == 0
    again = imported(running, file, "--source-system", "killed")
    assert counts(again) == [0, 0, reports[0]["created"], reports[0]["refused"]]


@pytest.mark.parametrize("service", PROCESSES)
def test_a_service_that_dies_is_started_again(running, service):
    pause = threading.Event()
    for _ in range(KILLS_OF_EACH):
        before = pid(running, service)
        os.kill(before, signal.SIGKILL)
        for _ in range(300):
            found = {one["name"]: one for one in status(running)["services"]}[service]
            if found["state"] == "ready" and found["pid"] != before:
                break
            pause.wait(0.05)
        else:
            raise AssertionError(f"{service} is not back: {found}")
    assert status(running)["url"] == f"http://127.0.0.1:{running.port}"


def test_the_services_end_with_the_mesh_that_runs_them(tmp_path):
    mesh = Mesh(tmp_path / "data")
    services = [os.pidfd_open(one["pid"]) for one in status(mesh)["services"]]
    os.kill(mesh.pid, signal.SIGKILL)
    for service in services:
        assert select.select([service], [], [], 20)[0], "a service runs on without its mesh"
        os.close(service)
    assert mesh.stop() == -signal.SIGKILL
    again = Mesh(tmp_path / "data")
    assert again.stop() == 0


def sold(mesh, token):
    """What acme of the demo sells: teams, how many records, and the deals by stage, currency and owner."""
    def get(path):
        status, _, answer = mesh.request("GET", f"/api/v1/{path}", host="acme.localhost", token=token)
        assert status == 200, answer
        return answer

    deals = get("deals?page_size=1000")["deals"]
    boards = {
        pipeline["display_name"]: [
            sum(deal["pipeline_id"] == pipeline["id"] and deal["stage"] == stage["key"] for deal in deals)
            for stage in pipeline["stages"]]
        for pipeline in get("pipelines")["pipelines"]}
    return (
        [team["name"] for team in get("teams")["teams"]],
        {kind: get(f"{kind}?page_size=1")["total_size"] for kind in ("accounts", "contacts", "deals")},
        {run["refused"] for run in get("record-imports")["record_imports"] if not run["validate_only"]},
        boards, {deal["amount"]["currency"] for deal in deals}, len({deal["owner_id"] for deal in deals}),
        len({deal["team_id"] for deal in deals}),
        len({account["team_id"] for account in get("accounts?page_size=1000")["accounts"]}))


def work(mesh, token):
    """What acme of the demo has to do and has done: tasks by status, projects, rules, logged time and activities."""
    def get(path):
        status, _, answer = mesh.request("GET", f"/api/v1/{path}", host="acme.localhost", token=token)
        assert status == 200, answer
        return answer

    tasks = get("tasks?page_size=1000")["tasks"]
    activities = get("activities?page_size=1000")["activities"]
    return (
        collections.Counter(task["status"] for task in tasks),
        {kind: sum(bool(task.get(kind)) for task in tasks)
         for kind in ("rule_id", "parent_id", "project_id", "related", "reminders", "checklist", "recurrence")},
        {kind: len(get(kind.replace("_", "-") + "?page_size=1000")[kind])
         for kind in ("projects", "task_dependencies", "task_rules", "time_logs")},
        collections.Counter(activity["type"] for activity in activities),
        {task["created_by"] for task in tasks} | {activity["created_by"] for activity in activities})


def test_demo_again_changes_nothing_and_prints_the_same(tmp_path):
    outputs, totals = [], []
    for _ in range(2):
        mesh = Mesh(tmp_path / "data", "demo")
        mesh.wait_for(r"read_only.*globex\.example")
        outputs.append([line.replace(str(mesh.port), "PORT") for line in mesh.output])
        token = mesh.login("acme", "olivia.grant@acme.example", "leadmesh-demo")
        leads = mesh.request("GET", "/api/v1/leads?page_size=1", host="acme.localhost", token=token)
        runs = mesh.request("GET", "/api/v1/imports", host="acme.localhost", token=token)
        created = [one["created"] for one in runs[2]["imports"]]
        totals.append((leads[2]["total_size"], created, sold(mesh, token), work(mesh, token)))
        assert mesh.stop() == 0
    assert outputs[0][:16] == outputs[1][:16]
    assert outputs[0][0] == "ready http://127.0.0.1:PORT"
    assert totals[0] == totals[1] and totals[0][1] == ["5000"]
    teams, counts, refused, boards, currencies, owners, *placed = totals[0][2]
    assert teams == ["East Coast", "Key Accounts", "North America", "West Coast"]
    assert counts == {"accounts": 60, "contacts": 120, "deals": 240} and refused == {"0"}
    assert [len(stages) for stages in boards.values()] == [6, 7] and all(
        count > 0 for stages in boards.values() for count in stages), "deals in every stage"
    assert currencies == {"USD", "EUR"} and owners == 4
    assert placed == [4, 4], "deals and accounts are of their owners' teams"
    statuses, parts, others, activities, authors = totals[0][3]
    assert set(statuses) == {"todo", "in_progress", "waiting", "completed", "cancelled"}
    assert 60 <= sum(statuses.values()) <= 130 and min(parts.values()) > 0, parts
    assert min(others.values()) > 1, others
    assert set(activities) == {"call", "email", "meeting", "note"} and sum(activities.values()) > 100
    assert all(author.startswith("member_") for author in authors), "in members' names"
