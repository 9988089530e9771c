"""One lead: beside its list and on its page, its score, facts, history and what can be done."""

import re

import pytest
from playwright.sync_api import expect

from conftest import FITS, cell, loaded


def test_the_breakdown_names_the_rules_that_made_the_score(page, login, grid, filters, accessible):
    login("admin", "/leads?band=hot")
    loaded(grid)
    cell(grid, 0, "name").get_by_role("link").click()
    page.get_by_role("link", name="Open full page").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    score = page.get_by_role("region", name="Score")
    number = int(score.locator(".score-number").inner_text())
    assert 51 <= number <= 70
    points = [
        int(text.replace("−", "-"))
        for text in score.get_by_role("list").locator(".score-points").all_inner_texts()
    ]
    assert points == sorted(points, reverse=True)
    assert sum(points) == number
    heading, below = (each.bounding_box()["y"] for each in (page.get_by_role("heading", level=1), score))
    assert 0 < below - heading < 120
    accessible()
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Leads").click()
    expect(filters.get_by_role("button", name="Band is Hot")).to_be_visible()


def test_a_panel_goes_through_the_list_by_keyboard(page, login, grid, accessible):
    login("manager", "/leads?band=warm")
    loaded(grid)
    names = [cell(grid, row, "name").locator("bdi").first.inner_text() for row in range(3)]
    cell(grid, 0, "name").get_by_role("link").click()
    panel = page.get_by_role("complementary")
    expect(panel.get_by_role("heading", name=names[0], level=2)).to_be_visible()
    accessible()
    page.keyboard.press("j")
    expect(panel.get_by_role("heading", name=names[1], level=2)).to_be_visible()
    page.keyboard.press("j")
    expect(panel.get_by_role("heading", name=names[2], level=2)).to_be_visible()
    page.keyboard.press("k")
    expect(panel.get_by_role("heading", name=names[1], level=2)).to_be_visible()
    panel.get_by_role("button", name="Previous lead").click()
    expect(panel.get_by_role("heading", name=names[0], level=2)).to_be_visible()
    expect(panel.get_by_role("button", name="Previous lead")).to_be_disabled()
    panel.get_by_role("link", name="Open full page").click()
    expect(page.get_by_role("heading", name=names[0], level=1)).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name=names[1], level=1)).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("band=warm"))
    expect(panel.get_by_role("heading", level=2).first).to_be_visible()


def test_a_read_only_member_sees_and_cannot_change(page, login, grid, accessible):
    login("read_only")
    expect(page.get_by_role("button", name="New lead")).to_have_count(0)
    loaded(grid)
    cell(grid, 0, "name").get_by_role("link").click()
    panel = page.get_by_role("complementary")
    expect(panel.get_by_role("region", name="Score")).to_be_visible()
    expect(panel.get_by_role("region", name="Timeline")).to_be_visible()
    expect(panel.get_by_role("button", name=re.compile("^Edit |^Delete"))).to_have_count(0)
    expect(panel.get_by_role("combobox")).to_have_count(0)
    accessible()


def test_a_rep_edits_their_own_leads_and_reads_the_others(page, login, new_lead, members, accessible):
    me, other = (members["rep"][each]["id"] for each in (0, 1))
    own, others = new_lead(owner_id=me), new_lead(owner_id=other)
    login("rep", f"/leads/{own['id']}")
    expect(page.get_by_role("button", name=re.compile("^Edit")).first).to_be_visible()
    page.goto(f"/leads/{others['id']}")
    expect(page.get_by_text("This lead belongs to someone else")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Edit"))).to_have_count(0)
    accessible()


def test_what_can_be_done_stands_together_on_top(page, login, new_lead):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lead = new_lead(phone="+16502530000")
    login("manager", f"/leads/{lead['id']}")
    call = page.get_by_role("link", name="Call +1 650 253 0000")
    assert call.get_attribute("href") == "tel:+16502530000"
    mail = page.get_by_role("link", name="Send e-mail")
    assert abs(call.bounding_box()["y"] - mail.bounding_box()["y"]) < 4
    page.get_by_role("button", name="Copy phone number").click()
    expect(page.get_by_role("status", name="Notices")).to_contain_text("Phone number copied")
    assert page.evaluate("navigator.clipboard.readText()") == "+16502530000"
    contact = page.get_by_role("region", name="Contact")
    expect(contact.get_by_role("link", name="+1 650 253 0000")).to_be_visible()


@pytest.mark.parametrize("values", [{"phone": "12"}, {"phone": "+16502530000", "do_not_call": True}])
def test_who_cannot_be_called_is_not_offered_to_be_called(page, login, new_lead, values):
    lead = new_lead(**values)
    login("manager", f"/leads/{lead['id']}")
    expect(page.get_by_role("region", name="Contact")).to_be_visible()
    if len(values) == 1:
        expect(page.get_by_text("This number cannot exist")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Call"))).to_have_count(0)
    expect(page.locator("a[href^='tel:']")).to_have_count(0)


def test_the_history_says_who_changed_what_from_what_to_what(page, login, new_lead, api, members, accessible):
    lead = new_lead(city="Springfield")
    manager = members["manager"][0]
    api("PATCH", f"/api/v1/leads/{lead['id']}?update_mask=city,status",
        {"city": "Shelbyville", "status": "contacted"}, role="manager")
    login("admin", f"/leads/{lead['id']}")
    history = page.get_by_role("region", name="Timeline")
    newest = history.get_by_role("listitem").first
    expect(newest).to_contain_text(f"{manager['display_name']} changed the status")
    expect(newest).to_contain_text(re.compile("City\\s*Springfield.*Shelbyville", re.S))
    expect(newest).to_contain_text(re.compile("Status\\s*New.*Contacted", re.S))
    expect(history.get_by_role("listitem").last).to_contain_text("created it")
    left, right = (page.get_by_role("region", name=name).bounding_box() for name in ("Timeline", "Contact"))
    assert left["x"] + left["width"] <= right["x"]
    accessible()


def test_facts_that_are_filled_come_first_and_the_others_on_request(page, login, new_lead):
    lead = new_lead(city="Springfield")
    login("manager", f"/leads/{lead['id']}")
    expect(page.get_by_role("button", name="Edit City")).to_be_visible()
    expect(page.get_by_role("button", name="Edit Country")).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Show .* empty fields")).click()
    expect(page.get_by_role("button", name="Edit Country")).to_be_visible()
    # Who listens hears what pressing does, and the value.
    expect(page.get_by_role("button", name="Edit City: Springfield", exact=True)).to_have_text("Springfield")
    expect(page.get_by_role("button", name="Edit Country: empty", exact=True)).to_be_visible()
    page.get_by_role("button", name="Hide empty fields").click()
    expect(page.get_by_role("button", name="Edit Country")).to_have_count(0)


def test_a_lead_is_deleted_at_once_and_brought_back_by_its_notice(page, login, new_lead, notices):
    lead = new_lead(company_name="Shortlived")
    name = lead["last_name"]
    login("admin", f"/leads/{lead['id']}")
    page.get_by_label("Status", exact=True).select_option("contacted")
    expect(notices).to_contain_text("Status is Contacted")
    page.get_by_role("button", name="Delete lead").click()
    expect(page.get_by_role("heading", name="Leads", level=1)).to_be_visible()
    expect(notices).to_contain_text("Lead deleted")
    expect(notices).not_to_contain_text("Status is Contacted")
    notices.get_by_role("button", name="Undo").click()
    notices.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    page.get_by_role("button", name="Delete lead").click()
    expect(notices).to_contain_text("Lead deleted")
    page.goto(f"/leads/{lead['id']}")
    expect(page.get_by_role("alert")).to_contain_text("There is no such record")
    expect(page.get_by_role("alert").get_by_role("link", name="Back to Leads")).to_be_visible()
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Leads").click()
    expect(page.get_by_role("grid", name="Leads")).to_be_visible()


def test_a_rep_is_told_before_they_give_a_lead_away(
        page, login, new_lead, members, api, notices, accessible):
    me, other = members["rep"][0], members["rep"][1]
    lead = new_lead(owner_id=me["id"])
    login("rep", f"/leads/{lead['id']}")
    for answer in ("Keep it", f"Give it to {other['display_name']}"):
        page.get_by_role("button", name="Edit Owner").click()
        page.get_by_role("option", name=other["display_name"]).click()
        question = page.get_by_role("dialog", name="Give this lead away?")
        expect(question).to_contain_text(f"give it to {other['display_name']}")
        accessible()
        question.get_by_role("button", name=answer, exact=True).click()
        expect(question).to_have_count(0)
        if answer == "Keep it":
            expect(page.get_by_role("button", name="Edit Owner")).to_contain_text(me["display_name"])
            assert api("GET", f"/api/v1/leads/{lead['id']}")["owner_id"] == me["id"]
    expect(notices).to_contain_text(f"Owner is {other['display_name']}")
    assert api("GET", f"/api/v1/leads/{lead['id']}")["owner_id"] == other["id"]
    expect(page.get_by_role("button", name=re.compile("^Edit"))).to_have_count(0)


def test_only_members_who_can_own_are_offered(page, login, new_lead, members):
    lead = new_lead(owner_id=members["rep"][0]["id"])
    login("manager", f"/leads/{lead['id']}")
    page.get_by_role("button", name="Edit Owner").click()
    expect(page.get_by_role("option", name=members["rep"][1]["display_name"])).to_be_visible()
    for reader in members["read_only"]:
        expect(page.get_by_role("option", name=reader["display_name"])).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Edit Owner")).to_be_focused()


def test_a_long_word_widens_no_page(page, login, new_lead):
    lead = new_lead(last_name="Donaudampfschiff" * 8, company_name="شركة النقل " * 12, city="\u202eruof net")
    login("admin", f"/leads/{lead['id']}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Donaudampfschiff")
    for width in (390, 800, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(FITS), width
        main = page.locator("main")
        assert main.evaluate("each => each.scrollWidth <= each.clientWidth"), width


def test_a_lead_that_repeats_another_says_so(page, login, new_lead):
    first = new_lead()
    again = new_lead(email=first["email"].upper())
    login("manager", f"/leads/{again['id']}")
    note = page.locator(".record-head").get_by_text("Repeats")
    expect(note.get_by_role("link", name=first["last_name"])).to_be_visible()
    region = page.get_by_role("region", name="Duplicates")
    region.get_by_role("link", name=first["last_name"]).click()
    expect(page.get_by_role("heading", name=first["last_name"], level=1)).to_be_visible()
    expect(page.get_by_role("region", name="Duplicates")).to_contain_text("Repeated by")


def test_duplicates_that_cannot_be_loaded_are_asked_for_again(page, login, new_lead):
    first = new_lead()
    new_lead(email=first["email"].upper())
    login("manager")
    repeats = re.compile(r"/api/v1/leads\?.*duplicate_of")
    page.route(repeats, lambda route: route.fulfill(status=500, json={}))
    page.goto(f"/leads/{first['id']}")
    region = page.get_by_role("region", name="Duplicates")
    expect(region.get_by_role("alert")).to_be_visible()
    page.unroute(repeats)
    region.get_by_role("button", name="Try again").click()
    expect(region).to_contain_text("Repeated by")
    page.problems.clear()


def test_a_lead_is_said_to_be_no_duplicate_from_either_page_and_that_is_taken_back(page, login, new_lead):
    first = new_lead()
    again = new_lead(email=first["email"].upper())
    region = page.get_by_role("region", name="Duplicates")
    login("manager", f"/leads/{again['id']}")
    for lead in (again, first):
        page.goto(f"/leads/{lead['id']}")
        region.get_by_role("button", name="Not a duplicate").click()
        expect(region).to_have_count(0)
        page.get_by_role("status", name="Notices").get_by_role("button", name="Undo").click()
        expect(region).to_be_visible()


def test_times_go_on_while_the_page_stands_open(page, login, new_lead):
    page.clock.install()
    lead = new_lead()
    login("manager", f"/leads/{lead['id']}")
    created = page.get_by_role("region", name="Timeline").get_by_role("listitem").last
    expect(created).to_contain_text("just now")
    page.clock.fast_forward("05:00")
    expect(created).to_contain_text(re.compile("[56]m ago"))


def test_where_there_is_no_room_for_both_a_lead_is_a_sheet_over_its_list(page, login, grid):
    page.set_viewport_size({"width": 800, "height": 900})
    login("manager")
    loaded(grid)
    width = grid.bounding_box()["width"]
    cell(grid, 0, "name").get_by_role("link").click()
    panel = page.get_by_role("complementary")
    expect(panel).to_be_focused()
    assert grid.bounding_box()["width"] == width
    box = panel.bounding_box()
    assert box["x"] + box["width"] == 800 and box["x"] < grid.bounding_box()["x"] + width
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(cell(grid, 0, "name").get_by_role("link")).to_be_focused()
