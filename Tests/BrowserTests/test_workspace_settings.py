"""Settings of the workspace: its name, its time zone and language, and the calendar it works by."""

import re

import pytest
from playwright.sync_api import expect

PATHS = ("display_name", "settings.time_zone", "settings.locale", "settings.fiscal_year_start_month",
         "settings.business_hours", "settings.holidays")


@pytest.fixture
def tenant(api):
    """The tenant, which is put back as it was."""
    before = api("GET", "/api/v1/tenant")
    yield before
    body = {"display_name": before["display_name"], "settings": before["settings"]}
    api("PATCH", f"/api/v1/tenant?update_mask={','.join(PATHS)}", body)


def test_an_admin_sets_the_calendar(page, login, api, tenant, notices, accessible):
    login("admin", "/settings/workspace")
    form = page.get_by_role("region", name="Name and calendar")
    form.get_by_label("Fiscal year begins in").select_option("April")
    if tenant["settings"].get("business_hours", []) == []:
        form.get_by_role("button", name="Add Monday to Friday").click()
    form.get_by_label("From, 1", exact=True).fill("8.30")
    form.get_by_role("button", name="Add holiday").click()
    save = form.get_by_role("button", name="Save workspace")
    save.click()
    expect(form.get_by_text("Choose a day.")).to_be_visible()
    accessible()
    last = len(tenant["settings"].get("holidays", [])) + 1
    form.get_by_label(f"Day of holiday {last}", exact=True).fill("2031-12-25")
    form.get_by_label(f"Name of holiday {last}").fill("Christmas")
    save.click()
    expect(notices).to_contain_text("Workspace saved")
    settings = api("GET", "/api/v1/tenant")["settings"]
    assert settings["fiscal_year_start_month"] == 4
    assert settings["business_hours"][0]["start_time"] == "08:30"
    assert {"date": "2031-12-25", "name": "Christmas"} in settings["holidays"]


def test_who_may_not_change_the_tenant_is_not_offered_its_settings(page, login):
    login("manager", "/settings/teams")
    expect(page.get_by_role("heading", level=2, name=re.compile("Teams"))).to_be_visible()
    expect(page.get_by_role("link", name="Name and calendar")).to_have_count(0)
