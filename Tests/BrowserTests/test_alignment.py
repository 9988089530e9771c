"""What stands on one line: controls and their labels, a value and its tick, the actions of a row."""

import re

import pytest
from playwright.sync_api import expect

from conftest import loaded

# How far the middle of a control is from that of the words beside it, in pixels.
OFF_LINE = """
labels => labels.map(label => {
  const middle = box => box.top + box.height / 2;
  const range = document.createRange();
  range.selectNodeContents([...label.childNodes].find(each => each.textContent.trim() !== ""));
  const control = label.querySelector("input").getBoundingClientRect();
  return Math.abs(middle(control) - middle(range.getBoundingClientRect()));
})
"""


def middle(locator):
    box = locator.bounding_box()
    return box["y"] + box["height"] / 2


def test_a_radio_and_a_box_stand_on_the_line_of_their_label(page, login, grid, filters):
    login("manager")
    loaded(grid)
    filters.get_by_role("button", name="Status", exact=True).click()
    labels = page.locator(".filter-values label")
    expect(labels.first).to_be_visible()
    assert max(labels.evaluate_all(OFF_LINE)) < 1
    page.keyboard.press("Escape")
    filters.get_by_role("button", name="Filter", exact=True).click()
    page.get_by_role("option", name="Created", exact=True).click()
    assert max(page.locator(".filter-form li label").evaluate_all(OFF_LINE)) < 1


def test_the_tick_stands_beside_the_value_and_clear_of_it(page, login, new_lead):
    login("manager", f"/leads/{new_lead(city='Lyon')['id']}")
    value = page.get_by_role("button", name="Edit City: Lyon")
    value.click()
    page.get_by_role("textbox", name="City").fill("Nice")
    page.keyboard.press("Enter")
    fact = page.locator(".fact", has=page.get_by_role("button", name="Edit City: Nice"))
    tick = fact.get_by_role("status", name="Saved")
    expect(tick).to_be_visible()
    button = fact.get_by_role("button").bounding_box()
    assert tick.bounding_box()["x"] >= button["x"] + button["width"] + 4
    assert abs(middle(tick) - middle(fact.get_by_role("button"))) < 1


@pytest.mark.parametrize("width", [390, 1440])
def test_the_actions_of_a_member_stand_on_one_line(page, login, width):
    page.set_viewport_size({"width": width, "height": 900})
    login("admin", "/settings/members")
    rows = page.get_by_role("table").get_by_role("row").filter(has=page.get_by_role("cell"))
    expect(rows.first).to_be_visible()
    for row in rows.all():
        edit = row.get_by_role("button", name=re.compile("^(Edit|Reactivate) "))
        assert abs(middle(edit) - middle(row.get_by_role("button", name="More for "))) < 1


def test_the_name_on_a_card_begins_where_its_facts_do(page, login, new_deal):
    deal = new_deal()
    login("manager", "/deals")
    card = page.get_by_role("article", name=deal["name"])
    name = card.get_by_role("link").first.bounding_box()
    facts = card.locator(".deal-facts").bounding_box()
    assert abs(name["x"] - facts["x"]) <= 1
    assert facts["y"] - name["y"] - name["height"] <= 8


@pytest.mark.parametrize("width", (390, 1440))
def test_the_ways_to_show_deals_stand_at_the_edge(page, login, width):
    page.set_viewport_size({"width": width, "height": 844})
    login("manager", "/deals")
    more = page.locator(".list-tools > :last-child").bounding_box()
    assert width - more["x"] - more["width"] <= 16


def test_key_facts_of_a_panel_stand_in_columns(page, login, new_deal):
    deal = new_deal()
    login("manager", f"/deals?open={deal['id']}")
    keys = page.locator(".panel .key")
    expect(keys.nth(4)).to_be_visible()
    assert len({round(each.bounding_box()["x"]) for each in keys.all()}) <= 3
