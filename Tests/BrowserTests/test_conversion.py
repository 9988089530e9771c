"""A lead is converted on its page, and taken back."""

import uuid

import pytest
from playwright.sync_api import expect

from conftest import FITS


@pytest.fixture
def qualified(api, new_lead):
    """Makes a qualified lead of a company and a domain that no other one has."""

    def make(**values):
        tag = uuid.uuid4().hex[:8]
        values = {"company_name": f"Globus {tag}", "email": f"wanda@{tag}.example", **values}
        lead = new_lead(**values)
        return api("POST", f"/api/v1/leads/{lead['id']}:qualify", {"reason": "They have a plan"})

    return make


def dialog_of(page, lead):
    page.get_by_role("button", name="Convert", exact=True).click()
    return page.get_by_role("dialog", name=f"Convert {lead['display_name']}")


def test_a_lead_becomes_an_account_a_contact_and_a_deal(page, login, api, qualified, accessible):
    lead = qualified()
    login("admin", f"/leads/{lead['id']}")
    dialog = dialog_of(page, lead)
    account = dialog.get_by_role("group", name="Account")
    expect(account.get_by_label(f"New account: {lead['company_name']}")).to_be_checked()
    contact = dialog.get_by_role("group", name="Contact", exact=True)
    expect(contact.get_by_label(f"New contact: {lead['display_name']}")).to_be_checked()
    expect(dialog.get_by_label("Name of the deal")).to_have_value(f"Deal with {lead['company_name']}")
    expect(dialog.get_by_label("Why it is converted though it is not qualified")).to_have_count(0)
    accessible()
    name = dialog.get_by_label("Name of the deal")
    name.fill(" ")
    dialog.get_by_role("button", name="Convert lead").click()
    expect(name).to_be_focused()
    expect(dialog.get_by_text("Enter a name for the deal.")).to_be_visible()
    name.fill(f"Deal with {lead['company_name']}")
    amount = dialog.get_by_role("textbox", name="Amount")
    amount.fill("12.345")
    dialog.get_by_role("button", name="Convert lead").click()
    expect(amount).to_be_focused()
    amount.fill("12500.50")
    dialog.get_by_role("button", name="Convert lead").click()

    done = page.get_by_role("dialog", name=f"{lead['display_name']} is converted")
    expect(done).to_be_visible()
    after = api("GET", f"/api/v1/leads/{lead['id']}")
    assert after["converted"]
    deal = api("GET", f"/api/v1/deals/{after['deal_id']}")
    assert (deal["amount"], deal["account_id"]) == (
        {"amount_minor": "1250050", "currency": "USD"}, after["account_id"])
    expect(done.get_by_role("link", name=lead["company_name"]).first).to_have_attribute(
        "href", f"/accounts/{after['account_id']}")
    accessible()
    done.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()

    section = page.get_by_role("region", name="Conversion")
    for path in ("accounts", "contacts", "deals"):
        id = after[f"{path[:-1]}_id"]
        expect(section.locator(f"a[href='/{path}/{id}']")).to_be_visible()
    expect(page.get_by_text("This lead is converted: it can only be read.")).to_be_visible()
    for name in ("Convert", "Qualify", "Disqualify", "Delete lead", "Edit City"):
        expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)
    expect(page.get_by_text("converted it")).to_be_visible()
    accessible()
    for width in (1440, 820, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(FITS), width


def test_a_conversion_is_taken_back(page, login, api, qualified, notices):
    lead = qualified()
    api("POST", f"/api/v1/leads/{lead['id']}:convert", {})
    login("admin", f"/leads/{lead['id']}")
    page.get_by_role("button", name="Undo conversion").click()
    expect(notices).to_contain_text("is a lead again")
    expect(page.get_by_role("region", name="Conversion")).to_have_count(0)
    expect(page.get_by_role("button", name="Convert", exact=True)).to_be_visible()
    assert not api("GET", f"/api/v1/leads/{lead['id']}").get("converted")


def test_candidates_are_offered_and_linked(page, login, api, qualified):
    domain = f"{uuid.uuid4().hex[:8]}.example"
    holding = api("POST", "/api/v1/accounts", {"name": f"Holding {domain}", "domains": [domain]})
    lead = qualified(email=f"wanda@{domain}")
    known = api("POST", "/api/v1/contacts", {"last_name": "Wanda Known", "email": f"wanda@{domain}"})
    login("admin", f"/leads/{lead['id']}")
    dialog = dialog_of(page, lead)
    account = dialog.get_by_role("group", name="Account")
    expect(account.get_by_label(f"{holding['name']} same domain")).to_be_checked()
    contact = dialog.get_by_role("group", name="Contact", exact=True)
    expect(contact.get_by_label("Wanda Known same e-mail address")).to_be_checked()
    dialog.get_by_label("Make a deal").uncheck()
    dialog.get_by_role("button", name="Convert lead").click()
    expect(page.get_by_role("dialog", name=f"{lead['display_name']} is converted")).to_be_visible()
    after = api("GET", f"/api/v1/leads/{lead['id']}")
    assert (after["account_id"], after["contact_id"]) == (holding["id"], known["id"])
    assert not after.get("deal_id")


def test_a_second_account_of_a_name_is_made_on_purpose_only(page, login, api, qualified, accessible):
    lead = qualified()
    domain = f"{uuid.uuid4().hex[:8]}.example"
    account = api("POST", "/api/v1/accounts", {"name": lead["company_name"].upper(), "domains": [domain]})
    login("admin", f"/leads/{lead['id']}")
    dialog = dialog_of(page, lead)
    expect(dialog.get_by_label(f"{account['name']} same name · {domain}")).to_be_checked()
    expect(dialog.get_by_text("is an account called")).to_have_count(0)
    dialog.get_by_label(f"New account: {lead['company_name']}").check()
    expect(dialog.get_by_text("Choose it, unless this is another company.")).to_be_visible()
    accessible()
    dialog.get_by_role("button", name="Convert lead").click()
    expect(page.get_by_role("dialog", name=f"{lead['display_name']} is converted")).to_be_visible()
    after = api("GET", f"/api/v1/leads/{lead['id']}")
    assert after["account_id"] != account["id"]
    made = api("GET", f"/api/v1/accounts/{after['account_id']}")
    assert made["name"] == lead["company_name"]


def test_somebody_without_a_company_can_become_an_account_of_their_own(page, login, api, new_lead):
    domain = f"{uuid.uuid4().hex[:8]}.example"
    holding = api("POST", "/api/v1/accounts", {"name": f"Holding {domain}", "domains": [domain]})
    lead = new_lead(email=f"wanda@{domain}")
    api("POST", f"/api/v1/leads/{lead['id']}:qualify", {"reason": "They have a plan"})
    login("admin", f"/leads/{lead['id']}")
    dialog = dialog_of(page, lead)
    expect(dialog.get_by_label(f"{holding['name']} same domain")).to_be_checked()
    dialog.get_by_label(f"New account: {lead['display_name']}").check()
    dialog.get_by_role("button", name="Convert lead").click()
    expect(page.get_by_role("dialog", name=f"{lead['display_name']} is converted")).to_be_visible()
    made = api("GET", f"/api/v1/leads/{lead['id']}")["account_id"]
    assert api("GET", f"/api/v1/accounts/{made}")["name"] == lead["display_name"]


def test_another_account_is_found_by_its_name(page, login, api, qualified):
    lead = qualified()
    other = api("POST", "/api/v1/accounts", {"name": f"Elsewhere {uuid.uuid4().hex[:8]}"})
    login("admin", f"/leads/{lead['id']}")
    dialog = dialog_of(page, lead)
    dialog.get_by_label("Another account").check()
    dialog.get_by_role("button", name="Convert lead").click()
    expect(dialog.get_by_text("Choose an account, or make a new one.")).to_be_visible()
    dialog.get_by_role("combobox", name="Find an account").fill(other["name"])
    page.get_by_role("option", name=other["name"]).click()
    dialog.get_by_role("button", name="Convert lead").click()
    expect(page.get_by_role("dialog", name=f"{lead['display_name']} is converted")).to_be_visible()
    assert api("GET", f"/api/v1/leads/{lead['id']}")["account_id"] == other["id"]


def test_who_may_override_says_why_a_lead_is_converted_unqualified(page, login, api, new_lead):
    lead = new_lead()
    login("manager", f"/leads/{lead['id']}")
    dialog = dialog_of(page, lead)
    dialog.get_by_role("button", name="Convert lead").click()
    reason = dialog.get_by_label("Why it is converted though it is not qualified")
    expect(reason).to_be_focused()
    reason.fill("They have signed already")
    dialog.get_by_role("button", name="Convert lead").click()
    page.get_by_role("dialog").get_by_role("button", name="Done").click()
    expect(page.get_by_text("It was not qualified. Reason: They have signed already")).to_be_visible()
    after = api("GET", f"/api/v1/leads/{lead['id']}")
    assert after["conversion_override_reason"] == "They have signed already"


def test_a_rep_converts_qualified_leads_of_their_own_only(page, login, new_lead, qualified, members):
    me, other = (members["rep"][each]["id"] for each in (0, 1))
    login("rep", f"/leads/{new_lead(owner_id=me)['id']}")
    expect(page.get_by_role("region", name="Qualification")).to_be_visible()
    expect(page.get_by_role("button", name="Convert", exact=True)).to_have_count(0)
    page.goto(f"/leads/{qualified(owner_id=me)['id']}")
    expect(page.get_by_role("button", name="Convert", exact=True)).to_be_visible()
    page.goto(f"/leads/{qualified(owner_id=other)['id']}")
    expect(page.get_by_role("region", name="Qualification")).to_be_visible()
    expect(page.get_by_role("button", name="Convert", exact=True)).to_have_count(0)
