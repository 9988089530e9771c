"""The board of leads: a column for each status, between which cards are moved."""

import uuid

import pytest
from playwright.sync_api import expect

from conftest import FITS


@pytest.fixture
def board(page, login, new_lead):
    """A board of three new leads that only this test has; gives their names."""

    def show(role="manager", **values):
        tag = f"Board {uuid.uuid4().hex[:6]}"
        leads = [new_lead(campaign=tag, **values) for _ in range(3)]
        login(role, f"/leads?campaign=~{tag.replace(' ', '+')}&as=board")
        expect(column(page, "New").get_by_role("article")).to_have_count(3)
        return leads

    return show


def column(page, name):
    return page.get_by_role("region", name=name, exact=True)


def card(page, where, lead):
    return column(page, where).get_by_role("article", name=lead["last_name"])


def status(api, lead):
    return api("GET", f"/api/v1/leads/{lead['id']}")["status"]


def test_a_card_is_moved_by_keys(page, board, api, accessible_in_both_schemes):
    lead, *_ = board()
    accessible_in_both_schemes()
    handle = page.get_by_role("button", name=f"Move {lead['last_name']}", exact=True)
    handle.focus()
    page.keyboard.press(" ")
    expect(page.get_by_role("status").filter(has_text="lifted from New")).to_be_attached()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(card(page, "New", lead)).to_be_visible()
    assert status(api, lead) == "new"
    page.keyboard.press(" ")
    page.keyboard.press("ArrowRight")
    with page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        page.keyboard.press("Enter")
    expect(card(page, "Contacted", lead)).to_be_visible()
    expect(handle).to_be_focused()
    expect(column(page, "New").get_by_role("heading")).to_contain_text("2")
    expect(column(page, "Contacted").get_by_role("heading")).to_contain_text("1")
    assert status(api, lead) == "contacted"


def test_a_card_is_pulled_to_another_column(page, board, api):
    lead, *_ = board()
    start = card(page, "New", lead).bounding_box()
    end = column(page, "Qualified").bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] - 6)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 90, steps=6)
    with page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        page.mouse.up()
    expect(card(page, "Qualified", lead)).to_be_visible()
    assert status(api, lead) == "qualified"


def test_a_card_is_moved_by_its_menu_and_taken_back(page, board, api, notices):
    lead, *_ = board()
    page.get_by_role("button", name=f"Move {lead['last_name']} to…").click()
    page.get_by_role("menuitem", name="Contacted").click()
    expect(card(page, "Contacted", lead)).to_be_visible()
    notices.get_by_role("button", name="Undo").click()
    expect(card(page, "New", lead)).to_be_visible()
    assert status(api, lead) == "new"


def test_a_move_that_is_refused_goes_back_and_says_why_at_the_card(page, board, api, accessible):
    lead, *_ = board()
    page.context.set_offline(True)
    page.get_by_role("button", name=f"Move {lead['last_name']} to…").click()
    page.get_by_role("menuitem", name="Contacted").click()
    expect(card(page, "New", lead).get_by_role("alert")).to_contain_text("Leadmesh cannot be reached")
    expect(column(page, "New").get_by_role("article")).to_have_count(3)
    accessible()
    page.context.set_offline(False)
    assert status(api, lead) == "new"
    page.problems.clear()


def test_a_rep_moves_their_own_cards_only(page, board, members):
    me, other = members["rep"][0], members["rep"][1]
    leads = board("rep", owner_id=other["id"])
    for lead in leads:
        expect(page.get_by_role("button", name=f"Move {lead['last_name']}")).to_have_count(0)
    own, *_ = board("rep", owner_id=me["id"])
    expect(page.get_by_role("button", name=f"Move {own['last_name']} to…")).to_be_visible()


def test_what_others_move_moves_on_the_board(page, board, api):
    lead, *_ = board()
    expect(page.locator("html[data-live]")).to_be_attached()
    api("PATCH", f"/api/v1/leads/{lead['id']}?update_mask=status", {"status": "qualified"})
    expect(card(page, "Qualified", lead)).to_be_visible()
    expect(card(page, "New", lead)).to_have_count(0)


def test_a_card_opens_beside_the_board_and_a_phone_scrolls_it(page, board):
    lead, *_ = board()
    card(page, "New", lead).get_by_role("link").click()
    panel = page.get_by_role("complementary")
    expect(panel.get_by_role("heading", name=lead["last_name"], level=2)).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(FITS)
    handle = page.get_by_role("button", name=f"Move {lead['last_name']}", exact=True)
    assert handle.bounding_box()["height"] >= 44
