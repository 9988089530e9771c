"""Pipelines and currencies in the settings."""

import uuid

import pytest
from playwright.sync_api import expect

from conftest import FITS, until


@pytest.fixture
def new_pipeline(api):
    """Makes a pipeline whose name no other one has."""

    def make(*names):
        stages = [{"display_name": name, "probability": 10 * place + 10} for place, name in enumerate(names)]
        closed = [{"display_name": "Won", "kind": "won"}, {"display_name": "Lost", "kind": "lost"}]
        name = f"Pipeline {uuid.uuid4().hex[:8]}"
        return api("POST", "/api/v1/pipelines", {"display_name": name, "stages": stages + closed})

    return make


@pytest.fixture
def stages(page):
    return page.get_by_role("list", name="Stages")


def stage_names(pipeline):
    return [stage["display_name"] for stage in pipeline["stages"]]


def test_a_pipeline_is_made_with_its_stages(page, login, api, stages, accessible):
    name = f"Services {uuid.uuid4().hex[:8]}"
    login("admin", "/settings/pipelines")
    page.get_by_role("link", name="Add pipeline").click()
    expect(stages.get_by_role("listitem")).to_have_count(3)
    page.get_by_role("button", name="Create pipeline").click()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    expect(page.get_by_text("Enter a name")).to_be_visible()
    page.get_by_label("Name", exact=True).fill(name)

    page.get_by_role("button", name="Add stage").click()
    dialog = page.get_by_role("dialog", name="Add stage")
    expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
    dialog.get_by_label("Name", exact=True).fill("New")
    dialog.get_by_label("Probability").fill("101")
    dialog.get_by_role("button", name="Done").click()
    expect(dialog.get_by_text("Choose a name that no other stage has.")).to_be_visible()
    expect(dialog.get_by_text("Choose a whole number from 0 to 100.")).to_be_visible()
    accessible()
    dialog.get_by_label("Name", exact=True).fill("Demo")
    dialog.get_by_label("Probability").fill("40")
    dialog.get_by_label("Forecast category").select_option("Best case")
    dialog.get_by_label("Days without activity until a deal rots").fill("14")
    dialog.get_by_role("combobox", name="Required fields").fill("Amount")
    page.get_by_role("option", name="Amount", exact=True).click()
    page.keyboard.press("Escape")
    dialog.get_by_role("button", name="Add a condition").click()
    condition = dialog.get_by_role("group", name="Row 1")
    dialog.get_by_role("button", name="Done").click()
    expect(condition.get_by_label("Value")).to_be_focused()
    expect(condition.get_by_text("Enter a value.")).to_be_visible()
    condition.get_by_label("Value").fill("100")
    dialog.get_by_role("button", name="And", exact=True).click()
    second = dialog.get_by_role("group", name="Row 2")
    second.get_by_role("combobox", name="Field").click()
    page.keyboard.type("Next step")
    page.keyboard.press("Enter")
    second.get_by_label("Comparison").select_option(label="is not empty")
    accessible()
    dialog.get_by_role("button", name="Done").click()
    row = stages.get_by_role("listitem").nth(1)
    expect(row).to_contain_text("Demo")
    expect(row).to_contain_text(
        "40% · Best case · rots after 14 days · asks for 1 field · has a condition")
    accessible()
    page.get_by_role("button", name="Create pipeline").click()
    expect(page.get_by_role("rowheader", name=name)).to_be_visible()
    known = api("GET", "/api/v1/pipelines")["pipelines"]
    made = next(each for each in known if each["display_name"] == name)
    assert stage_names(made) == ["New", "Demo", "Closed Won", "Closed Lost"]
    demo = made["stages"][1]
    assert (demo["probability"], demo["forecast_category"], demo["rotting_days"]) == (40, "best_case", 14)
    assert (demo["required_fields"], demo["entry_condition"]) == (
        ["amount"], "amount >= 100 && next_step != null")


def test_stages_are_put_in_order_by_keyboard(page, login, api, new_pipeline, stages):
    pipeline = new_pipeline("First", "Second", "Third")
    login("admin", f"/settings/pipelines?edit={pipeline['id']}")
    page.get_by_role("button", name="Move Third", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    expect(stages.get_by_role("listitem").first).to_contain_text("Third")
    page.get_by_role("button", name="Save pipeline").click()
    expect(page.get_by_role("rowheader", name=pipeline["display_name"])).to_be_visible()
    after = api("GET", f"/api/v1/pipelines/{pipeline['id']}")
    assert stage_names(after) == ["Third", "First", "Second", "Won", "Lost"]
    assert sorted(each["key"] for each in after["stages"]) == sorted(
        each["key"] for each in pipeline["stages"])


def test_focus_stays_in_the_editor_when_a_stage_is_removed(page, login, new_pipeline):
    pipeline = new_pipeline("First", "Second", "Third")
    login("admin", f"/settings/pipelines?edit={pipeline['id']}")
    page.get_by_role("button", name="Remove Second").press("Enter")
    expect(page.get_by_role("button", name="Remove Third")).to_be_focused()
    page.get_by_role("button", name="Remove Lost").press("Enter")
    expect(page.get_by_role("button", name="Remove Won")).to_be_focused()
    page.get_by_role("button", name="Discard changes").press("Enter")
    expect(page.get_by_role("heading", level=1, name="Settings")).to_be_focused()


def test_a_change_first_says_what_it_does_to_deals_and_asks_where_they_go(
        page, login, api, new_pipeline, stages, accessible):
    pipeline = new_pipeline("First", "Second", "Third")
    second = pipeline["stages"][1]["key"]
    deal = api("POST", "/api/v1/deals", {
        "name": f"Deal {uuid.uuid4().hex[:8]}", "pipeline_id": pipeline["id"], "stage": second})
    login("admin", f"/settings/pipelines?edit={pipeline['id']}")
    page.get_by_role("button", name="Remove Second").click()
    page.get_by_role("button", name="Save pipeline").click()
    dialog = page.get_by_role("dialog", name=f"What this changes in {pipeline['display_name']}")
    row = dialog.get_by_role("row").filter(has_text="Second")
    expect(row.get_by_role("cell").first).to_have_text("1")
    where = dialog.get_by_role("combobox", name="Deals of Second go to")
    expect(where.locator("option:checked")).to_have_text("Choose")
    expect(where.locator("option")).to_have_text(["Choose", "First", "Third"])
    dialog.get_by_role("button", name="Change pipeline and 1 deal").click()
    expect(row).to_contain_text("Choose where its deals go.")
    expect(where).to_be_focused()
    accessible()

    dialog.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Nothing is changed yet.")).to_be_visible()
    assert stage_names(api("GET", f"/api/v1/pipelines/{pipeline['id']}")) == stage_names(pipeline)
    page.get_by_role("button", name="Save pipeline").click()
    where.select_option("Third")
    dialog.get_by_role("button", name="Change pipeline and 1 deal").click()
    expect(page.get_by_role("rowheader", name=pipeline["display_name"])).to_be_visible()
    expect(page.get_by_role("heading", level=1, name="Settings")).to_be_focused()
    third = pipeline["stages"][2]["key"]
    until(page, lambda: api("GET", f"/api/v1/deals/{deal['id']}")["stage"] == third)


def test_a_condition_that_cannot_be_read_is_said_at_its_stage(page, login, new_pipeline, stages):
    pipeline = new_pipeline("First", "Second")
    login("admin", f"/settings/pipelines?edit={pipeline['id']}")
    page.get_by_role("button", name="Edit Second").click()
    dialog = page.get_by_role("dialog", name="Stage Second")
    dialog.get_by_role("button", name="Write the condition in CEL").click()
    condition = dialog.get_by_label("Entry condition")
    condition.fill("nosuchfield > 1")
    dialog.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Save pipeline").click()
    expect(stages.get_by_role("listitem").nth(1).locator(".field-error")).to_contain_text("nosuchfield")
    page.get_by_role("button", name="Edit Second").click()
    expect(condition).to_have_attribute("aria-invalid", "true")


def test_what_was_typed_is_there_again_after_a_reload(page, login, new_pipeline, stages):
    pipeline = new_pipeline("First", "Second")
    login("admin", f"/settings/pipelines?edit={pipeline['id']}")
    page.get_by_role("button", name="Remove Second").click()
    page.reload()
    expect(stages.get_by_role("listitem")).to_have_count(3)
    page.get_by_role("button", name="Discard changes").click()
    page.get_by_role("link", name=f"Edit {pipeline['display_name']}").click()
    expect(stages.get_by_role("listitem")).to_have_count(4)


def test_another_pipeline_becomes_the_default_and_one_is_deleted_and_brought_back(
        page, login, api, new_pipeline, notices):
    known = api("GET", "/api/v1/pipelines")["pipelines"]
    default = next(each for each in known if each.get("is_default"))
    pipeline = new_pipeline("First")
    name = pipeline["display_name"]
    login("admin", "/settings/pipelines")
    row = page.get_by_role("row").filter(has_text=name)
    try:
        row.get_by_role("button", name=f"More for {name}").click()
        page.get_by_role("menuitem", name="Make it the default").click()
        expect(row.get_by_role("cell").nth(1)).to_have_text("Default")
        expect(row.get_by_role("button", name=f"More for {name}")).to_have_count(0)
    finally:
        api("PATCH", f"/api/v1/pipelines/{default['id']}", {"is_default": True})
    row.get_by_role("button", name=f"More for {name}").click()
    page.get_by_role("menuitem", name=f"Delete {name}").click()
    expect(row).to_have_count(0)
    notices.get_by_role("button", name="Undo").click()
    expect(row).to_be_visible()


def test_who_may_not_change_pipelines_sees_them(page, login, new_pipeline):
    pipeline = new_pipeline("First")
    login("rep", "/settings/pipelines")
    row = page.get_by_role("row").filter(has_text=pipeline["display_name"])
    expect(row).to_contain_text("First, Won and Lost")
    expect(page.get_by_role("link", name="Add pipeline")).to_have_count(0)
    expect(page.get_by_role("link", name="Currencies")).to_have_count(0)


def test_currencies_get_fixed_rates(page, login, api, notices, accessible_in_both_schemes):
    before = api("GET", "/api/v1/tenant")["settings"]
    try:
        api("PATCH", "/api/v1/tenant?update_mask=settings.exchange_rates", {"settings": {}})
        login("admin", "/settings/currencies")
        page.get_by_role("button", name="Add currency").click()
        page.get_by_role("combobox", name="Currency 1").fill("Swiss")
        page.get_by_role("option", name="CHF").click()
        rate = page.get_by_label("What 1 CHF is worth in USD")
        rate.fill("0")
        page.get_by_role("button", name="Save currencies").click()
        expect(page.get_by_text("Enter a number above 0 such as 1.0842")).to_be_visible()
        accessible_in_both_schemes()
        rate.fill("1.1254")
        page.get_by_role("button", name="Save currencies").click()
        expect(notices).to_contain_text("Currencies saved")
        assert api("GET", "/api/v1/tenant")["settings"]["exchange_rates"] == [
            {"currency": "CHF", "rate": "1.1254"}]
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(FITS), width
    finally:
        rates = {"exchange_rates": before.get("exchange_rates", [])}
        api("PATCH", "/api/v1/tenant?update_mask=settings.exchange_rates", {"settings": rates})


def test_the_editor_fits_every_width(page, login, new_pipeline, stages, accessible_in_both_schemes):
    pipeline = new_pipeline("A name of a stage that is as long as anybody would ever want it to be", "B")
    login("admin", f"/settings/pipelines?edit={pipeline['id']}")
    expect(stages).to_be_visible()
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(FITS), width
    accessible_in_both_schemes()
