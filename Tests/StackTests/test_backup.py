"""A backup under load, restored elsewhere: the same answers, logins that work, and no old session."""

import concurrent.futures
import contextlib
import json
import os
import pathlib
import re
import shlex
import shutil
import sqlite3
import subprocess
import threading
import uuid

import pytest

import scale
from imports import report
from mesh import EXECUTABLES, PASSWORD, POSTGRES, ROOT, SERVICES, Mesh, new_database

HOST = "acme.localhost"
OWNER = "owner@acme.example"
WRITERS = 4
LEADS_UNDER_LOAD = scale.count(150, long=3_000)


def leadmesh(*arguments):
    return subprocess.run(
        [EXECUTABLES / "leadmesh", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, timeout=300)


def on_postgres(*engines):
    return pytest.param(engines, marks=pytest.mark.skipif(
        not list(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        reason="PostgreSQL is not installed; Deploy/setup.sh --postgres installs it"))


# The engines that the data goes through, each restored from a backup of the one before.
JOURNEYS = [("sqlite", "sqlite"), on_postgres("sqlite", "postgres", "sqlite")]
if POSTGRES:
    JOURNEYS.append(on_postgres("postgres", "postgres"))


@pytest.fixture(scope="module", params=JOURNEYS, ids=" to ".join)
def journey(request):
    return request.param


def database(engine, folder):
    return new_database(folder) if engine == "postgres" else "sqlite"


def documented() -> list[list[str]]:
    """The commands of the page for operators, in their order."""
    page = (ROOT / "docs/operating.md").read_text()
    chapter = page.split("\n## Backup and restore\n")[1].split("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", chapter, re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines()]


class Client:
    """One member's requests."""

    def __init__(self, mesh, email=OWNER):
        self.mesh = mesh
        self.token = mesh.login("acme", email, PASSWORD)

    def ask(self, method, path, body=None):
        status, _, answer = self.mesh.request(
            method, f"/api/v1/{path}", host=HOST, body=body, token=self.token)
        assert status == 200, (path, answer)
        return answer

    def get(self, path):
        return self.ask("GET", path)

    def emails(self):
        """The addresses of all leads."""
        found, page = set(), ""
        while True:
            answer = self.get(f"leads?fields=email&page_size=1000&page_token={page}")
            found |= {lead["email"] for lead in answer["leads"]}
            page = answer["next_page_token"]
            if not page:
                return found


@pytest.fixture(scope="module")
def place(journey, tmp_path_factory):
    return tmp_path_factory.mktemp("backup")


@pytest.fixture(scope="module")
def mesh(journey, place):
    mesh = Mesh(place / "leadmesh", database=database(journey[0], place / "leadmesh"))
    mesh.create_tenant("acme", OWNER, PASSWORD)
    secret = mesh.data / "rep.password"
    secret.write_text(PASSWORD)
    mesh.command("member", "create", "--tenant", "acme", "--email", "rep@acme.example",
                 "--name", "Robin", "--role", "rep", "--password-file", str(secret))
    (mesh.data / "leads.csv").write_text(leadmesh("demo-data", "--rows", 2000).stdout)
    report(mesh, "leads", mesh.data / "leads.csv", "acme")
    yield mesh
    assert mesh.stop() == 0


@pytest.fixture(scope="module")
def owner(mesh):
    return Client(mesh)


def documented_command(name, paths, database="sqlite"):
    """The page's command of that name, with the test's paths and database in the place of its own."""
    words = next(
        words[1:] for words in documented()
        if words[1] == name and ("--database" in words) == (database != "sqlite"))
    assert any(word in paths for word in words)
    return [database if word.startswith("postgres://") else paths.get(word, word) for word in words]


def write_leads(owner, stop, answered, sent):
    while not stop.is_set() and len(answered) < LEADS_UNDER_LOAD * 10:
        email = f"{uuid.uuid4().hex}@load.example"
        sent.add(email)
        owner.ask("POST", "leads", {"last_name": "Load", "email": email})
        answered.add(email)


def test_a_backup_under_load_has_all_that_was_answered_before(journey, mesh, owner, place):
    stop, answered, sent = threading.Event(), set(), set()
    with concurrent.futures.ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(write_leads, owner, stop, answered, sent) for _ in range(WRITERS)]
        while len(answered) < LEADS_UNDER_LOAD:
            stop.wait(0.01)
        before = set(answered)
        done = leadmesh("backup", "--to", place / "busy", "--key-file", place / "busy.key",
                        "--data", mesh.data, "--database", mesh.database, "--json")
        after = set(sent)
        stop.set()
        for writer in writers:
            writer.result()
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["bytes"] == (place / "busy").stat().st_size and report["rows"] > 2000
    for file in ("busy", "busy.key"):
        assert (place / file).stat().st_mode & 0o777 == 0o600
    url = database(journey[1], place / "busy-restored")
    done = leadmesh("restore", place / "busy", "--key-file", place / "busy.key",
                    "--data", place / "busy-restored", "--database", url)
    assert done.returncode == 0, done.stderr
    restored = Mesh(place / "busy-restored", database=url)
    try:
        found = {email for email in Client(restored).emails() if email.endswith("@load.example")}
        assert before <= found <= after
        letters = json.loads(restored.command("status", "--json"))
        assert not any(one.get("dead_letters") for one in letters["services"]), letters
    finally:
        assert restored.stop() == 0


@pytest.fixture(scope="module")
def eventful(mesh, owner):
    """Leaves something of each kind behind; ids of what is compared."""
    listed = owner.get("leads?page_size=3&order_by=create_time")["leads"]
    changed, deleted = listed[0]["id"], listed[1]["id"]
    owner.ask("PATCH", f"leads/{changed}?update_mask=job_title",
              {"job_title": "Zoë \U0001F680 'quoted'"})
    owner.ask("DELETE", f"leads/{deleted}")
    owner.ask("PATCH", "tenant?update_mask=display_name", {"display_name": "Acme, restored"})
    owner.ask("POST", "scoring-rules", {
        "display_name": "Known", "condition": "email != ''", "points": 7, "active": True})
    owner.ask("POST", "saved-views", {"name": "Mine", "object": "lead"})
    operation = owner.ask("POST", "leads:batchUpdate", {
        "ids": [listed[2]["id"]], "lead": {"industry": "Mining"}, "update_mask": "industry"})
    while not owner.get(f"operations/{operation['id']}").get("end_time"):
        threading.Event().wait(0.05)
    while owner.get("rescoring").get("running"):
        threading.Event().wait(0.05)
    imported = owner.get("imports")["imports"][0]["id"]
    return {"changed": changed, "deleted": deleted, "operation": operation["id"], "import": imported}


@pytest.fixture(scope="module")
def questions(owner, eventful):
    """Requests whose answers must not change."""
    paths = [
        "leads", "leads?page_size=1000", "leads?order_by=last_name&page_size=50&from_end=true",
        "leads?query=smith", "leads?filter=score%20%3E%2020&order_by=score%20desc",
        f"leads/{eventful['changed']}", f"leads/{eventful['changed']}/history",
        f"leads/{eventful['deleted']}/history", "leads:aggregate?group_by=status",
        "lead-statuses", "lead-sources", "scoring-rules", "saved-views", "members", "tenant",
        "imports", f"imports/{eventful['import']}", f"imports/{eventful['import']}/refused-rows",
        f"operations/{eventful['operation']}", f"operations/{eventful['operation']}/results",
        "objects/lead:describe", "rescoring",
    ]
    return {path: owner.get(path) for path in paths}


def move(mesh, engine, place, name):
    """The mesh that the page's commands make of a backup of another one."""
    folder = place / name
    paths = {"/srv/leadmesh": mesh.data, "/srv/restored": folder,
             "/srv/backups/monday": place / f"{name}.backup", "/srv/keys/backup.key": place / "key"}
    is_new = not (place / "key").exists()
    done = leadmesh(*documented_command("backup", paths, mesh.database))
    assert done.returncode == 0, done.stderr
    assert ("made the key" in done.stdout) == is_new
    url = database(engine, folder)
    done = leadmesh(*documented_command("restore", paths, url))
    assert done.returncode == 0, done.stderr
    assert folder in documented_command("up", paths)
    assert folder.stat().st_mode & 0o777 == 0o700
    if engine == "sqlite":
        assert {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()} == {
            f"{service}.db": 0o600 for service in SERVICES}
    return Mesh(folder, database=url)


def compare(mesh, questions):
    owner = Client(mesh)
    for path, answer in questions.items():
        assert owner.get(path) == answer, path


@pytest.fixture(scope="module")
def restored(journey, mesh, place, questions):
    """The last mesh of the journey."""
    restored = move(mesh, journey[1], place, "first")
    for engine in journey[2:]:
        compare(restored, questions)
        assert restored.stop() == 0
        restored = move(restored, engine, place, "second")
    yield restored
    assert restored.stop() == 0


def test_the_same_requests_get_the_same_answers(restored, questions):
    compare(restored, questions)
    assert Client(restored, "rep@acme.example").get("leads?page_size=1")["leads"] is not None


def test_what_was_deleted_can_be_brought_back(restored, eventful):
    lead = Client(restored).ask("POST", f"leads/{eventful['deleted']}:undelete", {})
    assert lead["id"] == eventful["deleted"]


def test_an_operation_can_be_undone(restored, eventful):
    owner, operation = Client(restored), eventful["operation"]
    owner.ask("POST", f"operations/{operation}:undo", {})
    while owner.get(f"operations/{operation}")["state"] != "OPERATION_STATE_UNDONE":
        threading.Event().wait(0.05)
    assert owner.get(f"operations/{operation}")["undone"] == "1"


def test_the_same_file_creates_nothing_again(mesh, restored):
    again = report(restored, "leads", mesh.data / "leads.csv", "acme")
    assert again["created"] == 0 and again["unchanged"] >= 1990


def test_no_session_goes_on(mesh, restored, owner):
    status, _, _ = mesh.request("GET", "/api/v1/leads", host=HOST, token=owner.token)
    assert status == 200
    status, _, _ = restored.request("GET", "/api/v1/leads", host=HOST, token=owner.token)
    assert status == 401


def test_the_log_goes_on_where_it_was(restored):
    owner = Client(restored)
    lead = owner.ask("POST", "leads", {"last_name": "After", "email": "after@acme.example"})
    assert lead["score"] and lead["status"], "settings and rules are in use"
    history = owner.get(f"leads/{lead['id']}/history")
    assert [entry["action"] for entry in history["entries"]][-1] == "create"
    assert "after@acme.example" in Client(restored).emails()


def refusal(*arguments):
    done = leadmesh(*arguments)
    assert done.stderr.startswith("leadmesh: "), done
    return done.returncode, done.stderr.strip()


def test_what_does_not_fit_is_refused_and_leaves_nothing(restored, place, tmp_path):
    backup, key = place / "first.backup", place / "key"
    target = tmp_path / "new"

    def nothing_is_left():
        return os.listdir(tmp_path) == []

    code, text = refusal("restore", backup, "--key-file", key, "--data", restored.data)
    assert code == 1 and "is running in process" in text
    code, text = refusal("restore", backup, "--key-file", key, "--data", place)
    assert code == 1 and "is not empty" in text
    if restored.database != "sqlite":
        shutil.copytree(restored.data / "database", place / "other/database")
        code, text = refusal("restore", backup, "--key-file", key, "--data", place / "other",
                             "--database", restored.database)
        assert code == 1 and "is not empty" in text

    whole = backup.read_bytes()
    broken = place / "broken"
    for content in (whole[:-1], whole[: len(whole) // 2], whole[:10], b"", whole + b"x",
                    whole[:70] + bytes([whole[70] ^ 1]) + whole[71:],
                    whole[:-40] + bytes([whole[-40] ^ 1]) + whole[-39:]):
        broken.write_bytes(content)
        code, text = refusal("restore", broken, "--key-file", key, "--data", target)
        assert code == 1 and "cannot be read" in text
        assert nothing_is_left()

    other = place / "other.key"
    other.write_text("ab" * 32)
    other.chmod(0o600)
    code, text = refusal("restore", backup, "--key-file", other, "--data", target)
    assert code == 1 and "the key is not the one" in text and nothing_is_left()
    other.chmod(0o644)
    assert "chmod 600" in refusal("restore", backup, "--key-file", other, "--data", target)[1]
    code, text = refusal("restore", place / "nothing", "--key-file", key, "--data", target)
    assert code == 1 and "No such file" in text and nothing_is_left()

    assert refusal("backup", "--to", backup, "--key-file", key, "--data", restored.data)[0] == 1
    assert backup.read_bytes() == whole
    code, text = refusal("backup", "--to", tmp_path / "b", "--key-file", tmp_path / "k",
                         "--data", tmp_path / "missing")
    assert code == 1 and nothing_is_left(), text
    assert refusal("backup", "--key-file", key)[0] == 64
    assert refusal("restore", "--key-file", key)[0] == 64


def test_a_backup_of_a_newer_release_is_refused(restored, place, tmp_path):
    key, newer = place / "key", place / "newer"
    assert leadmesh("restore", place / "first.backup", "--key-file", key, "--data", newer).returncode == 0
    with contextlib.closing(sqlite3.connect(newer / "leads.db")) as database, database:
        database.execute(
            "INSERT INTO mesh_migrations SELECT max(number) + 1, 'm9999_later', x'00', 0 "
            "FROM mesh_migrations")
    done = leadmesh("backup", "--to", place / "newer.backup", "--key-file", key, "--data", newer)
    assert done.returncode == 0, done.stderr
    done = leadmesh("restore", place / "newer.backup", "--key-file", key, "--data", tmp_path / "new")
    assert done.returncode == 1 and "newer release" in done.stderr, done
    assert "m9999_later" in done.stderr and os.listdir(tmp_path) == []


def test_a_service_that_is_not_there_makes_nothing(place, tmp_path):
    """The executables of a release that lacks one."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("leadmesh", *(f"leadmesh-{service}" for service in SERVICES if service != "leads")):
        shutil.copy2(EXECUTABLES / name, programs / name)
    done = subprocess.run(
        [programs / "leadmesh", "restore", place / "first.backup", "--key-file", place / "key",
         "--data", tmp_path / "new"],
        capture_output=True, text=True, timeout=300)
    assert done.returncode == 1 and "leadmesh-leads" in done.stderr
    assert sorted(os.listdir(tmp_path)) == ["bin"]


def test_what_a_killed_backup_left_is_removed_by_the_next(restored, place, tmp_path):
    data, key = tmp_path / "data", place / "key"
    done = leadmesh("restore", place / "first.backup", "--key-file", key, "--data", data)
    assert done.returncode == 0, done.stderr
    part = tmp_path / "monday.part"
    with contextlib.closing(sqlite3.connect(data / "leads.db", isolation_level=None)) as writer:
        # It waits for a moment without writes.
        writer.execute("BEGIN IMMEDIATE")
        backup = subprocess.Popen(
            [EXECUTABLES / "leadmesh", "backup", "--to", tmp_path / "monday", "--key-file", key,
             "--data", data])
        while not (part.exists() and part.stat().st_size):
            assert backup.poll() is None
        other = leadmesh("backup", "--to", tmp_path / "monday", "--key-file", key, "--data", data)
        assert other.returncode == 1 and "another process writes it" in other.stderr, other
        backup.kill()
        backup.wait()
    done = leadmesh("backup", "--to", tmp_path / "tuesday", "--key-file", key, "--data", data)
    assert done.returncode == 0, done.stderr
    assert f"removed {part}, which a backup that was killed had left" in done.stderr
    assert sorted(os.listdir(tmp_path)) == ["data", "tuesday"]


def test_what_a_killed_restore_left_is_removed_by_the_next(restored, place, tmp_path):
    programs, new = tmp_path / "bin", tmp_path / "new"
    programs.mkdir()
    for name in ("leadmesh", *(f"leadmesh-{service}" for service in SERVICES)):
        shutil.copy2(EXECUTABLES / name, programs / name)
    restore = [programs / "leadmesh", "restore", place / "first.backup", "--key-file", place / "key",
               "--data", new]
    # A service that kills the restore which has it make its tables.
    (programs / "leadmesh-leads").write_text("#!/bin/sh\nkill -9 $PPID\n")
    done = subprocess.run(restore, capture_output=True, text=True, timeout=300)
    assert done.returncode == -9, done
    [left] = set(os.listdir(tmp_path)) - {"bin"}
    assert left.startswith("new.restoring-")

    shutil.copy2(EXECUTABLES / "leadmesh-leads", programs / "leadmesh-leads")
    done = subprocess.run(restore, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert f"removed {tmp_path / left}, which a restore that was killed had left" in done.stderr
    assert sorted(os.listdir(tmp_path)) == ["bin", "new"]
