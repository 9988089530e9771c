"""The board of deals: a column for each stage of a pipeline, with what its deals come to."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from conftest import FITS, until


@pytest.fixture
def board(page, login, new_pipeline, new_deal):
    """A board of three new deals of 100, 200 and 300 dollars; gives them from the top."""

    def show(demo={}, **values):
        pipeline = new_pipeline(**demo)["id"]
        made = [new_deal(pipeline_id=pipeline, amount=dollars(hundreds), **values) for hundreds in (3, 2, 1)]
        login("manager", f"/deals?pipeline_id={pipeline}&sort=expected_close_date&as=board")
        expect(column(page, "New").get_by_role("article")).to_have_count(3)
        return made[::-1]

    return show


def dollars(hundreds):
    return {"amount_minor": str(hundreds * 10_000), "currency": "USD"}


def column(page, name):
    return page.get_by_role("region", name=name, exact=True)


def card(page, where, deal):
    return column(page, where).get_by_role("article", name=deal["name"])


def names(page, where):
    return [each.get_attribute("aria-label") for each in column(page, where).get_by_role("article").all()]


def now(api, deal):
    return api("GET", f"/api/v1/deals/{deal['id']}")


def is_move(answer):
    return answer.request.method == "POST" and answer.url.endswith(":move") and answer.ok


def move_by_menu(page, deal, to):
    page.get_by_role("button", name=f"Move {deal['name']} to…").click()
    page.get_by_role("menuitem", name=to, exact=True).click()


def give_reason(page, dialog, label):
    """Takes the first reason that the dialog offers, and waits until the deal has it."""
    dialog.get_by_role("combobox", name=label).click()
    page.get_by_role("listbox", name=label).get_by_role("option").first.click()
    dialog.get_by_role("button", name=re.compile("^Close as")).click()
    expect(dialog).to_have_count(0)


def live(page):
    expect(page.locator("html[data-live]")).to_be_attached()


def test_columns_say_how_many_deals_they_have_and_what_these_come_to(
        page, board, api, members, accessible_in_both_schemes):
    account = api("POST", "/api/v1/accounts", {"name": "Initech"})
    deal, *_ = board(owner_id=members["manager"][0]["id"], account_id=account["id"],
                     expected_close_date="2099-12-31")
    expect(column(page, "New").get_by_role("heading")).to_contain_text("3")
    expect(column(page, "New")).to_contain_text("$600")
    expect(column(page, "New")).to_contain_text("$60 weighted")
    expect(column(page, "Won").get_by_role("heading")).to_contain_text("0")
    shown = card(page, "New", deal)
    expect(shown).to_contain_text("Initech")
    expect(shown).to_contain_text("$100")
    expect(shown).to_contain_text("Dec 31, 2099")
    expect(shown).to_contain_text(members["manager"][0]["display_name"])
    accessible_in_both_schemes()


def test_a_card_says_that_its_close_date_has_passed_or_that_its_account_is_missing(page, board):
    passed = datetime.date.today() - datetime.timedelta(days=3)
    deal, *_ = board(expected_close_date=passed.isoformat())
    expect(card(page, "New", deal)).to_contain_text("days overdue")
    expect(card(page, "New", deal)).to_contain_text("No account")


def test_a_card_is_moved_by_keys_to_a_place_and_the_sums_follow(page, board, api):
    first, second, third = board()
    handle = page.get_by_role("button", name=f"Move {first['name']}", exact=True)
    handle.focus()
    for key in (" ", "ArrowRight"):
        page.keyboard.press(key)
    with page.expect_response(is_move):
        page.keyboard.press("Enter")
    expect(card(page, "Demo", first)).to_be_visible()
    expect(handle).to_be_focused()
    expect(column(page, "Demo")).to_contain_text("$40 weighted")
    expect(column(page, "New")).to_contain_text("$500")
    handle = page.get_by_role("button", name=f"Move {second['name']}", exact=True)
    handle.focus()
    for key in (" ", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    with page.expect_response(is_move):
        page.keyboard.press("Enter")
    expect(column(page, "Demo").get_by_role("article")).to_have_count(2)
    assert names(page, "Demo") == [first["name"], second["name"]]
    assert now(api, second)["stage"] == "demo"
    page.reload()
    expect(column(page, "Demo").get_by_role("article")).to_have_count(2)
    assert names(page, "Demo") == [first["name"], second["name"]]


def test_a_card_is_pulled_to_another_place_in_its_column(page, board, api):
    first, second, third = board()
    assert names(page, "New") == [first["name"], second["name"], third["name"]]
    start, end = card(page, "New", first).bounding_box(), card(page, "New", third).bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] - 6)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] - 6, steps=8)
    with page.expect_response(is_move):
        page.mouse.up()
    until(page, lambda: names(page, "New") == [second["name"], third["name"], first["name"]])
    etag = first["etag"]
    assert now(api, first)["etag"] == etag


def test_a_card_is_moved_by_its_menu_and_taken_back_from_a_closed_stage_too(page, board, api, notices):
    deal, *_ = board()
    move_by_menu(page, deal, "Demo")
    expect(card(page, "Demo", deal)).to_be_visible()
    notices.get_by_role("button", name="Undo").click()
    expect(card(page, "New", deal)).to_be_visible()
    expect(notices).to_contain_text(f"{deal['name']} is back in New")
    until(page, lambda: now(api, deal)["stage"] == "new")
    move_by_menu(page, deal, "Won")
    dialog = page.get_by_role("dialog", name="Close as won")
    give_reason(page, dialog, "Win reason")
    expect(card(page, "Won", deal)).to_be_visible()
    assert now(api, deal)["status"] == "won"
    notices.get_by_role("button", name="Undo").first.click()
    expect(card(page, "New", deal)).to_be_visible()
    assert now(api, deal)["status"] == "open"


def test_a_lost_deal_needs_a_reason_and_goes_back_without_one(page, board, api, accessible):
    deal, *_ = board()
    move_by_menu(page, deal, "Lost")
    dialog = page.get_by_role("dialog", name="Close as lost")
    expect(dialog).to_contain_text(f"{deal['name']} needs:")
    expect(dialog.get_by_role("combobox", name="Loss reason")).to_be_focused()
    accessible()
    dialog.get_by_role("button", name="Close as lost").click()
    expect(dialog).to_contain_text("Choose why the deal is lost.")
    dialog.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text(f"{deal['name']} is back where it was.", exact=True)).to_be_attached()
    expect(card(page, "New", deal)).to_be_visible()
    expect(card(page, "New", deal).get_by_role("alert")).to_have_count(0)
    assert now(api, deal)["stage"] == "new"
    move_by_menu(page, deal, "Lost")
    give_reason(page, dialog, "Loss reason")
    expect(card(page, "Lost", deal)).to_be_visible()
    assert now(api, deal)["loss_reason"] != ""


def test_a_closed_card_says_when_it_was_closed_and_offers_to_be_opened_again(page, board, api, notices):
    deal, *_ = board()
    move_by_menu(page, deal, "Lost")
    give_reason(page, page.get_by_role("dialog", name="Close as lost"), "Loss reason")
    reason = now(api, deal)["loss_reason"]
    page.reload()
    expect(card(page, "Lost", deal)).to_contain_text(re.compile(r"Closed [A-Z][a-z]{2} \d+, \d{4}"))
    page.get_by_role("button", name=f"More for {deal['name']}").click()
    expect(page.get_by_role("menuitem")).to_have_text(["Reopen"])
    page.get_by_role("menuitem", name="Reopen").click()
    expect(card(page, "New", deal)).to_be_visible()
    assert now(api, deal)["status"] == "open"
    notices.get_by_role("button", name="Undo").click()
    expect(card(page, "Lost", deal)).to_be_visible()
    assert now(api, deal)["loss_reason"] == reason


def test_what_a_stage_needs_is_asked_for(page, board, api):
    deal, *_ = board(demo={"required_fields": ["next_step"]})
    move_by_menu(page, deal, "Demo")
    dialog = page.get_by_role("dialog", name="Move to Demo")
    dialog.get_by_label("Next step").fill("Show the machine")
    dialog.get_by_role("button", name="Move to Demo").click()
    # The card stands where it goes before that is sent.
    expect(dialog).to_have_count(0)
    expect(card(page, "Demo", deal)).to_be_visible()
    assert now(api, deal)["next_step"] == "Show the machine"


def test_of_two_who_move_one_card_the_second_is_told_who_moved_it_where(page, board, api, members):
    deal, *_ = board()

    def moved_before(route):
        api("POST", f"/api/v1/deals/{deal['id']}:move", {"stage": "demo"}, role="admin")
        route.continue_()

    page.route("**/api/v1/deals/*:move", moved_before, times=1)
    move_by_menu(page, deal, "Won")
    name = members["admin"][0]["display_name"]
    expect(card(page, "Demo", deal).get_by_role("alert")).to_have_text(
        f"Not moved: {name} moved it to Demo just now.")
    assert now(api, deal)["stage"] == "demo"


def test_a_card_that_is_held_does_not_overwrite_where_somebody_else_moves_it_meanwhile(
        page, board, api, members):
    deal, *_ = board()
    live(page)
    page.get_by_role("button", name=f"Move {deal['name']}", exact=True).focus()
    for key in (" ", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    api("POST", f"/api/v1/deals/{deal['id']}:move", {"stage": "demo"}, role="admin")
    api("PATCH", f"/api/v1/deals/{deal['id']}?update_mask=amount", {"amount": dollars(7)}, role="admin")
    # The page knows of both by now.
    expect(page.get_by_role("article", name=deal["name"])).to_contain_text("$700")
    page.keyboard.press("Enter")
    name = members["admin"][0]["display_name"]
    expect(card(page, "Demo", deal).get_by_role("alert")).to_have_text(
        f"Not moved: {name} moved it to Demo just now.")
    assert now(api, deal)["stage"] == "demo"


def test_a_change_to_another_field_is_no_obstacle(page, board, api):
    deal, *_ = board()

    def changed_before(route):
        api("PATCH", f"/api/v1/deals/{deal['id']}?update_mask=competitor", {"competitor": "Umbrella"})
        route.continue_()

    page.route("**/api/v1/deals/*:move", changed_before, times=1)
    move_by_menu(page, deal, "Demo")
    expect(card(page, "Demo", deal)).to_be_visible()
    until(page, lambda: now(api, deal)["stage"] == "demo")
    assert now(api, deal)["competitor"] == "Umbrella"


def test_what_others_do_moves_on_the_board_and_leaves_what_one_types(page, board, api):
    first, second, _ = board()
    live(page)
    card(page, "New", first).get_by_role("link").click()
    panel = page.get_by_role("complementary")
    panel.get_by_role("button", name=re.compile(r"^Show \d+ empty")).click()
    panel.get_by_role("button", name="Edit Next step: empty").click()
    panel.get_by_label("Next step", exact=True).fill("Call on Mon")
    api("POST", f"/api/v1/deals/{second['id']}:move", {"stage": "demo"})
    api("POST", f"/api/v1/deals/{first['id']}:move", {"stage": "demo"})
    expect(column(page, "Demo").get_by_role("article")).to_have_count(2)
    expect(column(page, "Demo")).to_contain_text("$300")
    expect(panel.get_by_label("Next step", exact=True)).to_have_value("Call on Mon")
    page.keyboard.press("Enter")
    until(page, lambda: now(api, first)["next_step"] == "Call on Mon")


def test_a_board_is_of_the_pipeline_that_one_picks_and_of_the_words_one_looks_for(
        page, board, new_pipeline, new_deal):
    deal, *_ = board()
    other = new_pipeline()
    elsewhere = new_deal(pipeline_id=other["id"])
    page.reload()
    page.get_by_label("Pipeline", exact=True).select_option(label=other["display_name"])
    expect(card(page, "New", elsewhere)).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(1)
    page.go_back()
    expect(card(page, "New", deal)).to_be_visible()
    page.get_by_role("searchbox").fill(deal["name"].split()[1])
    expect(page.get_by_role("article")).to_have_count(1)
    expect(card(page, "New", deal)).to_be_visible()


def test_a_board_goes_on_after_its_first_cards(page, login, new_pipeline, new_deal):
    pipeline = new_pipeline()["id"]
    for _ in range(23):
        new_deal(pipeline_id=pipeline)
    login("manager", f"/deals?pipeline_id={pipeline}&sort=expected_close_date&as=board")
    cards = column(page, "New").get_by_role("article")
    expect(cards).to_have_count(20)
    expect(column(page, "New").get_by_role("heading")).to_contain_text("23")
    column(page, "New").get_by_role("button", name="Show more").click()
    expect(cards).to_have_count(23)


def test_a_finger_moves_a_card_on_a_phone(new_page, login, board, api, page):
    deal, *_ = board()
    phone = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    login("manager", page.url, on=phone)
    expect(column(phone, "New").get_by_role("article")).to_have_count(3)
    assert phone.evaluate(FITS)
    handle = phone.get_by_role("button", name=f"Move {deal['name']}", exact=True)
    assert handle.bounding_box()["height"] >= 44
    phone.get_by_role("button", name=f"Move {deal['name']} to…").tap()
    phone.get_by_role("menuitem", name="Demo", exact=True).tap()
    expect(card(phone, "Demo", deal)).to_be_attached()
    until(phone, lambda: now(api, deal)["stage"] == "demo")


def test_a_board_without_deals_says_why_and_what_to_do(page, login, new_pipeline, new_deal, accessible):
    pipeline = new_pipeline()["id"]
    login("manager", f"/deals?pipeline_id={pipeline}&as=board")
    expect(column(page, "New")).to_be_visible()
    expect(page.get_by_text("There are none in this pipeline yet.")).to_be_visible()
    expect(page.get_by_role("link", name="Import deals")).to_be_visible()
    accessible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(FITS)
    live(page)
    deal = new_deal(pipeline_id=pipeline)
    expect(card(page, "New", deal)).to_be_visible()
    expect(page.get_by_text("There are none in this pipeline yet.")).to_have_count(0)
    page.goto(f"/deals?pipeline_id={pipeline}&status=lost&as=board")
    expect(page.get_by_text("No deal matches all of these words and filters.")).to_be_visible()
    page.get_by_role("button", name="Show all deals").click()
    expect(page).not_to_have_url(re.compile("status="))
