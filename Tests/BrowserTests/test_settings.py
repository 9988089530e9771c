"""What an administrator configures: members, statuses, sources and reasons, scoring."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from conftest import FITS, cell, loaded


def member_row(page, name):
    return page.get_by_role("row").filter(has_text=name)


def more(page, name, action):
    page.get_by_role("button", name=f"More for {name}").click()
    page.get_by_role("menuitem", name=action).click()


def test_a_member_is_added_and_changed(page, login, accessible):
    name = f"Nora {uuid.uuid4().hex[:6]}"
    login("admin", "/settings/members")
    page.get_by_role("button", name="Add member").click()
    dialog = page.get_by_role("dialog", name="Add member")
    expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
    dialog.get_by_label("Name", exact=True).fill(name)
    dialog.get_by_label("E-mail").fill(f"{name.replace(' ', '.').lower()}@example.org")
    dialog.get_by_label("First password").fill("short")
    dialog.get_by_role("button", name="Add member").click()
    expect(dialog.get_by_label("First password")).to_have_attribute("aria-invalid", "true")
    expect(dialog.get_by_label("First password")).to_be_focused()
    accessible()
    dialog.get_by_label("First password").fill("long enough for this")
    dialog.get_by_role("button", name="Add member").click()
    row = member_row(page, name)
    expect(row).to_contain_text("Rep")

    row.get_by_role("button", name=f"Edit {name}").click()
    dialog = page.get_by_role("dialog", name=name)
    dialog.get_by_label("Takes new leads in turn").uncheck()
    accessible()
    dialog.get_by_role("button", name="Save member").click()
    expect(row.locator("[data-label=\"Takes leads\"]")).to_have_text("No")


def test_a_member_is_deactivated_brought_back_and_reactivated(page, login, new_member, notices, accessible):
    name = new_member()["display_name"]
    login("admin", "/settings/members")
    row = member_row(page, name)
    more(page, name, f"Deactivate {name}")
    expect(row).to_contain_text("Deactivated")
    accessible()
    notices.get_by_role("button", name="Undo").click()
    expect(row).not_to_contain_text("Deactivated")
    more(page, name, f"Deactivate {name}")
    expect(row).to_contain_text("Deactivated")
    row.get_by_role("button", name=f"Reactivate {name}").click()
    expect(row.get_by_role("button", name=f"Edit {name}")).to_be_visible()


def test_the_work_of_who_leaves_is_handed_over(
        page, login, new_member, new_lead, members, api, notices, accessible):
    member, heir = new_member(), members["rep"][1]
    leads = [new_lead(owner_id=member["id"]) for _ in range(2)]
    name = member["display_name"]
    login("admin", "/settings/members")
    more(page, name, f"Deactivate {name}")
    dialog = page.get_by_role("dialog", name=f"Hand over the work of {name}")
    expect(dialog).to_contain_text(f"{name} owns 2 leads.")
    accessible()
    dialog.get_by_role("button", name="Hand over").click()
    expect(dialog.get_by_text("Choose who takes it over.")).to_be_visible()
    dialog.get_by_role("combobox", name="Give it to").click()
    expect(page.get_by_role("option", name=re.compile(name))).to_have_count(0)
    page.get_by_role("option", name=heir["display_name"]).click()
    dialog.get_by_role("button", name="Hand over").click()
    expect(notices).to_contain_text(f"The work of {name} goes to {heir['display_name']}: 2 leads")
    page.goto(f"/leads/{leads[0]['id']}")
    expect(page.get_by_role("button", name="Edit Owner")).to_contain_text(heir["display_name"])


def test_work_that_was_handed_over_is_taken_back(page, login, new_member, new_lead, members, api, notices):
    member, heir = new_member(), members["rep"][1]
    lead = new_lead(owner_id=member["id"])
    login("admin", "/settings/members")
    more(page, member["display_name"], f"Deactivate {member['display_name']}")
    dialog = page.get_by_role("dialog", name="Hand over the work of")
    dialog.get_by_role("combobox", name="Give it to").click()
    page.get_by_role("option", name=heir["display_name"]).click()
    dialog.get_by_role("button", name="Hand over").click()
    expect(notices).to_contain_text(f"The work of {member['display_name']} goes to")
    # Nothing is given back to somebody who cannot own it: the member comes back first.
    notices.get_by_role("button", name="Undo").first.click()
    expect(member_row(page, member["display_name"])).not_to_contain_text("Deactivated")
    notices.get_by_role("button", name="Undo").click()
    expect(notices).to_contain_text("Undone for 1 lead")
    assert api("GET", f"/api/v1/leads/{lead['id']}")["owner_id"] == member["id"]


def entry(page, name):
    return page.locator("main").get_by_role("listitem").filter(has_text=name)


@pytest.fixture
def new_status(api):
    return lambda: api("POST", "/api/v1/lead-statuses", {"display_name": f"Step {uuid.uuid4().hex[:6]}"})


def test_a_status_is_added_and_can_be_given_to_a_lead(page, login, grid, filters, accessible):
    name = f"Step {uuid.uuid4().hex[:6]}"
    login("admin", "/settings/statuses")
    page.get_by_label("New status").fill(name)
    page.get_by_role("button", name="Add status").click()
    expect(entry(page, name)).to_be_visible()
    accessible()
    page.get_by_role("link", name="Leads", exact=True).click()
    filters.get_by_role("button", name="Status", exact=True).click()
    expect(page.get_by_role("checkbox", name=name)).to_be_visible()


def test_a_status_is_named_in_any_script_and_only_once(page, login, accessible):
    login("admin", "/settings/statuses")
    name = page.get_by_label("New status")
    expect(page.get_by_label("Key", exact=True)).to_have_count(0)
    name.fill(f"日本 {uuid.uuid4().hex[:6]}")
    accessible()
    page.get_by_role("button", name="Add status").click()
    expect(entry(page, "日本").first).to_contain_text("ri_ben_")
    name.fill("Contacted")
    page.get_by_role("button", name="Add status").click()
    expect(page.get_by_text("Another status is already named “Contacted”.")).to_be_visible()


def test_a_status_is_renamed_and_coloured_everywhere(page, login, grid, new_status, new_lead):
    status = new_status()
    lead = new_lead(status=status["key"])
    login("admin", "/settings/statuses")
    page.get_by_role("button", name=f"Edit {status['display_name']}").click()
    dialog = page.get_by_role("dialog", name=status["display_name"])
    name = f"{status['display_name']} renamed"
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_role("radio", name="Green").check(force=True)
    dialog.get_by_role("button", name="Save status").click()
    expect(dialog).to_have_count(0)
    expect(entry(page, name)).to_be_visible()
    page.goto(f"/leads?status={status['key']}")
    loaded(grid)
    expect(cell(grid, 0, "status")).to_have_text(name)
    expect(cell(grid, 0, "name")).to_contain_text(lead["last_name"])
    chip = cell(grid, 0, "status").locator(".status-chip")
    assert chip.evaluate("each => getComputedStyle(each).getPropertyValue('--tint')") == "#107c10"


def test_the_list_of_substatuses_leaves_save_in_sight(page, login, new_status, api):
    status = new_status()
    page.set_viewport_size({"width": 1024, "height": 768})
    login("admin", "/settings/statuses")
    page.get_by_role("button", name=f"Edit {status['display_name']}").click()
    dialog = page.get_by_role("dialog", name=status["display_name"])
    save = dialog.get_by_role("button", name="Save status")
    field = dialog.get_by_role("combobox", name="Substatuses")
    options = page.get_by_role("listbox")

    def is_clear():
        begin, top = options.bounding_box(), save.bounding_box()["y"]
        return begin["y"] + begin["height"] <= top or begin["y"] >= top + save.bounding_box()["height"]

    for name in ("Left a message", "Waiting"):
        field.click()
        expect(options).to_have_count(0)
        field.fill(name)
        expect(options).to_be_visible()
        assert is_clear()
        page.keyboard.press("Enter")
        expect(options).to_have_count(0)
    # A long list has less room than it is high, on either side.
    dialog.get_by_role("combobox", name="What a lead must have in it").click()
    expect(options).to_be_visible()
    shown, top = page.locator(".floating").bounding_box(), save.bounding_box()["y"]
    assert shown["y"] >= 0 and shown["y"] + shown["height"] <= top
    page.keyboard.press("Escape")
    save.click()
    expect(dialog).to_have_count(0)
    entries = api("GET", "/api/v1/lead-statuses")["lead_statuses"]
    assert next(one for one in entries if one["id"] == status["id"])["substatuses"] == [
        "Left a message", "Waiting"]


def test_statuses_are_put_in_order_by_menu_and_by_keys(page, login, new_status, api):
    first, second = (new_status()["display_name"] for _ in range(2))
    login("admin", "/settings/statuses")

    def order():
        names = [text for text in page.locator("main").get_by_role("listitem").all_inner_texts()]
        place = lambda name: next(at for at, text in enumerate(names) if name in text)
        return place(first), place(second)

    expect(entry(page, second)).to_be_visible()
    assert order()[0] < order()[1]
    page.get_by_role("button", name=f"Move {second} to…").click()
    with page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        page.get_by_role("menuitem", name="Move up").click()
    expect(page.locator("main").get_by_role("listitem").filter(has_text=re.compile("Step")).last
           ).to_contain_text(first)
    assert order()[1] < order()[0]
    handle = page.get_by_role("button", name=f"Move {first}", exact=True)
    handle.focus()
    page.keyboard.press(" ")
    page.keyboard.press("ArrowUp")
    with page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        page.keyboard.press("Enter")
    expect(page.locator("main").get_by_role("listitem").filter(has_text=re.compile("Step")).last
           ).to_contain_text(second)
    page.reload()
    expect(entry(page, second)).to_be_visible()
    assert order()[0] < order()[1]


def test_a_retired_status_is_kept_but_not_offered(page, login, new_status, new_lead, notices):
    status = new_status()
    name = status["display_name"]
    holder, other = new_lead(status=status["key"]), new_lead()
    login("admin", "/settings/statuses")
    page.get_by_role("button", name=f"Retire {name}").click()
    expect(entry(page, name)).to_contain_text("Retired")
    page.goto(f"/leads/{holder['id']}")
    expect(page.get_by_label("Status", exact=True)).to_have_value(status["key"])
    page.goto(f"/leads/{other['id']}")
    choice = page.get_by_label("Status", exact=True)
    expect(choice).to_have_value("new")
    expect(choice.get_by_role("option", name=name)).to_have_count(0)
    page.goto("/settings/statuses")
    page.get_by_role("button", name=f"Use {name}").click()
    expect(entry(page, name)).to_contain_text("In use")


def test_sources_are_named_ordered_coloured_and_retired_as_statuses_are(page, login, api, new_lead):
    first, second = (
        api("POST", "/api/v1/lead-sources", {"display_name": f"Fair {uuid.uuid4().hex[:6]}"}) for _ in range(2))
    lead = new_lead(source=first["key"])
    login("admin", "/settings/sources")
    page.get_by_role("button", name=f"Edit {first['display_name']}").click()
    dialog = page.get_by_role("dialog", name=first["display_name"])
    name = f"{first['display_name']} of spring"
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_role("radio", name="Green").check(force=True)
    dialog.get_by_role("button", name="Save source").click()
    expect(entry(page, name)).to_be_visible()
    page.get_by_role("button", name=f"Move {second['display_name']} to…").click()
    with page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        page.get_by_role("menuitem", name="Move to top").click()
    sources = page.get_by_role("region", name="Lead sources")
    expect(sources.get_by_role("listitem").first).to_contain_text(second["display_name"])
    page.get_by_role("button", name=f"Retire {name}").click()
    expect(entry(page, name)).to_contain_text("Retired")
    page.goto(f"/leads/{lead['id']}")
    expect(page.get_by_role("button", name="Edit Source")).to_have_text(name)
    page.get_by_role("button", name="Edit Source").click()
    expect(page.get_by_role("option", name=second["display_name"])).to_be_visible()
    page.keyboard.press("Escape")
    page.goto("/settings/sources")
    page.get_by_role("button", name=f"Retire {second['display_name']}").click()
    expect(entry(page, second["display_name"])).to_contain_text("Retired")
    page.goto(f"/leads/{new_lead()['id']}")
    page.get_by_role("button", name=re.compile("^Show .* empty fields")).click()
    page.get_by_role("button", name="Edit Source").click()
    expect(page.get_by_role("option", name="Referral")).to_be_visible()
    for gone in (name, second["display_name"]):
        expect(page.get_by_role("option", name=gone)).to_have_count(0)


@pytest.mark.parametrize("outcome, stage", [("win", "Won"), ("loss", "Lost")])
def test_a_reason_is_added_renamed_and_chosen_when_a_deal_closes(
        page, login, api, new_pipeline, new_deal, accessible, outcome, stage):
    deal = new_deal(pipeline_id=new_pipeline()["id"])
    name = f"Reason {uuid.uuid4().hex[:6]}"
    login("admin", f"/settings/{outcome}-reasons")
    page.get_by_label("New reason").fill(name)
    page.get_by_role("button", name="Add reason").click()
    expect(entry(page, name)).to_be_visible()
    accessible()
    page.get_by_role("button", name=f"Edit {name}").click()
    dialog = page.get_by_role("dialog", name=name)
    dialog.get_by_label("Name").fill(f"{name} of spring")
    dialog.get_by_role("button", name="Save reason").click()
    expect(entry(page, f"{name} of spring")).to_be_visible()
    page.goto(f"/deals/{deal['id']}")
    stages = page.get_by_role("list", name="Stages")
    stages.get_by_role("button", name=f"Move to {stage}").click()
    dialog = page.get_by_role("dialog", name=re.compile("^Close as"))
    dialog.get_by_role("combobox", name=f"{outcome.capitalize()} reason").click()
    page.get_by_role("option", name=f"{name} of spring").click()
    dialog.get_by_role("button", name=re.compile("^Close as")).click()
    expect(stages.locator("[aria-current=step]")).to_have_text(stage)
    key = api("GET", f"/api/v1/deals/{deal['id']}")[f"{outcome}_reason"]
    assert key == name.lower().replace(" ", "_")
    page.goto(f"/settings/{outcome}-reasons")
    page.get_by_role("button", name=f"Retire {name} of spring").click()
    expect(entry(page, name)).to_contain_text("Retired")


def test_dialogs_stand_in_the_middle_and_ask_at_the_first_field_at_fault(page, login):
    login("admin", "/settings/scoring")
    page.get_by_role("button", name="Add rule").click()
    dialog = page.get_by_role("dialog", name="Add rule")
    expect(dialog.get_by_label("Name")).to_be_focused()
    box = dialog.bounding_box()
    height = page.viewport_size["height"]
    assert abs(box["y"] - (height - box["y"] - box["height"])) <= 2
    dialog.get_by_role("button", name="Write the condition in CEL").click()
    dialog.get_by_label("Name").fill("Named")
    dialog.get_by_role("button", name="Save rule").click()
    expect(dialog.get_by_text("Enter a condition.")).to_be_visible()
    expect(dialog.get_by_label("Condition")).to_be_focused()
    dialog.get_by_role("button", name="Cancel").click()


def test_a_phone_reaches_what_changes_a_member(page, login):
    page.set_viewport_size({"width": 390, "height": 844})
    login("admin", "/settings/members")
    for name in (re.compile("^Edit "), re.compile("^More for ")):
        button = page.get_by_role("button", name=name).first
        expect(button).to_be_visible()
        box = button.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
        assert box["height"] >= 44
    page.goto("/settings/password")
    expect(page.get_by_role("button", name="Section: Your password")).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("width", (1440, 1100, 1024, 768))
def test_what_changes_a_member_is_in_sight_at_every_width(page, login, width):
    page.set_viewport_size({"width": width, "height": 800})
    login("admin", "/settings/members")
    expect(page.get_by_role("rowheader").first).to_contain_text("@acme.example")
    expect(page.get_by_role("button", name=re.compile("^More for ")).first).to_be_in_viewport(ratio=1)
    table = page.get_by_role("region", name="Table of members")
    assert table.evaluate("each => each.scrollWidth <= each.clientWidth")


def test_a_rep_reads_settings_and_finds_nothing_to_change(page, login, accessible):
    login("rep", "/settings/scoring")
    expect(page.get_by_role("heading", name="Scoring rules")).to_be_visible()
    for path in ("/settings/scoring", "/settings/statuses", "/settings/members"):
        page.goto(path)
        expect(page.get_by_role("heading", level=2).first).to_be_visible()
        for name in ("Add rule", "Add status", "Add member", re.compile("^Edit|^Move|^Retire|^Delete|^More for")):
            expect(page.locator("main").get_by_role("button", name=name)).to_have_count(0)
    accessible()


@pytest.mark.parametrize("width", (1440, 1024))
def test_all_sections_are_in_sight_in_groups(page, login, accessible, width):
    page.set_viewport_size({"width": width, "height": 900})
    login("admin", "/settings/currencies")
    sections = page.get_by_role("navigation", name="Settings")
    expect(sections.get_by_role("link", name="Currencies")).to_have_attribute("aria-current", "page")
    for group, entry in (("Workspace", "Teams"), ("Leads", "Lead statuses"),
                         ("Accounts and deals", "Loss reasons"), ("You", "Your password")):
        link = sections.get_by_role("list", name=group).get_by_role("link", name=entry)
        expect(link).to_be_in_viewport(ratio=1)
    accessible()


def test_a_phone_has_the_sections_in_a_menu(page, login, accessible):
    page.set_viewport_size({"width": 390, "height": 844})
    login("admin", "/settings/currencies")
    button = page.get_by_role("button", name="Section: Currencies")
    expect(button).to_be_in_viewport(ratio=1)
    button.click()
    expect(page.get_by_role("menuitemcheckbox", name="Currencies")).to_be_checked()
    accessible()
    page.get_by_role("menuitemcheckbox", name="Lead statuses").click()
    expect(page.get_by_role("heading", name="Lead statuses")).to_be_visible()
    assert page.evaluate(FITS)
