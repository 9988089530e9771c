"""The forecast: its period, its figures and the deals behind them, what has changed, and trends."""

import datetime
import re
import uuid
import zoneinfo

import pytest
from playwright.sync_api import expect

from conftest import FITS, until

CHART_CODE = re.compile(r"/assets/BarChart-[^/]*\.js$")


def day():
    """Today at acme."""
    return datetime.datetime.now(zoneinfo.ZoneInfo("America/New_York")).date()


def quarter(date):
    """What the forecast of acme calls the quarter of a day: its fiscal year begins with January."""
    return f"{date.year}-Q{(date.month - 1) // 3 + 1}"


def spoken(name):
    year, number = name.split("-Q")
    return f"Q{number} {year}"


@pytest.fixture
def new_deal(api):
    """Makes a deal that is expected today."""

    def make(role="admin", **values):
        values = {
            "name": f"Deal {uuid.uuid4().hex[:8]}", "expected_close_date": day().isoformat(),
            "amount": {"amount_minor": "123400", "currency": "USD"}, **values}
        return api("POST", "/api/v1/deals", values, role=role)

    return make


@pytest.fixture
def owner(page, api, new_member):
    """A rep without deals, whom the service of deals knows: it hears of members a moment later."""
    member = new_member()

    def owns():
        try:
            trial = api("POST", "/api/v1/deals", {"name": "Trial", "owner_id": member["id"]})
        except AssertionError:
            return False
        api("DELETE", f"/api/v1/deals/{trial['id']}")
        return True

    until(page, owns)
    return member


@pytest.fixture
def figures(page):
    return page.get_by_role("region", name="Table of the forecast")


def test_a_figure_leads_to_the_deals_behind_it(page, login, new_deal, owner, figures, accessible):
    deal = new_deal(owner_id=owner["id"])
    login("admin", "/forecast")
    row = figures.get_by_role("row").filter(has_text=owner["display_name"])
    expect(row).to_have_count(1)
    expect(row.get_by_role("cell").last).to_have_text("1")
    expect(page.get_by_role("img", name=re.compile("^Forecast by owner, in USD"))).to_be_visible()
    accessible()
    row.get_by_role("link", name=re.compile(f"^{owner['display_name']}, Pipeline: \\$1,234")).click()
    expect(page).to_have_url(re.compile(r"/deals\?forecast_date=.*owner_id=.*forecast_category=pipeline"))
    expect(page.get_by_role("link", name=deal["name"])).to_be_visible()


def test_a_period_is_chosen_in_the_fiscal_calendar_and_the_address_keeps_it(page, login, new_deal):
    new_deal()
    login("admin", "/forecast")
    period = page.get_by_role("combobox", name="Period", exact=True)
    present = quarter(day())
    expect(period).to_have_value(present)
    expect(period.locator("option:checked")).to_have_text(f"{spoken(present)} (now)")
    page.get_by_role("button", name="Previous period").click()
    before = quarter(day().replace(day=1, month=(day().month - 1) // 3 * 3 + 1) - datetime.timedelta(days=1))
    expect(period).to_have_value(before)
    expect(page).to_have_url(re.compile(f"period={before}"))
    page.get_by_role("button", name="Next period").click()
    expect(page).to_have_url(re.compile(r"/forecast$"))
    page.get_by_role("radio", name="Year", exact=True).check(force=True)
    expect(period).to_have_value(str(day().year))
    page.reload()
    expect(period).to_have_value(str(day().year))


def test_it_searches_and_makes_deals(page, login):
    login("admin", "/forecast")
    expect(page.get_by_role("searchbox", name="Search deals")).to_be_visible()
    expect(page.get_by_role("button", name="New deal", exact=True)).to_be_visible()


def test_groups_are_owners_teams_categories_pipelines_or_months(page, login, new_deal, figures):
    new_deal()
    login("admin", "/forecast")
    by = page.get_by_role("combobox", name="Group by")
    for name in ("Team", "Category", "Pipeline", "Month", "Owner"):
        by.select_option(name)
        expect(figures.get_by_role("columnheader").first).to_have_text(name)
        expect(figures.get_by_role("rowheader", name="All", exact=True).first).to_be_visible()
        expect(page.get_by_role("img", name=re.compile(f"^Forecast by {name.lower()}"))).to_be_visible()
    by.select_option("Category")
    expect(figures.get_by_role("columnheader")).to_have_text(["Category", "Sum", "Weighted, with closed", "Deals"])
    assert "by=category" in page.url


def test_sums_stand_apart_by_currency_and_together_in_the_tenants(
        page, login, new_deal, owner, figures):
    new_deal(owner_id=owner["id"])
    new_deal(owner_id=owner["id"], amount={"amount_minor": "5000", "currency": "CHF"})
    login("admin", "/forecast")
    rows = figures.get_by_role("row").filter(has_text=owner["display_name"])
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("of which in CHF")
    expect(rows.nth(2)).to_contain_text("$1,234")
    expect(rows.nth(2)).to_contain_text("of which in USD")


def test_it_follows_what_others_do_to_deals(page, login, new_deal, owner, figures):
    new_deal(owner_id=owner["id"])
    login("admin", "/forecast")
    row = figures.get_by_role("row").filter(has_text=owner["display_name"])
    expect(row.get_by_role("cell").last).to_have_text("1")
    expect(page.locator("html[data-live]")).to_be_attached()
    new_deal(owner_id=owner["id"])
    expect(row.get_by_role("cell").last).to_have_text("2")


def test_a_day_without_a_snapshot_is_refused_at_its_field(page, login, new_deal, figures):
    new_deal()
    login("admin", "/forecast?since=2001-01-01")
    expect(page.get_by_text("Choose a later day: the forecast of that day is not kept")).to_be_visible()
    expect(page.get_by_label("What changed since", exact=True)).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Clear What changed since").click()
    expect(figures).to_be_visible()


def test_trends_come_with_their_table_by_week_month_and_quarter(page, login, new_deal, accessible):
    new_deal()
    login("admin", "/forecast")
    table = page.get_by_role("region", name="Table of the trends")
    expect(table.get_by_role("row")).to_have_count(13)
    units = page.get_by_role("radiogroup", name="Trends by")
    for unit, rows in (("Week", 14), ("Quarter", 9)):
        units.get_by_role("radio", name=unit).check(force=True)
        expect(table.get_by_role("columnheader").first).to_have_text(unit)
        expect(table.get_by_role("row")).to_have_count(rows)
    shown = page.get_by_role("radiogroup", name="Show")
    shown.get_by_role("radio", name="Deals").check(force=True)
    expect(page.get_by_role("img", name=re.compile("^Number of deals created"))).to_be_visible()
    accessible()


def test_charts_come_with_this_screen_alone(page, login, new_deal):
    new_deal()
    asked = []
    page.on("request", lambda request: CHART_CODE.search(request.url) and asked.append(request.url))
    login("admin", "/leads")
    page.wait_for_load_state("load")
    assert asked == []
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Forecast").click()
    expect(page.get_by_role("img", name=re.compile("^Forecast by owner"))).to_be_visible()
    assert len(asked) == 1


def test_it_fits_every_width_in_both_themes(
        page, login, api, new_deal, figures, accessible_in_both_schemes):
    deal = new_deal(amount={"amount_minor": "912345678901234567", "currency": "USD"})
    login("admin", "/forecast")
    expect(figures).to_be_visible()
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(FITS), width
    accessible_in_both_schemes()
    api("DELETE", f"/api/v1/deals/{deal['id']}")


def test_a_rep_sees_their_own_sums_only(page, login, new_deal, members, figures):
    new_deal(owner_id=members["manager"][0]["id"])
    new_deal(role="rep")
    login("rep", "/forecast")
    expect(figures.get_by_role("rowheader", name=members["rep"][0]["display_name"]).first).to_be_visible()
    expect(figures.get_by_role("row").filter(has_text=members["manager"][0]["display_name"])).to_have_count(0)


def test_open_deals_without_a_close_date_are_named_and_listed(page, login, new_deal):
    left_out = new_deal(expected_close_date="")
    login("admin", "/forecast")
    note = page.locator(".form-note").filter(has_text="no expected close date")
    expect(note).to_contain_text("not in this forecast")
    note.get_by_role("link", name="Show them").click()
    expect(page).to_have_url(re.compile(r"/deals\?status=open&expected_close_date=-"))
    page.get_by_role("searchbox", name="Search deals").fill(left_out["name"])
    expect(page.get_by_role("link", name=left_out["name"])).to_be_visible()
