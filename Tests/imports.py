"""Imports as clients make them, by the command and by REST, and files to import."""

import base64
import datetime
import hashlib
import http.client
import io
import json
import pathlib
import subprocess
import threading
import urllib.error
import urllib.request
import zipfile
from xml.sax.saxutils import escape

from load import wait_until
from mesh import EXECUTABLES, ROOT

# The collections of imports by kind of record.
COLLECTIONS = {
    "leads": "imports", "accounts": "record-imports", "contacts": "record-imports",
    "deals": "record-imports", "tasks": "task-imports"}
COUNTS = ("created", "updated", "restored", "unchanged", "refused")
RESTING = {"READY", "PAUSED", "SUCCEEDED", "FAILED", "CANCELLED", "UNDONE"}


def number(entry, name):
    """A count of an answer, where 64 bits are a text and zero may be left out."""
    return int(entry.get(name) or 0)


def counts(entry):
    """What became of the rows: created, updated, restored, unchanged, refused; together they are the rows."""
    found = [number(entry, name) for name in COUNTS]
    assert sum(found) == number(entry, "rows"), "each row ends as exactly one of these"
    return found


def state(entry):
    return entry["state"].rsplit("_STATE_", 1)[1]


# By the command

def by_command(mesh, kind, path, tenant, *options, seconds=120):
    """Runs an import; the exit code, what it printed and what it said on standard error."""
    done = subprocess.run(
        [EXECUTABLES / "leadmesh", "import", kind, str(path), "--tenant", tenant, "--data", mesh.data,
         *options],
        cwd=ROOT, env=mesh.environment, capture_output=True, text=True, timeout=seconds)
    assert done.returncode in (0, 1, 3), done
    return done.returncode, done.stdout, done.stderr


def report(mesh, kind, path, tenant, *options, seconds=120):
    """The report of an import that comes to its end; the exit code says whether rows were refused."""
    code, output, error = by_command(mesh, kind, path, tenant, "--json", *options, seconds=seconds)
    assert code in (0, 3), error
    found = json.loads(output)
    counts(found)
    assert code == (3 if found["refused"] else 0), error
    return found


# By REST

class Client:
    """One member's requests."""

    def __init__(self, mesh, subdomain, token):
        self.mesh, self.host, self.token = mesh, f"{subdomain}.localhost", token

    def call(self, method, path, body=None, key=None):
        """Status and answer."""
        headers = {"Idempotency-Key": key} if key else None
        status, _, answer = self.mesh.request(
            method, f"/api/v1/{path}", host=self.host, token=self.token, body=body, headers=headers)
        return status, answer

    def ask(self, method, path, body=None, key=None):
        """The answer of a request that is granted."""
        status, answer = self.call(method, path, body, key)
        assert status == 200, (method, path, answer)
        return answer

    def get(self, path):
        return self.ask("GET", path)

    def text(self, path):
        """Status and text of a download."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.mesh.port}/api/v1/{path}",
            headers={"Host": self.host, "Authorization": f"Bearer {self.token}"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def all(self, name, query=""):
        """Every record of a list, page by page."""
        records, page = [], ""
        while True:
            answer = self.get(f"{name}?page_size=1000&page_token={page}{query}")
            records += answer[name]
            page = answer["next_page_token"]
            if not page:
                return records

    # Imports

    def send(self, kind, content, name="file.csv", **asked):
        """An import that has its content."""
        if COLLECTIONS[kind] != "imports":
            asked["object"] = kind[:-1]
        made = []

        def is_made():
            status, answer = self.call("POST", COLLECTIONS[kind], {"file_name": name, **asked})
            # A new tenant is heard of within moments.
            assert status in (200, 503), answer
            made.append(answer)
            return status == 200

        wait_until(is_made, "the import is made")
        current = made[-1]
        for offset in range(0, len(content), 1 << 20):
            chunk = content[offset:offset + (1 << 20)]
            current = self.ask("POST", self.path(kind, current, ":append"), {
                "offset": str(offset), "content": base64.b64encode(chunk).decode(),
                "sha256": hashlib.sha256(chunk).hexdigest()})
        return current

    @staticmethod
    def path(kind, entry, end=""):
        return f"{COLLECTIONS[kind]}/{entry['id']}{end}"

    def go(self, kind, entry, action="start"):
        """Starts an import, or has it surveyed, and waits until it rests."""
        self.ask("POST", self.path(kind, entry, f":{action}"), {"size_bytes": entry["received_bytes"]})
        return self.rested(kind, entry)

    def rested(self, kind, entry):
        found = []

        def rests():
            found.append(self.get(self.path(kind, entry)))
            return state(found[-1]) in RESTING

        wait_until(rests, "the import rests")
        counts(found[-1])
        return found[-1]

    def run(self, kind, content, name="file.csv", **asked):
        """An import that has ended, or is ready and asks."""
        if isinstance(content, str):
            content = content.encode()
        return self.go(kind, self.send(kind, content, name, **asked))

    def undo(self, kind, entry):
        self.ask("POST", self.path(kind, entry, ":undo"), {})
        return self.rested(kind, entry)

    def rows(self, kind, entry, refused=True):
        """The rows that were refused, or these and those with a remark, as CSV."""
        status, text = self.text(self.path(kind, entry, f"/rows?refused={str(refused).lower()}"))
        assert status == 200, text
        return text


class Steady(Client):
    """The same, who asks again with the same key until a service that is gone is back."""

    def call(self, method, path, body=None, key=None):
        pause = threading.Event()
        while True:
            try:
                status, answer = super().call(method, path, body, key)
            except (http.client.HTTPException, OSError):
                status, answer = 503, {}
            if status not in (503, 504):
                return status, answer
            pause.wait(0.02)


# Files

def workbook(**sheets):
    """An .xlsx of sheets, each a list of rows of texts, numbers and days."""
    def cell(value):
        if isinstance(value, datetime.date):
            days = (value - datetime.date(1899, 12, 30)).days
            return f'<c s="1"><v>{days}</v></c>'
        if isinstance(value, (int, float)):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'

    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    entries = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                       f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/>'
                         '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>' + "".join(
            f'<sheet name="{escape(name)}" sheetId="{place}" r:id="r{place}"/>'
            for place, name in enumerate(sheets, 1)) + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">' + "".join(
            f'<Relationship Id="r{place}" Type="{relations}/worksheet" '
            f'Target="worksheets/sheet{place}.xml"/>' for place in range(1, len(sheets) + 1))
            + f'<Relationship Id="s" Type="{relations}/styles" Target="styles.xml"/></Relationships>',
    }
    for place, rows in enumerate(sheets.values(), 1):
        body = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
        entries[f"xl/worksheets/sheet{place}.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>')
    return archive({name: text.encode() for name, text in entries.items()})


def archive(entries):
    """A .zip of files by name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in entries.items():
            written.writestr(name, content)
    return file.getvalue()


def written(folder: pathlib.Path, name, content):
    """A file in a folder."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
