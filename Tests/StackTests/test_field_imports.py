"""Files that people's programs write, through the whole mesh: each case by the command and by REST.

A case says what must hold after its files came in; README.md beside the cases has the meaning of each key.
"""

import csv
import fnmatch
import io
import json
import os
import pathlib
import re

import pytest

from imports import Client, by_command, counts, number, state
from load import wait_until
from mesh import PASSWORD, ROOT, Mesh

# Field data, which are not part of the project.
DATA = (pathlib.Path(os.environ.get("LEADMESH_TEST_DATA", ROOT.parent / "shared" / "data"))
        / "field" / "import")
CASES = json.loads((DATA / "expected.json").read_text()) if DATA.is_dir() else []
# What the README says of cases and `expect` does not: words of a remark on a row, and those that no remark has.
SAID = {
    "02": (["“Record Id” is no id"], []),
    "08a": (["Windows-1252"], []),
    "13": ([], ["“N/A”", "“n/a”", "“-”", "“none”", "“NULL”"]),
    "35": (["not overwritten"], []),
    "37": (["200 characters"], []),
}
# How a column that is imported stands in the command's report: what it says there is no remark.
IMPORTED = re.compile(r"^  .+ = [a-z_.]+( \(.*\))?$")

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"no field data in {DATA}; see LEADMESH_TEST_DATA")


@pytest.fixture(scope="module")
def mesh(tmp_path_factory):
    mesh = Mesh(tmp_path_factory.mktemp("field") / "data")
    yield mesh
    assert mesh.stop() == 0


class Tenant(Client):
    """The owner of a new tenant, and what imports say."""

    def __init__(self, mesh, name, settings):
        self.name = name
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
        super().__init__(mesh, name, mesh.login(name, email, PASSWORD))
        wait_until(lambda: self.entries("lead-statuses") > 0, "the tenant has statuses")
        self.statuses, self.sources = self.entries("lead-statuses"), self.entries("lead-sources")

    def entries(self, kind):
        answer = self.get(f"{kind}?page_size=1000")
        return len(next((value for value in answer.values() if isinstance(value, list)), []))

    def leads(self):
        return self.all("leads", "&order_by=create_time")

    def members(self):
        return {member["email"]: member["id"] for member in self.all("members")}

    # Ways

    def by_command(self, path):
        # Words of the file's name are no remarks.
        plain = self.mesh.data / "in.csv"
        plain.write_bytes(path.read_bytes())
        code, output, error = by_command(self.mesh, "leads", plain, self.name)
        self.report += [
            line for line in (output + error).splitlines() if not IMPORTED.match(line)]
        ended = self.note(self.get("imports?page_size=1")["imports"][0])
        expected = 1 if state(ended) != "SUCCEEDED" else 3 if number(ended, "refused") else 0
        assert code == expected, error

    def by_rest(self, path, suggests):
        content = path.read_bytes()
        asked = {}
        if suggests:
            headings = next(csv.reader(io.StringIO(content.decode())))
            suggestion = self.ask("POST", "imports:suggestMapping", {"columns": headings})
            asked = {name: suggestion[name] for name in ("mapping", "source_system")}
        current = self.run("leads", content, "in.csv", **asked)
        if state(current) == "READY":
            assert current["questions"], "it did not go on without a question"
            status, refused = self.call(
                "POST", self.path("leads", current, ":start"), {"size_bytes": str(len(content))})
            assert status == 400 and refused["errors"], "it starts with an open question"
            for question in current["questions"]:
                self.report.append(json.dumps(question, ensure_ascii=False))
            self.ask("POST", self.path("leads", current, ":cancel"), {})
        self.tell(self.note(current))

    def note(self, entry):
        ended = self.get(self.path("leads", entry))
        page = self.get(self.path("leads", entry, "/refused-rows?page_size=1000"))
        ended["refused_rows"] = refused = page.get("refused_rows", [])
        ended["refused_lines"] = sorted({int(row["line"]) for row in refused})
        assert len(ended["refused_lines"]) == number(ended, "refused"), "each refused row is listed"
        counts(ended)
        self.imports.append(ended)
        return ended

    def tell(self, ended):
        """The report as a client shows it, without what it says of columns that are imported."""
        reading = ended.get("reading") or {}
        for column in reading.get("columns", []):
            if column["group"] != "IMPORT_COLUMN_GROUP_IMPORTED":
                group = column["group"].removeprefix("IMPORT_COLUMN_GROUP_").lower()
                self.report.append(f"{group}: {column['column']}")
            self.report.append(column.get("distrusted", ""))
        self.report += [reading.get("format", ""), *reading.get("remarks", []), ended.get("failure", "")]
        for entry in reading.get("new_values", []) + reading.get("unknown_owners", []):
            self.report.append(json.dumps(entry, ensure_ascii=False))
        for entry in ended.get("remarks", []) + ended.get("row_remarks", []) + ended["refused_rows"]:
            self.report.append(" ".join(f"“{value}”" if name == "value" else str(value)
                                        for name, value in entry.items()))


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


def test_each_file_of_the_37_kinds_has_a_case():
    assert {int(case["id"][:2]) for case in CASES} == set(range(1, 38))
    files = {name for case in CASES for name in case["files"]}
    assert files == {path.name for path in DATA.glob("*.csv")}


@pytest.mark.parametrize("way", ["cli", "rest"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_what_people_export_comes_in_right(mesh, case, way):
    name = f"f{case['id'].lower()}-{way}"
    tenant = Tenant(mesh, name, case["tenant"])
    for step in case.get("steps") or [{"import": file} for file in case["files"]]:
        if step.get("delete_all"):
            for lead in tenant.leads():
                tenant.ask("DELETE", f"leads/{lead['id']}")
        elif way == "cli":
            tenant.by_command(DATA / step["import"])
        else:
            tenant.by_rest(DATA / step["import"], suggests="rest" in case.get("ways", []))
    found = faults(case["expect"], tenant, tenant.leads())
    said, unsaid = SAID.get(case["id"], ([], []))
    found += [f"nothing is said of {word}" for word in said
              if not any(word in line for line in tenant.report)]
    found += [f"something is said of {word}" for word in unsaid
              if any(word in line for line in tenant.report)]
    assert not found, "\n".join(found + ["The report:"] + tenant.report)
