#!/usr/bin/env python3
"""How soon a page stands, and how soon a change by somebody else is to be read on it.

    screen.py [CHANGES]

A browser opens Home and the list of leads ten times each, with nothing in its cache: the time from the visit until the
largest thing is painted. Then it has a list of leads open, and beside it one of them. This process changes the lead's city and job
title CHANGES (200) times, at most 5 a second, by REST. Prints the time from sending each change until its
value is in the page, and fails where fewer than 99 of 100 were seen. Needs Chromium and the Python packages of
the browser tests: .build/venv/bin/python screen.py.
"""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "Tests"))

from playwright.sync_api import sync_playwright

from measure import EMAIL, PASSWORD, start

HOST = "bench.localhost"
PAINTED = """
window.painted = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.painted = entry.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
"""
WATCH = """
window.seen = {};
new MutationObserver(() => {
  const now = performance.timeOrigin + performance.now();
  for (const found of document.querySelector(".panel").innerText.matchAll(/City (\\d+)/g)) {
    window.seen[found[1]] ??= now;
  }
}).observe(document.querySelector(".panel"), {subtree: true, childList: true, characterData: true});
"""


def painted(page, address):
    """The median and the longest time, in milliseconds, of ten visits that find nothing in the cache."""
    network = page.context.new_cdp_session(page)
    times = []
    for _ in range(10):
        network.send("Network.clearBrowserCache")
        page.goto(address)
        page.locator("html[data-live]").wait_for(state="attached")
        page.wait_for_load_state("networkidle")
        times.append(page.evaluate("painted"))
    return sorted(times)[5], max(times)


def main():
    changes = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    mesh, token = start()

    def call(method, path, body):
        status, _, answer = mesh.request(method, path, host=HOST, body=body, token=token)
        assert status < 300, answer
        return answer

    try:
        leads = [call("POST", "/api/v1/leads", {
            "last_name": f"Lead {number}", "email": f"lead{number}@bench.example", "city": "City 0",
        }) for number in range(60)]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage"])
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.add_init_script(PAINTED)
            page.goto(f"http://{HOST}:{mesh.port}/leads?sort=-create_time&open={leads[-1]['id']}")
            page.get_by_label("E-mail").fill(EMAIL)
            page.get_by_label("Password").fill(PASSWORD)
            page.keyboard.press("Enter")
            page.locator("html[data-live]").wait_for(state="attached")
            page.locator(".panel .record-name").wait_for()
            watched = page.url
            for name, path in [("Home", "/"), ("the list of leads", "/leads")]:
                median, longest = painted(page, f"http://{HOST}:{mesh.port}{path}")
                print(f"{name} is painted after: median {median:.0f} ms, longest of ten {longest:.0f} ms")
            page.goto(watched)
            page.locator("html[data-live]").wait_for(state="attached")
            page.locator(".panel .record-name").wait_for()
            page.evaluate(WATCH)
            sent = {}
            for number in range(1, changes + 1):
                sent[str(number)] = time.time() * 1000
                call("PATCH", f"/api/v1/leads/{leads[-1]['id']}?update_mask=city,job_title",
                     {"city": f"City {number}", "job_title": f"Job {number}"})
                page.wait_for_timeout(200)
            page.get_by_text(f"City {changes}").first.wait_for()
            seen = page.evaluate("seen")
            browser.close()
        waited = sorted(seen[number] - at for number, at in sent.items() if number in seen)
        if len(waited) < changes * 0.99:
            sys.exit(f"only {len(waited)} of {changes} changes were seen on the page")
        at = lambda share: waited[min(len(waited) - 1, int(len(waited) * share))]
        print(f"{len(waited)} of {changes} changes were seen on the page: "
              f"median {at(0.5):.0f} ms, p95 {at(0.95):.0f} ms, p99 {at(0.99):.0f} ms")
    finally:
        mesh.stop()


if __name__ == "__main__":
    main()
