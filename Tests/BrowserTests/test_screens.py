"""What holds on every screen and dialog, in every scheme and width."""

import re

import pytest
from playwright.sync_api import expect

from conftest import FITS, loaded

SCREENS = [
    "/home",
    "/leads",
    "/leads?q=nosuchwordanywhere",
    "/leads?as=board",
    "/leads?status=new,contacted&score=10..90&create_time=this_week&city=-",
    "/imports",
    "/imports/new",
    "/imports/new?of=deal",
    "/settings/members",
    "/settings/workspace",
    "/settings/statuses",
    "/settings/sources",
    "/settings/scoring",
    "/settings/password",
    "/reset#nothing",
    "/nowhere",
]


PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1440, "height": 900}


def settled(page):
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_screen_is_accessible_and_fits(
        page, login, grid, accessible_in_both_schemes, size):
    page.set_viewport_size(size)
    login("admin")
    lead = loaded(grid).locator("[data-row='0'] a").get_attribute("href")
    imported = page.evaluate(
        "fetch('/api/v1/imports?page_size=1').then(answer => answer.json()).then(all => all.imports[0].id)")
    for path in [*SCREENS, f"/imports/{imported}", lead, f"/leads?open={lead.split('/')[-1]}"]:
        page.goto(path)
        settled(page)
        accessible_in_both_schemes()
        assert page.evaluate(FITS), path


def press(page, name, role="button"):
    page.get_by_role(role, name=name).first.click()


DIALOGS = {
    "new lead": ("/leads", ["New lead"]),
    "columns": ("/leads", ["More for this list", ("menuitem", "Choose columns")]),
    "more for the list": ("/leads", ["More for this list"]),
    "views": ("/leads", ["All leads"]),
    "new view": ("/leads", ["All leads", ("menuitem", "Save as a new view")]),
    "fields to filter by": ("/leads", ["Filter"]),
    "score filter": ("/leads", ["Filter", ("option", "Score")]),
    "date filter": ("/leads", ["Filter", ("option", "Created")]),
    "yes or no filter": ("/leads", ["Filter", ("option", "Do not call")]),
    "bulk status": ("/leads", [("checkbox", "Choose all loaded leads"), "Set status"]),
    "bulk owner": ("/leads", ["Assign"]),
    "status filter": ("/leads", ["Status"]),
    "you": ("/leads", ["You:"]),
    "new member": ("/settings/members", ["Add member"]),
    "member": ("/settings/members", [re.compile("^Edit ")]),
    "more for a member": ("/settings/members", [re.compile("^More for ")]),
    "handover": ("/settings/members", [re.compile("^More for "), ("menuitem", "Hand over their work")]),
    "link for a password": (
        "/settings/members", [re.compile("^More for "), ("menuitem", "Make a link to set a password")]),
    "status": ("/settings/statuses", [re.compile("^Edit ")]),
    "new rule": ("/settings/scoring", ["Add rule"]),
    "new rule in CEL": ("/settings/scoring", ["Add rule", "Write the condition in CEL"]),
    "rule": ("/settings/scoring", [re.compile("^Edit ")]),
    "move a card": ("/leads?as=board", [re.compile("^Move .* to…$")]),
}


def test_every_dialog_and_menu_is_accessible_and_fits(page, login, accessible_in_both_schemes):
    login("admin")
    shown = ""
    for name, (path, steps) in DIALOGS.items():
        if path != shown:
            page.goto(path)
            settled(page)
            shown = path
        for step in steps:
            role, label = step if isinstance(step, tuple) else ("button", step)
            press(page, label, role)
        expect(page.locator("dialog[open], [role=menu], .floating").first).to_be_visible()
        accessible_in_both_schemes()
        page.set_viewport_size(PHONE)
        assert page.evaluate(FITS), name
        page.set_viewport_size(WIDE)
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open], [role=menu], .floating")).to_have_count(0)


def test_a_zoom_of_200_percent_breaks_nothing(new_page, login):
    page = login("manager", on=new_page(viewport={"width": 720, "height": 450}, device_scale_factor=2))
    loaded(page.get_by_role("grid", name="Leads"))
    assert page.evaluate(FITS)
    page.get_by_role("grid", name="Leads").locator("[data-row='0'] a").click()
    expect(page.get_by_role("complementary").get_by_role("region", name="Score")).to_be_visible()
    assert page.evaluate(FITS)
