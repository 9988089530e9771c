"""The head of a list: its filters have a line of their own, at any width."""

import pytest
from playwright.sync_api import expect


def test_filters_are_one_line_under_the_title(page, login):
    login("manager")
    bar = page.get_by_role("group", name="Filters")
    title = page.get_by_role("heading", level=1).bounding_box()
    box = bar.bounding_box()
    assert box["y"] >= title["y"] + title["height"]
    assert box["height"] < 60


@pytest.mark.parametrize("width", [390, 1440])
def test_a_filter_can_be_added_wherever_the_line_is_scrolled(page, login, width):
    page.set_viewport_size({"width": width, "height": 800})
    login("manager")
    button = page.get_by_role("group", name="Filters").get_by_role("button", name="Filter", exact=True)
    box = button.bounding_box()
    assert 0 <= box["x"] and box["x"] + box["width"] <= width
    button.click()
    expect(page.get_by_role("combobox", name="Find a field")).to_be_visible()
