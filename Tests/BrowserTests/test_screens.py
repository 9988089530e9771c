"""What holds on every screen, in every scheme and width."""

import pytest
from playwright.sync_api import expect

SCREENS = [
    "/leads",
    "/leads?q=nosuchwordanywhere",
    "/imports",
    "/imports/new",
    "/settings/members",
    "/settings/statuses",
    "/settings/scoring",
    "/nowhere",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["wide", "phone"])
def test_every_screen_is_accessible_and_fits(page, login, accessible, scheme, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    login("admin")
    first = page.get_by_role("grid", name="Leads").locator("[data-row='0'] a")
    lead = first.get_attribute("href")
    for path in [*SCREENS, lead, f"/leads?lead={lead.split('/')[-1]}"]:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        expect(page.get_by_role("heading").first).to_be_visible()
        accessible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_a_session_that_ended_comes_back_to_where_one_was(page, login):
    login("admin")
    page.goto("/settings/scoring")
    expect(page.get_by_role("heading", name="Scoring rules")).to_be_visible()
    page.context.clear_cookies()
    page.get_by_role("link", name="Lead statuses").click()
    expect(page.get_by_text("Your session has ended")).to_be_visible()
    assert page.url.endswith("/settings/statuses")


def test_a_page_that_stands_open_keeps_its_session(page, login):
    page.clock.install()
    login("rep")
    with page.expect_response("**/api/v1/auth:renew") as renewal:
        page.clock.fast_forward("05:01")
    assert renewal.value.ok


def test_the_navigation_can_be_narrowed_and_stays_so(page, login):
    login("admin")
    page.get_by_role("button", name="Narrow navigation").click()
    page.reload()
    expect(page.get_by_role("button", name="Widen navigation")).to_be_visible()
    expect(page.get_by_role("link", name="Imports")).to_be_visible()
