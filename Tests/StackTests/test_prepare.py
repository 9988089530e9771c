"""What `leadmesh database prepare` does to passwords that are in use."""

import shutil
import subprocess

import pytest

from mesh import EXECUTABLES, POSTGRES, ROOT, SERVICES

if POSTGRES:
    import psycopg
    from mesh import postgres

pytestmark = pytest.mark.skipif(not POSTGRES, reason="SQLite has no roles")
KINDS = ["", "_owner", "_system"]


def new_url(name):
    """The administrator's URL of a new database."""
    url = postgres().url
    subprocess.run(["psql", "-q", "-d", url, "-c", f"CREATE DATABASE {name}"], check=True)
    return url.replace("/leadmesh?", f"/{name}?")


def prepare(data, url, *options):
    """Exit code and what is on standard error."""
    done = subprocess.run(
        [EXECUTABLES / "leadmesh", "database", "prepare", "--data", data, "--database", url, *options],
        cwd=ROOT, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stderr


def has_access(data, url):
    """For each role of each service, whether it can log in with what the folder has."""
    name = url.split("/")[3].split("?")[0]

    def logs_in(service, kind):
        try:
            with psycopg.connect(url, user=f"{name}_{service}{kind}",
                                 passfile=str(data / "database" / f"{service}.pgpass")):
                return True
        except psycopg.OperationalError:
            return False

    return {logs_in(service, kind) for service in SERVICES for kind in KINDS}


def test_a_folder_keeps_the_passwords_of_each_database(tmp_path):
    first, second = new_url("prepare_first"), new_url("prepare_second")
    for url in (first, second, first):
        assert prepare(tmp_path / "data", url) == (0, "")
    assert has_access(tmp_path / "data", first) == {True}
    assert has_access(tmp_path / "data", second) == {True}


def test_passwords_that_another_folder_has_are_replaced_only_on_demand(tmp_path):
    url = new_url("prepare_taken")
    old, new = tmp_path / "old", tmp_path / "new"
    assert prepare(old, url) == (0, "")
    code, text = prepare(new, url)
    assert code == 1
    assert "the role prepare_taken_access_owner exists" in text and "--new-passwords" in text
    assert not new.exists()
    assert has_access(old, url) == {True}

    shutil.copytree(old / "database", new / "database")
    assert prepare(new, url) == (0, "")
    assert has_access(old, url) == has_access(new, url) == {True}

    other = tmp_path / "other"
    with psycopg.connect(url, user="prepare_taken_leads", passfile=str(old / "database" / "leads.pgpass")) as open_one:
        assert prepare(other, url, "--new-passwords") == (0, "")
        with pytest.raises(psycopg.OperationalError):
            open_one.execute("SELECT 1")
    assert has_access(other, url) == {True}
    assert has_access(old, url) == {False}


def test_printed_statements_do_not_replace_passwords_either(tmp_path):
    url = new_url("prepare_printed")
    old, new = tmp_path / "old", tmp_path / "new"

    def run_printed(data, *options):
        printed = subprocess.run(
            [EXECUTABLES / "leadmesh", "database", "prepare", "--data", data, "--database", url, "--print", *options],
            cwd=ROOT, capture_output=True, text=True, timeout=60, check=True).stdout
        return subprocess.run(
            ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", url], input=printed, text=True, capture_output=True)

    for _ in range(2):
        assert run_printed(old).returncode == 0
    assert has_access(old, url) == {True}
    done = run_printed(new)
    assert done.returncode != 0 and "exists, and its password is not known" in done.stderr
    assert has_access(old, url) == {True}
    assert run_printed(tmp_path / "other", "--new-passwords").returncode == 0
    assert has_access(old, url) == {False}
