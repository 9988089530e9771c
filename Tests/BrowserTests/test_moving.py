"""Lists that are put in order and boards, on the page of all parts that debug builds have."""

from playwright.sync_api import expect


def test_a_list_is_put_in_order_by_keys(parts):
    rows = parts.get_by_role("list", name="Steps", exact=True).get_by_role("listitem")
    said = parts.get_by_role("region", name="Sortable list").get_by_role("status").first
    handle = parts.get_by_role("button", name="Move New", exact=True)
    handle.focus()
    parts.keyboard.press("Space")
    expect(said).to_have_text("New lifted, place 1 of 7.")
    expect(handle).to_have_attribute("aria-pressed", "true")
    parts.keyboard.press("ArrowDown")
    parts.keyboard.press("ArrowDown")
    expect(said).to_have_text("New: place 3 of 7.")
    parts.keyboard.press("Escape")
    expect(said).to_have_text("New is back where it was.")
    expect(rows.first).to_contain_text("New")
    parts.keyboard.press("Space")
    parts.keyboard.press("ArrowDown")
    parts.keyboard.press("Enter")
    expect(said).to_have_text("New dropped, place 2 of 7.")
    expect(rows.nth(1)).to_contain_text("New")
    expect(handle).to_be_focused()
    parts.get_by_role("button", name="Move New to…").click()
    parts.get_by_role("menuitem", name="Move to bottom").click()
    expect(rows.last).to_contain_text("New")


def test_a_list_is_put_in_order_by_pulling(parts):
    rows = parts.get_by_role("list", name="Steps", exact=True).get_by_role("listitem")
    pull(parts, parts.get_by_role("button", name="Move Qualified", exact=True), rows.first)
    expect(rows.first).to_contain_text("Qualified")
    expect(rows.nth(1)).to_contain_text("New")


def test_a_card_is_moved_by_keys_and_a_refused_one_goes_back(parts):
    board = parts.get_by_role("region", name="Board", exact=True)
    won = board.get_by_role("region", name="Won")
    handle = board.get_by_role("button", name="Move Acme", exact=True)
    handle.focus()
    for key in ("Space", "ArrowRight", "ArrowRight", "Enter"):
        parts.keyboard.press(key)
    expect(won.get_by_role("article", name="Acme")).to_be_visible()
    expect(handle).to_be_focused()
    refused = board.get_by_role("button", name="Move Umbrella", exact=True)
    refused.focus()
    for key in ("Space", "ArrowRight", "Space"):
        parts.keyboard.press(key)
    talks = board.get_by_role("region", name="In talks")
    expect(talks.get_by_role("article", name="Umbrella")).to_contain_text("It has no amount yet.")
    expect(board.get_by_role("status").filter(has_text="back where it was")).to_have_count(1)
    expect(refused).to_be_focused()
    board.get_by_role("button", name="Move Globex to…").click()
    expect(parts.get_by_role("menuitem", name="Frozen")).to_have_attribute("aria-disabled", "true")
    parts.get_by_role("menuitem", name="In talks").click()
    expect(talks.get_by_role("article", name="Globex")).to_be_visible()


def test_a_card_is_pulled_to_another_column(parts):
    board = parts.get_by_role("region", name="Board", exact=True)
    pull(parts, board.get_by_role("article", name="Initech"),
         board.get_by_role("article", name="Umbrella"), x=90)
    cards = board.get_by_role("region", name="In talks").get_by_role("article")
    expect(cards).to_have_count(2)
    expect(cards.first).to_contain_text("Initech")


def pull(page, what, onto, x=8):
    """Pulls an element by the mouse to the upper edge of another one."""
    # Away from the edges of the window, where it would scroll.
    onto.evaluate("(element) => element.scrollIntoView({block: 'center'})")
    start, end = what.bounding_box(), onto.bounding_box()
    page.mouse.move(start["x"] + x, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + x, end["y"] + 12, steps=8)
    page.mouse.move(end["x"] + x, end["y"] + 2)
    page.mouse.up()
