"""Headless Chromium against a mesh with demo data.

A test fails when a page reports an error on the console or breaks its content security policy.
"""

import datetime
import mimetypes
import pathlib
import re
import subprocess
import time
import urllib.parse
import urllib.request
import uuid

import axe_playwright_python
import pytest
from playwright.sync_api import expect, sync_playwright

from mesh import ROOT, Mesh

# What the browser says of an answer of 4xx by itself: a refusal is no fault of the page.
REFUSED = re.compile(r"^Failed to load resource: the server responded with a status of 4\d\d")
SECONDS = 10
# Of each member that a test adds.
PASSWORD = "long enough for this"
DEBUG_BUILD = ROOT / ".build/web-debug"
CHROMIUM = "/usr/bin/chromium"
AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
});
"""
RUN_AXE = """
async only => (await axe.run(document, {runOnly: only, resultTypes: ["violations"]})).violations
"""
# How much moved by itself.
WATCH = """
window.shift = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
FITS = "document.documentElement.scrollWidth <= innerWidth"

expect.set_options(timeout=SECONDS * 1000)


@pytest.fixture(scope="session")
def mesh(tmp_path_factory):
    mesh = Mesh(tmp_path_factory.mktemp("demo") / "data", "demo")
    mesh.wait_for(r"globex\b.*read_only\b")
    yield mesh
    assert mesh.stop() == 0


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser, mesh):
    """Makes pages at acme's host, each in a browser of its own; `problems` is what its console reports."""
    made = []

    def make(**options):
        options = {
            "viewport": {"width": 1440, "height": 900}, "locale": "en-US", "reduced_motion": "reduce",
            **options}
        context = browser.new_context(base_url=f"http://acme.localhost:{mesh.port}", **options)
        context.set_default_timeout(SECONDS * 1000)
        context.add_init_script(REPORT_VIOLATIONS)
        page = context.new_page()
        page.problems = []
        page.on(
            "console", lambda message: is_problem(message) and page.problems.append(message.text))
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        made.append(page)
        return page

    yield make
    problems = [problem for page in made for problem in page.problems]
    for page in made:
        page.context.close()
    assert problems == []


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture(scope="session")
def debug_build():
    subprocess.run(["node", "build.mjs", "--debug"], cwd=ROOT / "Gateway/Web", check=True,
                   stdout=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def policy(mesh):
    """The content security policy of the gateway."""
    page = urllib.request.Request(
        f"http://127.0.0.1:{mesh.port}/", headers={"Host": "acme.localhost"})
    with urllib.request.urlopen(page) as answer:
        return answer.headers["Content-Security-Policy"]


@pytest.fixture
def parts(page, policy, debug_build):
    """/parts from the debug build, under the policy that the gateway gives its own pages."""

    def serve(route):
        path = DEBUG_BUILD / urllib.parse.urlparse(route.request.url).path.lstrip("/")
        file = path if path.is_file() else DEBUG_BUILD / "index.html"
        route.fulfill(
            body=file.read_bytes(),
            headers={"Content-Type": mimetypes.guess_type(file.name)[0] or "text/plain",
                     "Content-Security-Policy": policy})

    page.route("**/*", serve)
    page.goto("/parts")
    expect(page.get_by_role("heading", name="Parts", exact=True)).to_be_visible()
    return page


def is_problem(message):
    return message.type == "error" and not REFUSED.match(message.text)


@pytest.fixture(scope="session")
def sessions():
    """The cookies of each role's session, which the tests that do not end it share, and when it began."""
    return {}


@pytest.fixture
def sign_in(mesh):
    """Signs in by the screen, as the demo's member of a role."""

    def sign_in(page, role):
        member = demo_login(mesh, "acme", role)
        enter(page, member["email"], member["password"])
        return member

    return sign_in


def enter(page, email, password):
    """Sends the form that signs in."""
    form = page.get_by_role("form", name="Sign in to Leadmesh")
    form.get_by_label("E-mail").fill(email)
    form.get_by_label("Password").fill(password)
    form.get_by_role("button", name="Sign in").click()


@pytest.fixture
def login(page, sessions, sign_in):
    """Opens an address as the demo's member of a role, with the session that the role has already."""

    def log_in(role="admin", path="/leads", on=None, fresh=False):
        at = on or page
        # A session is renewed after 15 minutes, and the cookies of one that was renewed by another test end it.
        began, cookies = sessions.get(role, (float("-inf"), []))
        if fresh or time.monotonic() - began > 600:
            at.goto(path)
            sign_in(at, role)
            expect(at.get_by_role("navigation", name="Main")).to_be_visible()
            if not fresh:
                sessions[role] = time.monotonic(), at.context.cookies()
        else:
            at.context.add_cookies(cookies)
            at.goto(path)
        expect(at.get_by_role("heading", level=1)).to_be_visible()
        return at

    return log_in


@pytest.fixture(scope="session")
def api(mesh):
    """Calls the REST API of acme as the demo's member of a role."""
    tokens = {}

    def ask(method, path, body, role):
        if role not in tokens:
            member = demo_login(mesh, "acme", role)
            tokens[role] = mesh.login("acme", member["email"], member["password"])
        return mesh.request(method, path, host="acme.localhost", body=body, token=tokens[role])

    def call(method, path, body=None, role="admin"):
        status, _, answer = ask(method, path, body, role)
        if status == 401:
            # It is good for 15 minutes, and all tests can take longer.
            del tokens[role]
            status, _, answer = ask(method, path, body, role)
        assert status < 300, (method, path, answer)
        return answer

    return call


@pytest.fixture
def new_lead(api):
    """Makes a lead whose name no other one has."""

    def make(role="admin", **values):
        tag = uuid.uuid4().hex[:8]
        values = {"last_name": f"Wanda {tag}", "email": f"wanda.{tag}@example.org", **values}
        return api("POST", "/api/v1/leads", values, role=role)

    return make


@pytest.fixture
def new_deal(api):
    """Makes a deal whose name no other one has: the manager's, who does not see an admin's."""

    def make(role="manager", **values):
        return api("POST", "/api/v1/deals", {"name": f"Deal {uuid.uuid4().hex[:8]}", **values}, role=role)

    return make


@pytest.fixture
def new_pipeline(api):
    """Makes a pipeline that only one test has: New, Demo, Won and Lost."""

    def make(**demo):
        stages = [
            {"display_name": "New", "probability": 10},
            {"display_name": "Demo", "probability": 40, **demo},
            {"display_name": "Won", "kind": "won", "probability": 100},
            {"display_name": "Lost", "kind": "lost"}]
        name = f"Pipeline {uuid.uuid4().hex[:8]}"
        return api("POST", "/api/v1/pipelines", {"display_name": name, "stages": stages})

    return make


@pytest.fixture
def new_task(api, members):
    """Makes a task whose title no other one has, for the rep who signs in."""

    def make(role="rep", **values):
        title = f"Ring {uuid.uuid4().hex[:8]}"
        values = {"title": title, "assignee_ids": [members[role][0]["id"]], **values}
        return api("POST", "/api/v1/tasks", values, role=role)

    return make


@pytest.fixture(scope="session")
def members(api, mesh):
    """The demo's members by role, as the API has them; the one that signs in for the role stands first."""
    found = {}
    for member in api("GET", "/api/v1/members?page_size=100")["members"]:
        if member.get("active"):
            found.setdefault(member["role"], []).append(member)
    for role, those in found.items():
        those.sort(key=lambda each: each["email"] != demo_login(mesh, "acme", role)["email"])
    return found


@pytest.fixture
def new_member(api):
    """Adds a member whose name no other one has."""

    def make(role="rep"):
        tag = uuid.uuid4().hex[:8]
        member = {"display_name": f"Nora {tag}", "email": f"{tag}@acme.example", "role": role}
        return api("POST", "/api/v1/members", {"member": member, "password": PASSWORD})

    return make


@pytest.fixture
def member(new_member, new_page):
    """Adds a member, and opens an address as that member in a browser of their own."""

    def add(role, path="/leads"):
        made, page = new_member(role), new_page()
        page.goto(path)
        enter(page, made["email"], PASSWORD)
        expect(page.get_by_role("navigation", name="Main")).to_be_visible()
        return made, page

    return add


@pytest.fixture
def grid(page):
    """The list of leads."""
    return page.get_by_role("grid", name="Leads")


@pytest.fixture
def filters(page):
    return page.get_by_role("group", name="Filters")


@pytest.fixture
def notices(page):
    return page.get_by_role("status", name="Notices")


def demo_login(mesh, tenant, role):
    """E-mail and password of a role, from the table that `leadmesh demo` prints."""
    for line in mesh.output:
        found = re.search(rf"\b{tenant}\b.*?\b{role}\b.*?(\S+@\S+)\s+(\S+)", line)
        if found:
            return {"email": found[1], "password": found[2]}
    raise AssertionError(f"the demo prints no login of {tenant}'s {role}:\n" + "\n".join(mesh.output))


@pytest.fixture
def accessible(page):
    """Fails when axe finds a violation of WCAG 2.1 AA in what is on screen."""

    def check(rules=None):
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE)
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG}
        found = [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in page.evaluate(RUN_AXE, only)
            for node in violation["nodes"]
        ]
        assert found == []

    return check


@pytest.fixture
def accessible_in_both_schemes(page, accessible):
    """The same in light and in dark, which differ in their colours only."""

    def check():
        page.emulate_media(color_scheme="light")
        expect(page.locator("html")).to_have_attribute("data-theme", "light")
        accessible()
        page.emulate_media(color_scheme="dark")
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        accessible(["color-contrast"])

    return check


def until(page, holds):
    """Waits for something that is not on the page."""
    for _ in range(SECONDS * 10):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"it did not come to hold within {SECONDS} s")


def cells(grid, column):
    """The texts of a column, of the rows that are in the page."""
    return grid.locator(f"[data-row] .cell-{column}").all_inner_texts()


def cell(grid, row, column):
    return grid.locator(f"[data-row='{row}'] .cell-{column}")


def loaded(grid):
    """Waits until the list is as its address says."""
    expect(grid).to_have_attribute("aria-busy", "false")
    expect(grid.locator("[data-row='0'] a")).to_be_visible()
    return grid


def hence(**time):
    """A time from now on, as the API has it."""
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(**time)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def fact(page, label):
    """The button that edits a fact on a record's page."""
    return page.get_by_role("button", name=re.compile(f"^Edit {label}(:|$)"))
