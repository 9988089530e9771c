"""Photographs the screens of screenshots.json in three widths and both themes, to be looked at.

Usage: screenshots.py [NAME...], with names from that file; all of them without. Needs the debug build
of the web UI (`Gateway/Web/build.sh --debug`). The pictures are .build/screenshots/NAME-WIDTH-THEME.png.

An entry has a name and an address, in which {lead} is the id of a lead, and so on for RECORDS. It
may name controls to `press` first, with "*" for any text, and `keys` to type, a role to sign in `as` (admin
without), the first label of another `host` than acme's, the `widths` that have it, and be `signed_out`, `offline`
or taken `whole`, beyond the window.
"""

import functools
import itertools
import json
import os
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from playwright.sync_api import Error, expect, sync_playwright

from conftest import CHROMIUM, demo_login
from mesh import ROOT, Mesh

# What a name in `press` may be, the first that there is.
CONTROLS = ["tab", "button", "menuitem", "checkbox", "option", "radio", "link"]
WIDTHS = {390: 844, 1024: 768, 1440: 900}
THEMES = ["light", "dark"]
# Those of which an address may name the first.
RECORDS = {"lead": "leads", "task": "tasks", "activity": "activities", "import": "imports", "deal": "deals",
           "account": "accounts", "contact": "contacts"}
OUT = ROOT / ".build/screenshots"
FIRST = """
async records => {
  // A task with parts, steps and time: the newest one, which a rule has made, has none.
  const filter = { tasks: 'title.startsWith("Make the offer")' }[records];
  const found = filter ? `&filter=${encodeURIComponent(filter)}` : "";
  const answer = await fetch(`/api/v1/${records}?page_size=1${found}`);
  return (await answer.json())[records]?.[0]?.id ?? "none";
}
"""


class Traffic:
    """What a page waits for; the stream of events, which never ends, is not among it."""

    def __init__(self, page):
        self.page = page
        self.open = set()
        page.on("request", lambda request: self.is_awaited(request) and self.open.add(request))
        page.on("requestfinished", lambda request: self.open.discard(request))
        page.on("requestfailed", lambda request: self.open.discard(request))

    def is_awaited(self, request):
        return "/api/v1/events" not in request.url

    def settle(self):
        """Waits until nothing was awaited for a moment, and the page is not busy."""
        quiet = 0
        for _ in range(100):
            self.page.wait_for_timeout(50)
            quiet = 0 if self.open else quiet + 1
            if quiet == 3:
                break
        expect(self.page.locator("[aria-busy=true]")).to_have_count(0)


class Photographer:
    """One browser at one mesh, signed in as any of the demo's roles."""

    def __init__(self, browser, mesh):
        self.browser = browser
        self.mesh = mesh
        self.origin = f"http://acme.localhost:{mesh.port}"
        self.cookies = {}
        self.contexts = {}
        self.ids = {}

    def sign_in(self, role):
        """What a signed-in browser of that role keeps."""
        if role not in self.cookies:
            member = demo_login(self.mesh, "acme", role)
            context = self.browser.new_context(base_url=self.origin, locale="en-US")
            page = context.new_page()
            page.goto("/")
            page.get_by_label("E-mail").fill(member["email"])
            page.get_by_label("Password").fill(member["password"])
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("heading", level=1, name="Home").wait_for()
            if role == "admin":
                self.ids = {one: page.evaluate(FIRST, many) for one, many in RECORDS.items()}
            self.cookies[role] = context.storage_state()
            context.close()
        return self.cookies[role]

    def context(self, screen, width, theme):
        """What a screen is opened in: shared by all of one person, host, width and theme."""
        role = None if screen.get("signed_out") else screen.get("as", "admin")
        host = screen.get("host", "acme")
        key = (role, host, width, theme)
        if key not in self.contexts:
            self.contexts[key] = self.browser.new_context(
                base_url=self.origin.replace("acme", host), locale="en-US", color_scheme=theme,
                reduced_motion="reduce", viewport={"width": width, "height": WIDTHS[width]},
                has_touch=width < 768, storage_state=role and self.sign_in(role))
        return self.contexts[key]

    def photograph(self, screen, width, theme):
        context = self.context(screen, width, theme)
        page = context.new_page()
        try:
            traffic = Traffic(page)
            page.goto(screen["address"].format(**self.ids))
            page.get_by_role("heading").first.wait_for()
            traffic.settle()
            context.set_offline(screen.get("offline", False))
            for name in screen.get("press", []):
                press(page, name)
            for key in screen.get("keys", []):
                page.keyboard.press(key)
            traffic.settle()
            page.screenshot(
                path=OUT / f"{screen['name']}-{width}-{theme}.png", full_page=screen.get("whole", False))
        finally:
            context.set_offline(False)
            page.close()


def press(page, name):
    pattern = re.compile("^" + ".*".join(map(re.escape, name.split("*"))) + "$")
    controls = [page.get_by_role(role, name=pattern) for role in CONTROLS]
    expect(functools.reduce(lambda found, each: found.or_(each), controls).first).to_be_visible()
    next(each for each in controls if each.count()).first.click()


def main(names):
    screens = json.loads((pathlib.Path(__file__).parent / "screenshots.json").read_text())
    unknown = set(names) - {screen["name"] for screen in screens}
    if unknown:
        sys.exit(f"screenshots: no screen is named {', '.join(sorted(unknown))}")
    OUT.mkdir(parents=True, exist_ok=True)
    os.environ["LEADMESH_WEB_ROOT"] = str(ROOT / ".build/web-debug")
    failed = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        mesh = Mesh(pathlib.Path(folder) / "data", "demo")
        try:
            mesh.wait_for(r"globex\b.*read_only\b")
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
            photographer = Photographer(browser, mesh)
            chosen = [screen for screen in screens if not names or screen["name"] in names]
            for screen, width, theme in itertools.product(chosen, WIDTHS, THEMES):
                if width not in screen.get("widths", WIDTHS):
                    continue
                try:
                    photographer.photograph(screen, width, theme)
                except (AssertionError, Error) as error:
                    reason = str(error).splitlines()[0]
                    failed.append(f"{screen['name']}-{width}-{theme}: {reason}")
            browser.close()
        finally:
            mesh.stop()
    print(f"screenshots: {len(list(OUT.glob('*.png')))} pictures in {OUT.relative_to(ROOT)}")
    if failed:
        sys.exit("screenshots: not taken:\n" + "\n".join(failed))


if __name__ == "__main__":
    main(sys.argv[1:])
