"""Filters on any field: chips that read as sentences, kept in the address."""

import datetime
import re
import uuid

import pytest
from playwright.sync_api import expect

from conftest import cells, loaded


@pytest.fixture
def tag(api):
    """A word that only this test's leads have in their campaign."""
    return f"Filtered {uuid.uuid4().hex[:6]}"


@pytest.fixture
def show(login, grid, tag):
    """The list of this test's leads, narrowed further by what the address says."""

    def show(more="", role="manager"):
        login(role, f"/leads?campaign=~{tag.replace(' ', '+')}{more}")

    return show


def add(page, filters, label):
    """Adds a filter on a field that has no chip of its own, and opens it."""
    filters.get_by_role("button", name="Filter", exact=True).click()
    page.get_by_role("option", name=label, exact=True).click()
    return page.get_by_role("group", name=label, exact=True)


def names(grid, count):
    expect(grid.locator("[data-row]")).to_have_count(count)
    return {text.split("\n")[0] for text in cells(grid, "name")}


def test_values_are_chosen_from_a_list(page, login, grid, filters, accessible):
    login("manager")
    filters.get_by_role("button", name="Status", exact=True).click()
    accessible()
    page.get_by_role("checkbox", name="New", exact=True).check()
    page.get_by_role("checkbox", name="Contacted", exact=True).check()
    page.keyboard.press("Escape")
    chip = filters.get_by_role("button", name="Status is New or Contacted", exact=True)
    expect(chip).to_be_focused()
    expect(page).to_have_url(re.compile("status=new,contacted"))
    loaded(grid)
    assert set(cells(grid, "status")) <= {"New", "Contacted"}
    filters.get_by_role("button", name="Band", exact=True).click()
    page.get_by_role("checkbox", name="Very hot").check()
    page.keyboard.press("Escape")
    expect(filters.get_by_role("button", name="Band is Very hot")).to_be_visible()
    loaded(grid)
    assert all("Very hot" in text for text in cells(grid, "score"))
    accessible()
    page.reload()
    expect(filters.get_by_role("button", name="Status is New or Contacted")).to_be_visible()
    filters.get_by_role("button", name="Clear filter Band").click()
    expect(filters.get_by_role("button", name="Band", exact=True)).to_be_visible()
    filters.get_by_role("button", name="Clear filters").click()
    expect(filters.get_by_role("button", name="Status", exact=True)).to_be_visible()


def test_a_field_to_filter_by_is_found_by_keys(page, login, filters, accessible):
    login("manager")
    button = filters.get_by_role("button", name="Filter", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    search = page.get_by_role("combobox", name="Find a field")
    expect(search).to_be_focused()
    groups = page.get_by_role("listbox", name="Add a filter").get_by_role("group")
    headings = groups.evaluate_all("all => all.map(each => each.getAttribute('aria-label'))")
    assert headings == ["Suggested", "Contact", "Company", "Address", "Progress", "Origin", "About", "Other"]
    expect(groups.first.get_by_role("option").nth(1)).to_have_text("Score")
    page.keyboard.type("post")
    expect(page.get_by_role("option")).to_have_text(["Postal code"])
    accessible()
    page.keyboard.press("Escape")
    expect(search).to_have_count(0)
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("post")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Postal code").get_by_label("Contains")).to_be_focused()


def test_a_field_that_is_filtered_by_again_and_again_stands_first(page, login, filters):
    login("manager")
    add(page, filters, "Industry")
    page.reload()
    filters.get_by_role("button", name="Filter", exact=True).click()
    suggested = page.get_by_role("listbox").get_by_role("group", name="Suggested")
    expect(suggested.get_by_role("option").first).to_have_text("Industry")


def test_a_score_is_within_a_range(page, login, grid, filters, accessible):
    login("manager")
    editor = add(page, filters, "Score")
    accessible()
    editor.get_by_label("At least").fill("62")
    editor.get_by_label("At most").fill("71")
    editor.get_by_role("button", name="Show").click()
    expect(filters.get_by_role("button", name="Score is from 62 to 71")).to_be_visible()
    loaded(grid)
    scores = [int(re.search(r"\d+", text)[0]) for text in cells(grid, "score")]
    assert scores and all(62 <= score <= 71 for score in scores)
    page.reload()
    expect(filters.get_by_role("button", name="Score is from 62 to 71")).to_be_visible()


def test_a_range_that_is_no_number_says_so(page, login, filters):
    login("manager")
    editor = add(page, filters, "Score")
    editor.get_by_label("At least").fill("many")
    editor.get_by_role("button", name="Show").click()
    expect(editor.get_by_role("alert")).to_contain_text("Enter numbers, or leave one empty.")
    expect(editor.get_by_label("At least")).to_have_value("many")


def test_a_text_contains_what_is_typed(page, show, tag, grid, filters, new_lead):
    new_lead(last_name="Oneida", city="Saint \"Q\" \\ Town", campaign=tag)
    new_lead(last_name="Twoson", city="Elsewhere", campaign=tag)
    show()
    editor = add(page, filters, "City")
    editor.get_by_label("Contains").fill("Saint \"Q\" \\")
    page.keyboard.press("Enter")
    expect(filters.get_by_role("button", name="City contains “Saint \"Q\" \\”")).to_be_visible()
    assert names(grid, 1) == {"Oneida"}
    page.reload()
    assert names(grid, 1) == {"Oneida"}


def test_a_field_is_empty_or_not(page, show, tag, grid, filters, new_lead):
    new_lead(last_name="Oneida", city="Paris", campaign=tag)
    new_lead(last_name="Twoson", campaign=tag)
    show()
    editor = add(page, filters, "City")
    editor.get_by_role("radio", name="Empty", exact=True).check()
    page.keyboard.press("Escape")
    expect(filters.get_by_role("button", name="City is empty", exact=True)).to_be_visible()
    assert names(grid, 1) == {"Twoson"}
    filters.get_by_role("button", name="City is empty", exact=True).click()
    page.get_by_role("group", name="City").get_by_role("radio", name="Not empty").check()
    page.keyboard.press("Escape")
    expect(filters.get_by_role("button", name="City is not empty", exact=True)).to_be_visible()
    expect(grid).to_have_attribute("aria-busy", "false")
    assert names(grid, 1) == {"Oneida"}


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_a_time_is_today_in_the_readers_zone(new_page, login, tag, new_lead, zone):
    new_lead(last_name="Oneida", campaign=tag)
    page = login("manager", f"/leads?campaign=~{tag.replace(' ', '+')}", on=new_page(timezone_id=zone))
    grid, filters = page.get_by_role("grid", name="Leads"), page.get_by_role("group", name="Filters")
    editor = add(page, filters, "Created")
    editor.get_by_role("radio", name="Today").check()
    page.keyboard.press("Escape")
    expect(filters.get_by_role("button", name="Created is today")).to_be_visible()
    assert names(grid, 1) == {"Oneida"}
    expect(page).to_have_url(re.compile("create_time=today"))
    filters.get_by_role("button", name="Created is today").click()
    editor.get_by_role("radio", name="This week").check()
    expect(filters.get_by_role("button", name="Created is this week")).to_be_visible()
    assert names(grid, 1) == {"Oneida"}
    editor.get_by_role("radio", name="Yesterday").check()
    expect(page.get_by_role("heading", name="No lead matches")).to_be_visible()


def test_a_time_is_between_two_days(page, show, tag, grid, filters, new_lead, accessible):
    new_lead(last_name="Oneida", campaign=tag)
    show()
    today = datetime.date.today()
    day = datetime.timedelta(days=1)
    editor = add(page, filters, "Created")
    accessible()
    editor.get_by_role("textbox", name="From").fill((today - day).isoformat())
    editor.get_by_role("textbox", name="To").fill((today + day).isoformat())
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(filters.get_by_role("button", name=re.compile("Created is from .* to "))).to_be_visible()
    assert names(grid, 1) == {"Oneida"}
    page.goto(f"/leads?campaign=~{tag.replace(' ', '+')}&create_time=..{(today - 2 * day).isoformat()}")
    expect(filters.get_by_role("button", name=re.compile("Created is until "))).to_be_visible()
    expect(page.get_by_role("heading", name="No lead matches")).to_be_visible()


def test_a_yes_or_no_is_chosen(page, show, tag, grid, filters, new_lead):
    new_lead(last_name="Oneida", do_not_call=True, campaign=tag)
    new_lead(last_name="Twoson", campaign=tag)
    show()
    editor = add(page, filters, "Do not call")
    editor.get_by_role("checkbox", name="Yes").check()
    page.keyboard.press("Escape")
    expect(filters.get_by_role("button", name="Do not call is yes")).to_be_visible()
    assert names(grid, 1) == {"Oneida"}


def test_a_sum_of_money_has_a_least(page, show, tag, grid, filters, new_lead):
    new_lead(last_name="Oneida", campaign=tag, annual_revenue={"currency": "USD", "amount_minor": "500000000"})
    new_lead(last_name="Twoson", campaign=tag, annual_revenue={"currency": "USD", "amount_minor": "100000"})
    show()
    editor = add(page, filters, "Annual revenue")
    editor.get_by_label("At least").fill("1,000,000")
    editor.get_by_role("button", name="Show").click()
    expect(filters.get_by_role("button", name="Annual revenue is at least 1,000,000")).to_be_visible()
    assert names(grid, 1) == {"Oneida"}


def test_former_owners_are_listed_at_the_end_and_marked(page, show, tag, grid, filters, api, new_lead, new_member):
    member = new_member()
    name = member["display_name"]
    new_lead(last_name="Orphaned", owner_id=member["id"], campaign=tag)
    api("POST", f"/api/v1/members/{member['id']}:deactivate", {})
    show()
    filters.get_by_role("button", name="Owner", exact=True).click()
    former = page.get_by_role("checkbox", name=f"{name} (deactivated)")
    expect(former).to_be_visible()
    boxes = page.get_by_role("group", name="Owner").get_by_role("listitem").all_inner_texts()
    assert boxes[:3] == ["Me", "My teams", "Nobody"]
    marked = [text.endswith("(deactivated)") for text in boxes]
    assert marked == sorted(marked)
    former.check()
    page.keyboard.press("Escape")
    expect(filters.get_by_role("button", name=f"Owner is {name}")).to_be_visible()
    assert names(grid, 1) == {"Orphaned"}


def test_back_takes_a_filter_away(page, login, grid, filters):
    login("manager")
    loaded(grid)
    filters.get_by_role("button", name="Source", exact=True).click()
    page.get_by_role("checkbox", name="Referral").check()
    page.keyboard.press("Escape")
    chip = filters.get_by_role("button", name="Source is Referral")
    expect(chip).to_be_visible()
    page.go_back()
    expect(chip).to_have_count(0)
    page.go_forward()
    expect(chip).to_be_visible()


def test_a_phone_reaches_its_filters(page, login, grid, filters):
    page.set_viewport_size({"width": 390, "height": 844})
    login("manager")
    loaded(grid)
    filters.get_by_role("button", name="Source", exact=True).click()
    editor = page.get_by_role("group", name="Source")
    box = editor.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844
    editor.get_by_role("checkbox", name="Referral").check()
    page.keyboard.press("Escape")
    expect(filters.get_by_role("button", name="Source is Referral")).to_be_visible()
    filters.get_by_role("button", name="Filter", exact=True).click()
    box = page.get_by_role("group", name="Add a filter").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844
    page.keyboard.type("post")
    page.get_by_role("option", name="Postal code").click()
    expect(page.get_by_role("group", name="Postal code")).to_be_visible()


def test_a_text_is_found_whatever_its_case_and_accents(show, grid, new_lead, tag):
    for company in ("Müller & Söhne", "MULLER GmbH", "Miller"):
        new_lead(company_name=company, campaign=tag.upper())
    show("&company_name=~muller")
    expect(grid.locator("[data-row]")).to_have_count(2)
