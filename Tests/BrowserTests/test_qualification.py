"""A lead's qualification on its page: the checklist, what is known, and the ways it can go."""

import uuid

from playwright.sync_api import expect

from conftest import FITS, until


def test_a_lead_is_assessed_qualified_and_put_back(page, login, new_lead, accessible):
    lead = new_lead()
    login("manager", f"/leads/{lead['id']}")
    panel = page.get_by_role("region", name="Qualification")
    conversion = panel.get_by_role("list", name="Before it is converted")
    expect(conversion.get_by_role("listitem").filter(has_text="Missing: Qualified")).to_be_visible()
    expect(panel.get_by_text("Not measured yet")).to_be_visible()
    panel.locator("summary").filter(has_text="BANT").click()
    expect(panel.get_by_role("list", name="BANT").get_by_role("listitem")).to_have_count(4)
    accessible()
    panel.get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog", name="What is known by BANT")
    budget = dialog.get_by_role("group", name="Budget")
    budget.get_by_label("Points, 0 to 25").fill("26")
    budget.get_by_label("What it rests on").fill("The CFO has signed")
    dialog.get_by_role("button", name="Save").click()
    expect(budget.get_by_label("Points, 0 to 25")).to_be_focused()
    expect(budget.locator(".field-error")).to_be_visible()
    budget.get_by_label("Points, 0 to 25").fill("25")
    for name in ("Authority", "Need"):
        dialog.get_by_role("group", name=name).get_by_label("Points, 0 to 25").fill("20")
    accessible()
    dialog.get_by_role("button", name="Save").click()
    expect(panel.get_by_text("65 of 100, good from 60")).to_be_visible()

    expect(panel.get_by_role("button", name="Put back")).to_have_count(0)
    page.get_by_role("button", name="Qualify", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Qualify lead").click()
    expect(dialog.get_by_text("Say why it is qualified.")).to_be_visible()
    expect(dialog.get_by_label("Reason")).to_be_focused()
    dialog.get_by_label("Reason").fill("They have a plan")
    page.keyboard.press("Control+Enter")
    expect(conversion.get_by_role("listitem").filter(has_text="Done: Qualified")).to_be_visible()
    expect(page.get_by_role("button", name="Qualify", exact=True)).to_have_count(0)

    panel.get_by_role("button", name="Disqualify").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Reason").fill("No Bud")
    page.get_by_role("option", name="No Budget").click()
    dialog.get_by_role("button", name="Disqualify lead").click()
    expect(page.get_by_text("disqualified it")).to_be_visible()
    expect(panel.get_by_role("button", name="Disqualify")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    panel.get_by_role("button", name="Put back").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Reason").fill("Next year")
    dialog.get_by_role("button", name="Put lead back").click()
    expect(panel).to_contain_text("Put back because")
    expect(page.get_by_text("put it back")).to_be_visible()
    for width in (1440, 820, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(FITS), width


def test_who_only_reads_sees_the_checklist_and_no_buttons(page, login, new_lead):
    lead = new_lead()
    login("read_only", f"/leads/{lead['id']}")
    panel = page.get_by_role("region", name="Qualification")
    expect(panel.get_by_role("list", name="Before it is converted")).to_be_visible()
    for name in ("Qualify", "Disqualify", "Put back"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)


def test_a_lead_that_is_ready_is_converted_by_itself_once_the_tenant_wants_that(
        page, login, api, new_lead, members, notices, accessible_in_both_schemes):
    names = ("bant_minimum", "conversion_score", "risk_medium_from", "risk_high_from")
    before = api("GET", "/api/v1/tenant")["settings"]
    settings = {name: before[name] for name in names}
    mask = ",".join(f"settings.{name}" for name in (*names, "convert_automatically"))
    try:
        login("admin", "/settings/qualification")
        automatic = page.get_by_label("A lead that is ready is converted by itself")
        expect(automatic).not_to_be_checked()
        automatic.check()
        page.get_by_label("Score", exact=True).fill("101")
        page.get_by_role("button", name="Save qualification").click()
        expect(page.get_by_label("Score", exact=True)).to_be_focused()
        expect(page.get_by_text("Enter a whole number from 0 to 100.")).to_be_visible()
        page.get_by_label("Score", exact=True).fill("0")
        page.get_by_label("High from").fill("20")
        page.get_by_role("button", name="Save qualification").click()
        expect(page.get_by_text("Enter more points than for a medium risk.")).to_be_visible()
        accessible_in_both_schemes()
        page.get_by_label("High from").fill("70")
        page.get_by_label("BANT", exact=True).fill("55")
        page.get_by_role("button", name="Save qualification").click()
        expect(notices).to_contain_text("Qualification saved")
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(FITS), width
        page.set_viewport_size({"width": 1440, "height": 900})

        tag = uuid.uuid4().hex[:8]
        lead = new_lead(
            company_name=f"Globus {tag}", email=f"wanda@{tag}.example", owner_id=members["rep"][0]["id"])
        path = f"/api/v1/leads/{lead['id']}"
        # The service of leads hears of the settings a moment later.
        until(page, lambda: api("GET", f"{path}/qualification")["bant_minimum"] == 55)
        login("admin", f"/leads/{lead['id']}")
        expect(page.locator("html[data-live]")).to_be_attached()
        known = {name: {"score": 20} for name in ("budget", "authority", "need")}
        body = {"reason": "They have a plan", "bant": known}
        api("POST", f"{path}:qualify", body)
        expect(page.get_by_text("This lead is converted: it can only be read.")).to_be_visible()
        expect(page.get_by_role("region", name="Conversion").get_by_text("None")).to_be_visible()
    finally:
        api("PATCH", f"/api/v1/tenant?update_mask={mask}", {"settings": settings})
