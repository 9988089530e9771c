"""Files that people's programs write, through the whole mesh: each case by the command and by REST.

A case says what must hold after its files came in; README.md beside the cases has the meaning of each key.
"""

import base64
import csv
import fnmatch
import hashlib
import io
import json
import os
import pathlib
import re
import subprocess

import pytest

from load import wait_until
from mesh import EXECUTABLES, PASSWORD, ROOT, Mesh

# Field data, which are not part of the project.
DATA = (pathlib.Path(os.environ.get("LEADMESH_TEST_DATA", ROOT.parent / "shared" / "data"))
        / "field" / "import")
CASES = json.loads((DATA / "expected.json").read_text()) if DATA.is_dir() else []
ENDED = {"IMPORT_STATE_SUCCEEDED", "IMPORT_STATE_FAILED", "IMPORT_STATE_CANCELLED"}

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"no field data in {DATA}; see LEADMESH_TEST_DATA")


@pytest.fixture(scope="module")
def mesh(tmp_path_factory):
    mesh = Mesh(tmp_path_factory.mktemp("field") / "data")
    yield mesh
    assert mesh.stop() == 0


class Tenant:
    """A new tenant, its owner, and what imports say."""

    def __init__(self, mesh, name, settings):
        self.mesh, self.name = mesh, name
        self.report: list[str] = []
        self.imports: list[dict] = []
        email = f"owner@{name}.example"
        secret = mesh.data / f"{name}.password"
        secret.write_text(PASSWORD)
        mesh.command(
            "tenant", "create", "--subdomain", name, "--name", name, "--owner-email", email,
            "--owner-password-file", str(secret), "--region", settings["region"],
            "--currency", settings["currency"])
        for member, role in settings.get("members", {}).items():
            mesh.command(
                "member", "create", "--tenant", name, "--email", member, "--name", member.split("@")[0],
                "--role", role, "--password-file", str(secret))
        self.token = mesh.login(name, email, PASSWORD)
        wait_until(lambda: self.entries("lead-statuses") > 0, "the tenant has statuses")
        self.statuses, self.sources = self.entries("lead-statuses"), self.entries("lead-sources")

    def call(self, method, path, body=None):
        status, _, answer = self.mesh.request(
            method, f"/api/v1/{path}", host=f"{self.name}.localhost", token=self.token, body=body)
        return status, answer

    def get(self, path):
        status, answer = self.call("GET", path)
        assert status == 200, answer
        return answer

    def entries(self, kind):
        return len(next(iter(v for v in self.get(f"{kind}?page_size=1000").values()
                             if isinstance(v, list)), []))

    def leads(self):
        return self.get("leads?page_size=1000&order_by=create_time").get("leads", [])

    def members(self):
        return {member["email"]: member["id"] for member in self.get("members?page_size=1000")["members"]}

    # Ways

    def by_command(self, path):
        done = subprocess.run(
            [EXECUTABLES / "leadmesh", "import", "leads", path, "--tenant", self.name, "--data",
             self.mesh.data],
            cwd=ROOT, env=self.mesh.environment, capture_output=True, text=True, timeout=120)
        assert done.returncode in (0, 1, 3), done.stderr
        self.report += (done.stdout + done.stderr).splitlines()
        newest = self.get("imports?page_size=1")["imports"][0]["id"]
        self.note(newest)
        ended = self.imports[-1]
        expected = 1 if ended["state"] != "IMPORT_STATE_SUCCEEDED" else 3 if number(ended, "refused") else 0
        assert done.returncode == expected, done.stderr

    def by_rest(self, path, suggests):
        content = path.read_bytes()
        wanted = {"file_name": path.name}
        if suggests:
            headings = next(csv.reader(io.StringIO(content.decode())))
            status, suggestion = self.call("POST", "imports:suggestMapping", {"columns": headings})
            assert status == 200, suggestion
            wanted["mapping"] = suggestion["mapping"]
            wanted["source_system"] = suggestion["source_system"]
        made = {}

        def is_made():
            status, answer = self.call("POST", "imports", wanted)
            made.update(answer)
            # A new tenant is heard of within moments.
            assert status in (200, 503), answer
            return status == 200

        wait_until(is_made, "the import is made")
        status, answer = self.call("POST", f"imports/{made['id']}:append", {
            "offset": "0", "content": base64.b64encode(content).decode(),
            "sha256": hashlib.sha256(content).hexdigest()})
        assert status == 200, answer
        status, answer = self.call("POST", f"imports/{made['id']}:start", {"size_bytes": str(len(content))})
        assert status == 200, answer

        def rests():
            current = self.get(f"imports/{made['id']}")
            return current["state"] in ENDED | {"IMPORT_STATE_READY"}

        wait_until(rests, "the import ends")
        current = self.get(f"imports/{made['id']}")
        if current["state"] == "IMPORT_STATE_READY":
            assert current["questions"], "it did not go on without a question"
            assert self.call("POST", f"imports/{made['id']}:start", {"size_bytes": str(len(content))})[0] == 400
            self.report += [json.dumps(question, ensure_ascii=False) for question in current["questions"]]
            self.call("POST", f"imports/{made['id']}:cancel", {})
        self.note(made["id"])
        self.tell()

    def note(self, id):
        ended = self.get(f"imports/{id}")
        refused = self.get(f"imports/{id}/refused-rows?page_size=1000").get("refused_rows", [])
        ended["refused_lines"] = sorted({int(row["line"]) for row in refused})
        ended["refused_rows"] = refused
        self.imports.append(ended)
        done = [number(ended, name) for name in ("created", "updated", "restored", "unchanged", "refused")]
        assert sum(done) == number(ended, "rows"), "each row ends as exactly one of these"

    def tell(self):
        """The report as a client shows it."""
        ended = self.imports[-1]
        reading = ended.get("reading") or {}
        for column in reading.get("columns", []):
            self.report.append(" ".join(str(value) for value in column.values()))
        self.report += reading.get("remarks", []) + [ended.get("failure", "")]
        for entry in reading.get("new_values", []) + reading.get("unknown_owners", []):
            self.report.append(json.dumps(entry, ensure_ascii=False))
        for entry in ended.get("remarks", []) + ended.get("row_remarks", []) + ended["refused_rows"]:
            self.report.append(" ".join(str(value) for value in entry.values()))


def number(entry, name):
    return int(entry.get(name) or 0)


def is_value(actual, expected, found, tenant):
    if isinstance(expected, dict):
        if "of" in expected:
            return actual == found[expected["of"]]["id"]
        if "member" in expected:
            return actual == tenant.members()[expected["member"]]
        if "any_of" in expected:
            return any(is_value(actual, one, found, tenant) for one in expected["any_of"])
        if "not" in expected:
            return not any(is_value(actual, one, found, tenant) for one in expected["not"])
        if "contains" in expected:
            return expected["contains"] in (actual or "")
        if "regex" in expected:
            return re.search(expected["regex"], str(actual or "")) is not None
        if "max" in expected:
            return actual <= expected["max"]
        return isinstance(actual, dict) and all(
            str(actual.get(key) or 0) == str(value) for key, value in expected.items())
    if expected is None:
        return actual in (None, "", 0, "0", False, [])
    if expected is False:
        return not actual
    return actual == expected


def is_lead(lead, expected, found, tenant):
    for key, value in expected.items():
        if key == "any_of":
            if not any(is_lead(lead, one, found, tenant) for one in value):
                return False
        elif key == "remark":
            if not any(all(word in line for word in value) for line in tenant.report):
                return False
        elif "*" in key:
            names = [name for name in lead if fnmatch.fnmatch(name, key)]
            if not any(is_value(lead[name], value, found, tenant) for name in names):
                return False
        elif not is_value(lead.get(key), value, found, tenant):
            return False
    return True


def matched(expected, leads, tenant, found=()):
    """A lead for each entry, all different; None when there are none."""
    if len(found) == len(expected):
        return found
    for lead in leads:
        if lead["id"] not in {one["id"] for one in found} and is_lead(
                lead, expected[len(found)], found, tenant):
            whole = matched(expected, leads, tenant, (*found, lead))
            if whole is not None:
                return whole
    return None


def faults(expect, tenant, leads):
    """What does not hold, in words."""
    def total(name):
        return sum(number(one, name) for one in tenant.imports)

    actual = {
        "created_total": total("created"), "refused": total("refused"), "unchanged": total("unchanged"),
        "rows": total("rows"), "leads_total": len(leads),
        "new_statuses": tenant.entries("lead-statuses") - tenant.statuses,
        "new_sources": tenant.entries("lead-sources") - tenant.sources,
        "source_system": tenant.imports[-1]["source_system"],
        "refused_lines": sum((one["refused_lines"] for one in tenant.imports), []),
    }
    found = []
    for key, value in expect.items():
        if key == "leads":
            if matched(value, leads, tenant) is None:
                alone = [one for one in value if matched([one], leads, tenant) is None]
                found.append(f"no leads like {alone or value} among {leads}")
        elif key == "remarks":
            for words in value:
                words = words if isinstance(words, list) else [words]
                if not any(word in line for word in words for line in tenant.report):
                    found.append(f"nothing is said of {words}")
        elif key == "any_of":
            each = [faults(one, tenant, leads) for one in value]
            if all(each):
                found.append(f"none of: {each}")
        elif not is_value(actual[key], value, [], tenant):
            found.append(f"{key} is {actual[key]}, not {value}")
    return found


@pytest.mark.parametrize("way", ["cli", "rest"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_what_people_export_comes_in_right(mesh, case, way):
    name = f"f{case['id'].lower()}-{way}"
    tenant = Tenant(mesh, name, case["tenant"])
    for step in case.get("steps") or [{"import": file} for file in case["files"]]:
        if step.get("delete_all"):
            for lead in tenant.leads():
                assert tenant.call("DELETE", f"leads/{lead['id']}")[0] == 200
        elif way == "cli":
            tenant.by_command(DATA / step["import"])
        else:
            tenant.by_rest(DATA / step["import"], suggests="rest" in case.get("ways", []))
    found = faults(case["expect"], tenant, tenant.leads())
    assert not found, "\n".join(found + ["The report:"] + tenant.report)
