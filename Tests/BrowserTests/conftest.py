"""Headless Chromium against a mesh with demo data.

A test fails when a page reports an error on the console or breaks its content security policy.
"""

import json
import mimetypes
import pathlib
import re
import subprocess
import urllib.parse
import urllib.request

import axe_playwright_python
import pytest
from playwright.sync_api import expect, sync_playwright

from mesh import ROOT, Mesh

# What the browser says of an answer of 4xx by itself: a refusal is no fault of the page.
REFUSED = re.compile(r"^Failed to load resource: the server responded with a status of 4\d\d")
SECONDS = 10
DEBUG_BUILD = ROOT / ".build/web-debug"
CHROMIUM = "/usr/bin/chromium"
AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
});
"""

CALL = """
async ([method, path, body]) => {
  const session = await (await fetch("/api/v1/auth:session")).json();
  const headers = {"X-CSRF-Token": session.csrf_token};
  if (body !== null) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, {method, headers, body: body && JSON.stringify(body)});
  return {ok: answer.ok, text: await answer.text()};
}
"""

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
def page(browser, mesh):
    """A fresh browser at acme's host; `page.problems` collects what the console reports."""
    context = browser.new_context(base_url=f"http://acme.localhost:{mesh.port}", locale="en-US")
    context.set_default_timeout(SECONDS * 1000)
    context.add_init_script(REPORT_VIOLATIONS)
    page = context.new_page()
    page.problems = []
    page.on("console", lambda message: is_problem(message) and page.problems.append(message.text))
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    yield page
    problems = list(page.problems)
    context.close()
    assert problems == []


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


@pytest.fixture
def login(page, mesh):
    """Logs in by the screen, as the demo's member of a role."""

    def log_in(role="admin"):
        member = demo_login(mesh, "acme", role)
        page.goto("/")
        page.get_by_label("E-mail").fill(member["email"])
        page.get_by_label("Password").fill(member["password"])
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Leads", level=1)).to_be_visible()
        return member

    return log_in


@pytest.fixture
def api(page):
    """Calls the REST API as the member who is signed in on the page."""

    def call(method, path, body=None):
        answer = page.evaluate(CALL, [method, path, body])
        assert answer["ok"], answer["text"]
        return json.loads(answer["text"] or "{}")

    return call


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

    def check():
        page.evaluate(AXE)
        result = page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG)
        found = [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]
        assert found == []

    return check
