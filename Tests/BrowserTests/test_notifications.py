"""Notifications: the bell and its count, their page, what is muted, and what comes while one reads."""

import re

import pytest
from playwright.sync_api import expect

from conftest import FITS, PASSWORD, until

ASSIGNED = "A lead was assigned to you"
LIST = re.compile(r"/api/v1/notifications\?")


@pytest.fixture
def rep(member):
    """A rep whom nobody has told anything, in a browser of their own that hears of what others do."""
    made, at = member("rep")
    expect(at.locator("html[data-live]")).to_be_attached()
    expect(bell(at)).to_be_visible()
    return made, at


@pytest.fixture
def tell(rep, new_lead):
    """Gives the rep a lead of their own."""

    def give(role="admin"):
        return new_lead(role=role, owner_id=rep[0]["id"])

    return give


@pytest.fixture
def as_rep(rep, mesh):
    """Calls the REST API as the rep."""
    token = mesh.login("acme", rep[0]["email"], PASSWORD)

    def call(method, path, body=None):
        status, _, answer = mesh.request(method, path, host="acme.localhost", body=body, token=token)
        assert status < 300, answer
        return answer

    return call


def bell(page):
    return page.locator("button.bell")


def unread(page, count):
    """Waits until the bell has a count."""
    nouns = "notification" if count == 1 else "notifications"
    name = f"{count} unread {nouns}" if count else "Notifications"
    expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()


def latest(page):
    """What the bell has opened."""
    return page.get_by_role("group", name="Notifications")


def open_bell(page):
    bell(page).click()
    expect(latest(page).get_by_role("heading", name="Notifications", exact=True)).to_be_visible()
    return latest(page)


def row(within, lead):
    return within.get_by_role("listitem").filter(has=within.page.get_by_role("link", name=lead["last_name"]))


def standing(as_rep, lead):
    """How the notification about a lead stands."""
    found = as_rep("GET", "/api/v1/notifications?page_size=100")["notifications"]
    return next(each["state"] for each in found if each.get("record") == lead["id"])


def test_a_lead_that_one_gives_to_another_is_on_their_bell_at_once_and_read_by_opening_it(
        page, login, rep, new_lead, as_rep, members):
    made, at = rep
    # A lead without an owner would be given to a rep by itself.
    lead = new_lead(owner_id=members["manager"][0]["id"])
    unread(at, 0)
    at.evaluate("window.stays = true")
    login("owner", f"/leads/{lead['id']}")
    page.get_by_role("button", name=re.compile("^Edit Owner")).click()
    choice = page.get_by_role("combobox", name="Owner", exact=True)
    choice.fill(made["display_name"])
    page.get_by_role("option", name=re.compile(made["display_name"])).click()
    unread(at, 1)
    expect(at.get_by_role("status", name="New notifications")).to_have_text(f"{ASSIGNED}. 1 unread notification.")
    told = row(open_bell(at), lead)
    expect(told).to_contain_text(f"Unread: {ASSIGNED}")
    expect(told).to_contain_text("Olivia Grant")
    expect(told).to_contain_text("just now")
    told.get_by_role("link", name=lead["last_name"]).click()
    expect(at.get_by_role("heading", level=1, name=lead["last_name"])).to_be_visible()
    expect(latest(at)).to_have_count(0)
    unread(at, 0)
    assert standing(as_rep, lead) == "read"
    assert at.evaluate("window.stays")
    expect(row(open_bell(at), lead)).not_to_contain_text("Unread")


def test_one_is_archived_and_taken_back_as_it_was(rep, tell, as_rep):
    _, at = rep
    first, second = tell(), tell()
    unread(at, 2)
    shown = open_bell(at)
    row(shown, second).get_by_role("button", name="Archive").click()
    expect(row(shown, second)).to_have_count(0)
    expect(row(shown, first)).to_be_visible()
    unread(at, 1)
    assert standing(as_rep, second) == "archived"
    at.get_by_role("status", name="Notices").get_by_role("button", name="Undo").click()
    unread(at, 2)
    assert standing(as_rep, second) == "unread"
    at.goto("/notifications")
    row(at.get_by_role("main"), first).get_by_role("button", name="Archive").click()
    at.get_by_role("radio", name="Archived").check(force=True)
    archived = row(at.get_by_role("main"), first)
    archived.get_by_role("button", name="Take back from the archive").click()
    expect(at.get_by_role("heading", name="Nothing archived").or_(archived)).to_have_count(0)
    at.get_by_role("radio", name="All").check(force=True)
    expect(row(at.get_by_role("main"), first)).not_to_contain_text("Unread")


def test_who_mutes_a_kind_is_told_no_more_of_it_until_they_unmute_it(rep, tell, as_rep, new_lead):
    made, at = rep
    lead = tell()
    unread(at, 1)
    row(open_bell(at), lead).get_by_role("button", name="More for").click()
    at.get_by_role("menuitem", name="Mute “Lead assigned”").click()
    expect(at.get_by_text("Muted: Lead assigned")).to_be_visible()
    muted = tell()
    # What comes after it has come.
    task = as_rep("GET", "/api/v1/mutes")["mutes"]
    assert [each["kind"] for each in task] == ["lead_assigned"]
    at.goto("/settings/muted")
    table = at.get_by_role("region", name="Muted notifications")
    expect(table.get_by_role("row").nth(1)).to_contain_text("Lead assigned")
    expect(table.get_by_role("row").nth(1)).to_contain_text("All records")
    at.get_by_role("button", name="Unmute Lead assigned").click()
    expect(at.get_by_role("heading", name="Nothing is muted")).to_be_visible()
    notices = at.get_by_role("status", name="Notices")
    notices.get_by_role("button", name="Undo").click()
    at.get_by_role("button", name="Unmute Lead assigned").click()
    expect(at.get_by_role("heading", name="Nothing is muted")).to_be_visible()
    heard = tell()
    unread(at, 2)
    found = {each["record"] for each in as_rep("GET", "/api/v1/notifications?page_size=100")["notifications"]}
    assert found == {lead["id"], heard["id"]} and muted["id"] not in found


def test_a_record_is_muted_by_its_name(rep, tell, as_rep, api):
    made, at = rep
    lead, other = tell(), tell()
    unread(at, 2)
    row(open_bell(at), lead).get_by_role("button", name="More for").click()
    at.get_by_role("menuitem", name=f"Mute {lead['last_name']}", exact=True).click()
    until(at, lambda: [each["record"] for each in as_rep("GET", "/api/v1/mutes")["mutes"]] == [lead["id"]])
    at.goto("/settings/muted")
    expect(at.get_by_role("link", name=lead["last_name"])).to_be_visible()
    expect(at.get_by_role("button", name=f"Unmute {lead['last_name']}")).to_be_visible()


def test_what_is_read_in_one_tab_is_read_in_the_others(rep, tell):
    _, at = rep
    first, second, third = tell(), tell(), tell()
    unread(at, 3)
    other = at.context.new_page()
    other.goto("/notifications")
    unread(other, 3)
    shown = other.get_by_role("main")
    expect(row(shown, second)).to_contain_text("Unread")
    row(open_bell(at), second).get_by_role("button", name="Mark as read").click()
    unread(at, 2)
    unread(other, 2)
    expect(row(shown, second)).not_to_contain_text("Unread")
    row(shown, second).get_by_role("button", name="Mark as unread").click()
    unread(at, 3)
    expect(row(latest(at), second)).to_contain_text("Unread")
    other.get_by_role("button", name="Mark all as read").click()
    expect(other.get_by_text("3 notifications marked as read")).to_be_visible()
    unread(other, 0)
    unread(at, 0)
    for each in (first, second, third):
        expect(row(latest(at), each)).not_to_contain_text("Unread")


def test_what_comes_while_one_reads_moves_nothing_until_it_is_asked_for(rep, tell):
    _, at = rep
    first = tell()
    unread(at, 1)
    shown = open_bell(at)
    second = tell()
    # Nobody is at a row: it stands on top at once.
    expect(shown.get_by_role("listitem").first).to_contain_text(second["last_name"])
    row(shown, first).hover()
    place = row(shown, first).bounding_box()
    third = tell()
    expect(shown.get_by_role("button", name="Show 1 new one")).to_be_visible()
    unread(at, 3)
    assert row(shown, first).bounding_box() == place
    expect(row(shown, third)).to_have_count(0)
    shown.get_by_role("button", name="Show 1 new one").click()
    expect(shown.get_by_role("listitem").first).to_contain_text(third["last_name"])
    expect(shown.get_by_role("button", name="Show 1 new one")).to_have_count(0)


def test_the_bell_is_used_by_keys(rep, tell):
    _, at = rep
    first, second = tell(), tell()
    unread(at, 2)
    bell(at).focus()
    at.keyboard.press("Enter")
    shown = latest(at)
    expect(shown.get_by_role("button", name="Mark all as read")).to_be_focused()
    expect(row(shown, second)).to_be_visible()
    at.keyboard.press("Tab")
    expect(row(shown, second).get_by_role("link")).to_be_focused()
    row(shown, second).get_by_role("button", name="Archive").focus()
    at.keyboard.press("Enter")
    expect(row(shown, first).get_by_role("link")).to_be_focused()
    row(shown, first).get_by_role("button", name="Archive").focus()
    at.keyboard.press("Enter")
    expect(row(shown, first)).to_have_count(0)
    at.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    expect(bell(at)).to_be_focused()
    unread(at, 0)
    expect(open_bell(at).get_by_role("heading", name="No notifications")).to_be_visible()


def test_the_page_has_what_its_address_says(page, login, accessible_in_both_schemes):
    login("rep", "/notifications")
    shown = page.get_by_role("main").get_by_role("list", name="notifications").get_by_role("listitem")
    expect(shown.first).to_be_visible()
    accessible_in_both_schemes()
    page.get_by_role("radio", name="Unread").check(force=True)
    expect(page).to_have_url(re.compile("state=unread"))
    filters = page.get_by_role("group", name="Filters")
    filters.get_by_role("button", name="Kind").click()
    page.get_by_role("checkbox", name="Meeting reminder").check()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="No notification like that")).to_be_visible()
    expect(page).to_have_url(re.compile("state=unread&kind=meeting_reminder"))
    page.reload()
    expect(filters.get_by_role("button", name="Kind is Meeting reminder")).to_be_visible()
    expect(page.get_by_role("radio", name="Unread")).to_be_checked()
    page.get_by_role("button", name="Remove filters").click()
    expect(shown.first).to_contain_text("Unread")
    bell(page).click()
    expect(latest(page).get_by_role("listitem").first).to_be_visible()
    accessible_in_both_schemes()
    latest(page).get_by_role("link", name="Muted").click()
    expect(page.get_by_role("heading", name="Muted notifications")).to_be_visible()
    accessible_in_both_schemes()


def test_on_a_phone_the_bell_opens_a_sheet_with_all_of_it(new_page, login, sessions, accessible):
    at = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    login("rep", on=at)
    expect(bell(at)).to_be_in_viewport()
    bell(at).click()
    sheet = at.get_by_role("dialog", name="Notifications")
    expect(sheet.get_by_role("listitem").first).to_be_visible()
    assert at.evaluate(FITS)
    first = sheet.get_by_role("listitem").first
    first.get_by_role("button", name="More for").click()
    at.get_by_role("menuitem", name="Archive").click()
    sheet.get_by_role("status", name="Notices").get_by_role("button", name="Undo").click()
    expect(sheet.get_by_role("status", name="Notices")).not_to_contain_text("archived")
    at.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(bell(at)).to_be_focused()
    at.goto("/notifications")
    expect(at.get_by_role("main").get_by_role("listitem").first).to_be_visible()
    assert at.evaluate(FITS)


def test_a_service_that_does_not_answer_is_named_and_asked_again(page, login, api):
    answers = [["deals", "tasks"]]
    some = api("GET", "/api/v1/notifications?page_size=5", role="rep")

    def answer(route):
        answers.append(answers[-1])
        route.fulfill(json={**some, "next_page_token": "", "gaps": answers[-1]})

    page.route(LIST, answer)
    login("rep", "/notifications")
    said = page.get_by_role("alert")
    expect(said).to_contain_text("Deals and tasks cannot be reached at the moment.")
    expect(page.get_by_role("main").get_by_role("listitem").first).to_be_visible()
    before = len(answers)
    said.get_by_role("button", name="Try again").click()
    until(page, lambda: len(answers) > before)
    # It is asked again by itself, too.
    answers.append([])
    expect(said).to_have_count(0, timeout=15_000)


def test_a_list_that_cannot_be_loaded_says_so_and_is_asked_for_again(page, login):
    page.route(LIST, lambda route: route.fulfill(status=400, json={"status": 400, "title": "Bad Request"}))
    login("rep", "/leads")
    bell(page).click()
    failure = latest(page).get_by_role("alert")
    expect(failure).to_be_visible()
    page.unroute(LIST)
    failure.get_by_role("button", name="Try again").click()
    expect(latest(page).get_by_role("listitem").first).to_be_visible()


def test_it_is_counted_after_the_first_list_and_the_latest_are_loaded_when_they_are_opened(page, login, grid):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: "/api/v1/leads?" in response.url and asked.append("the list"))
    login("rep", "/leads")
    expect(page.get_by_role("button", name=re.compile("unread notification"))).to_be_visible()
    place = next(place for place, url in enumerate(asked) if "countUnread" in url)
    assert "the list" in asked[:place]
    assert not any(LIST.search(url) for url in asked)
    before = len(asked)
    open_bell(page)
    assert any("/assets/" in url for url in asked[before:]), "its code comes with the first opening"
