"""What a visit transfers, how still the page stands, and how it scrolls."""

import pytest
from playwright.sync_api import expect

from conftest import WATCH, loaded

KB = 1000
SCROLL = """
async grid => {
  let blank = 0;
  const head = grid.querySelector(".grid-head").getBoundingClientRect().bottom;
  for (let top = 0; top < 5000 * 44; top += 330) {
    grid.scrollTop = top;
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    const {bottom} = grid.getBoundingClientRect();
    const inSight = [...grid.querySelectorAll("[data-row], .row-awaited")].filter(row => {
      const box = row.getBoundingClientRect();
      return box.bottom > head && box.top < bottom;
    });
    blank += inSight.filter(row => row.classList.contains("row-awaited")).length;
    if (inSight.length < (bottom - head) / 44 - 1) blank += 1;
  }
  return blank;
}
"""


@pytest.fixture
def transferred(page):
    """The bytes that a page takes over the wire, headers included."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    sizes = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    return lambda: sum(sizes)


def test_a_visit_before_anybody_signs_in_transfers_90_kb(page, transferred):
    page.goto("/")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert transferred() <= 90 * KB


@pytest.fixture
def still(page, login, transferred):
    """Fails unless the page of an address moves nothing by itself, and takes 190 kB."""

    def visit(address, arrived):
        login("manager", "/settings/password")
        page.add_init_script(WATCH)
        network = page.context.new_cdp_session(page)
        network.send("Network.clearBrowserCache")
        before = transferred()
        page.goto(address)
        arrived()
        page.wait_for_timeout(300)
        assert transferred() - before <= 190 * KB
        assert page.evaluate("shift") == 0

    return visit


def test_the_first_list_stands_still_with_190_kb_in_all(still, grid):
    still("/leads", lambda: loaded(grid))


def test_home_stands_still_with_190_kb_in_all(page, still):
    def arrived():
        expect(page.get_by_role("region", name="My tasks")).to_be_visible()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)

    still("/", arrived)


def test_5000_rows_scroll_without_a_blank_one(page, login, grid):
    login("manager", "/leads?sort=-create_time")
    loaded(grid)
    assert grid.evaluate(SCROLL) == 0
    assert grid.locator("[data-row]").count() < 80
