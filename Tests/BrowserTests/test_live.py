"""What others do appears by itself, and what one is typing is left alone."""

import uuid

import pytest
from playwright.sync_api import expect

from conftest import fact, until

COUNT_STREAMS = """
window.streams = 0;
const ask = window.fetch;
window.fetch = (...call) => {
  if (String(call[0]).startsWith("/api/v1/events")) window.streams += 1;
  return ask(...call);
};
"""


@pytest.fixture
def live(page):
    """Waits until a page hears of what others do."""

    def wait(on=None):
        expect((on or page).locator("html[data-live]")).to_be_attached()

    return wait


def change(api, lead, **values):
    mask = ",".join(values)
    return api("PATCH", f"/api/v1/leads/{lead['id']}?update_mask={mask}", values, role="manager")


def test_a_change_by_somebody_else_appears_on_the_record_and_in_its_history(
        page, login, new_lead, api, live):
    lead = new_lead(city="Springfield")
    login("manager", f"/leads/{lead['id']}")
    live()
    change(api, lead, city="Lyon", status="contacted")
    expect(fact(page, "City")).to_have_text("Lyon")
    expect(page.get_by_label("Status", exact=True)).to_have_value("contacted")
    expect(page.get_by_role("region", name="Timeline")).to_contain_text("Lyon")


def test_a_list_gains_loses_and_changes_its_rows_by_itself(page, login, new_lead, api, live, grid):
    tag = uuid.uuid4().hex[:8]
    first = new_lead(company_name=f"Live {tag}")
    login("manager", f"/leads?q={tag}")
    rows = grid.locator("[data-row]")
    expect(rows).to_have_count(1)
    live()
    second = new_lead(company_name=f"Live {tag}")
    expect(rows).to_have_count(2)
    change(api, first, status="qualified")
    expect(grid).to_contain_text("Qualified")
    api("DELETE", f"/api/v1/leads/{second['id']}")
    expect(rows).to_have_count(1)
    expect(page.get_by_text("1 lead", exact=True)).to_be_visible()


def test_what_one_is_typing_is_not_touched_and_both_values_are_shown(
        page, login, new_lead, api, live, accessible):
    lead = new_lead(city="Springfield", job_title="Buyer")
    login("manager", f"/leads/{lead['id']}")
    live()
    fact(page, "City").click()
    page.get_by_label("City", exact=True).fill("Springfield (MA)")
    change(api, lead, city="Boston", job_title="Head of buying")
    expect(fact(page, "Job title")).to_have_text("Head of buying")
    expect(page.get_by_label("City", exact=True)).to_have_value("Springfield (MA)")
    page.keyboard.press("Enter")
    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text("Boston")
    expect(question).to_contain_text("Springfield (MA)")
    accessible()
    question.get_by_role("button", name="Save mine").click()
    expect(fact(page, "City")).to_have_text("Springfield (MA)")


def test_a_record_that_is_deleted_while_it_is_open_says_so_and_keeps_what_is_typed(
        page, login, new_lead, api, live):
    lead = new_lead(city="Springfield")
    login("manager", f"/leads/{lead['id']}")
    live()
    fact(page, "City").click()
    page.get_by_label("City", exact=True).fill("Kept in sight")
    api("DELETE", f"/api/v1/leads/{lead['id']}")
    expect(page.get_by_role("alert").first).to_contain_text("was deleted")
    expect(page.get_by_label("City", exact=True)).to_have_value("Kept in sight")


def test_a_role_that_changes_changes_what_the_page_offers(page, api, member, live, new_lead):
    made, at = member("manager")
    live(at)
    expect(at.get_by_role("button", name="New lead")).to_be_visible()
    api("PATCH", f"/api/v1/members/{made['id']}?update_mask=role", {"role": "read_only"})
    expect(at.get_by_role("button", name="New lead")).to_have_count(0)


def test_who_is_deactivated_is_asked_to_sign_in_and_sees_nothing_meanwhile(api, member, live):
    made, at = member("rep")
    live(at)
    api("POST", f"/api/v1/members/{made['id']}:deactivate", {})
    expect(at.get_by_role("heading", name="Sign in to Leadmesh")).to_be_visible()


def test_a_board_stays_as_it_is_while_a_card_is_lifted(page, login, new_lead, api, live):
    tag = uuid.uuid4().hex[:8]
    lifted, changed, gone = (new_lead(company_name=f"{name} {tag}") for name in ("Lifted", "Changed", "Gone"))
    login("manager", f"/leads?q={tag}&as=board")
    cards = page.locator(".board-card")
    expect(cards).to_have_count(3)
    live()
    page.get_by_role("button", name=f"Move {lifted['last_name']}", exact=True).press("Space")
    api("DELETE", f"/api/v1/leads/{gone['id']}")
    change(api, changed, last_name=f"Renamed {tag}")
    expect(page.get_by_role("article", name=f"Renamed {tag}")).to_be_visible()
    expect(cards).to_have_count(3)
    page.keyboard.press("Escape")
    expect(cards).to_have_count(2)


def test_seven_tabs_of_a_browser_have_one_connection_and_another_goes_on_with_it(
        page, login, new_lead, api, live):
    lead = new_lead(city="Springfield")
    page.context.add_init_script(COUNT_STREAMS)
    login("manager", f"/leads/{lead['id']}")
    live()
    others = [page.context.new_page() for _ in range(6)]
    for each in others:
        each.goto(f"/leads/{lead['id']}")
        live(each)
    assert [each.evaluate("streams") for each in (page, *others)] == [1, 0, 0, 0, 0, 0, 0]
    change(api, lead, city="Lyon")
    for each in (page, *others):
        expect(fact(each, "City")).to_have_text("Lyon")
    page.close()
    change(api, lead, city="Nantes")
    for each in others:
        expect(fact(each, "City")).to_have_text("Nantes")
    assert sum(each.evaluate("streams") for each in others) == 1


def test_a_service_that_is_killed_takes_nothing_with_it_and_the_page_goes_on(
        page, login, new_lead, api, live, mesh):
    lead = new_lead(city="Springfield")
    login("manager", f"/leads/{lead['id']}")
    live()
    assert mesh.kill("leads")
    expect(fact(page, "City")).to_have_text("Springfield")

    def lyon():
        try:
            return change(api, lead, city="Lyon")["city"]
        except AssertionError:
            return None

    until(page, lambda: lyon() == "Lyon")
    expect(fact(page, "City")).to_have_text("Lyon")


def test_a_page_asks_for_its_first_list_once(page, login, new_lead, api, live, grid):
    lead = new_lead()
    row = grid.locator("[data-row]").filter(has_text=lead["last_name"])
    asked = []
    page.on("request", lambda request: is_list(request.url) and asked.append(request.url))
    for begin, status, label in [(lambda: login("manager", fresh=True), "contacted", "Contacted"),
                                 (page.reload, "qualified", "Qualified")]:
        asked.clear()
        begin()
        live()
        # What was asked again at the beginning of the stream would be answered before this comes.
        change(api, lead, status=status)
        expect(row).to_contain_text(label)
        assert len(asked) == 1, asked


def is_list(url):
    """Whether it asks for a list of leads, and not for some that changed."""
    return "/api/v1/leads?" in url and "filter=id" not in url
