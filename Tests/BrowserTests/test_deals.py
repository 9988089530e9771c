"""Deals, accounts and contacts: made, changed, and shown with what they are related to."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from conftest import cell, fact, loaded, until


@pytest.fixture
def new_account(api):
    """Makes an account whose name no other one has: the manager's, who does not edit an admin's."""

    def make(**values):
        values = {"name": f"Initech {uuid.uuid4().hex[:8]}", **values}
        return api("POST", "/api/v1/accounts", values, role="manager")

    return make


@pytest.fixture
def new_contact(api):
    """Makes a contact whose name no other one has: the manager's, who does not edit an admin's."""

    def make(**values):
        tag = uuid.uuid4().hex[:8]
        values = {"last_name": f"Cora {tag}", "email": f"cora.{tag}@example.org", **values}
        return api("POST", "/api/v1/contacts", values, role="manager")

    return make


def choose(page, dialog, label, name):
    dialog.get_by_role("combobox", name=label).fill(name)
    page.get_by_role("option", name=name).first.click()


def test_a_deal_is_made_and_comes_first_on_the_board(page, login, notices, new_account, accessible):
    account = new_account()
    login("manager", "/deals")
    page.get_by_role("button", name="New deal", exact=True).click()
    dialog = page.get_by_role("dialog", name="New deal")
    expect(dialog.get_by_role("combobox", name="Pipeline")).to_have_value("Sales")
    dialog.get_by_role("button", name="Create deal").click()
    expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
    accessible()
    name = f"Machines {uuid.uuid4().hex[:8]}"
    dialog.get_by_label("Name", exact=True).fill(name)
    choose(page, dialog, "Account", account["name"])
    dialog.get_by_label("Amount", exact=True).last.fill("1,250.50")
    dialog.get_by_role("button", name="Create deal").click()
    first = page.get_by_role("region", name="New", exact=True).get_by_role("article").first
    expect(first).to_have_attribute("aria-label", name)
    notices.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    expect(fact(page, "Amount")).to_have_text("$1,250.50")
    page.get_by_role("link", name=account["name"]).click()
    expect(page.get_by_role("heading", name=account["name"], level=1)).to_be_visible()
    expect(page.get_by_role("region", name=re.compile("^Deals"))).to_contain_text(name)


def test_a_deal_goes_through_its_stages_is_closed_and_opened_again(
        page, login, new_pipeline, new_deal, api, accessible_in_both_schemes):
    deal = new_deal(pipeline_id=new_pipeline()["id"])
    login("manager", f"/deals/{deal['id']}")
    stages = page.get_by_role("list", name="Stages")
    expect(stages.locator("[aria-current=step]")).to_have_text("New")
    accessible_in_both_schemes()
    stages.get_by_role("button", name="Move to Demo").click()
    expect(stages.locator("[aria-current=step]")).to_have_text("Demo")
    history = page.get_by_role("region", name="Stages so far")
    expect(history.get_by_role("listitem")).to_have_count(2)
    expect(history.get_by_role("listitem").first).to_contain_text("less than a minute so far")
    stages.get_by_role("button", name="Move to Lost").click()
    dialog = page.get_by_role("dialog", name="Close as lost")
    dialog.get_by_role("combobox", name="Loss reason").click()
    page.get_by_role("listbox", name="Loss reason").get_by_role("option").first.click()
    dialog.get_by_role("button", name="Close as lost").click()
    expect(stages.locator("[aria-current=step]")).to_have_text("Lost")
    newest = page.get_by_role("region", name="Timeline").get_by_role("listitem").first
    expect(newest).to_contain_text(re.compile("lost it.*Stage\\s*Demo.*Lost", re.S))
    expect(newest.get_by_text(re.compile(r"^\d+ more fields$"))).to_be_visible()
    expect(stages.get_by_role("button")).to_have_count(0)
    page.get_by_role("button", name="Reopen").click()
    expect(stages.locator("[aria-current=step]")).to_have_text("Demo")
    assert api("GET", f"/api/v1/deals/{deal['id']}")["status"] == "open"


def test_a_probability_of_ones_own_needs_a_reason(page, login, new_deal, api):
    deal = new_deal()
    login("manager", f"/deals/{deal['id']}")
    fact(page, "Probability").click()
    page.get_by_label("Probability", exact=True).fill("77 %")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=deal["name"])
    dialog.get_by_label("Probability reason").fill("They said so")
    dialog.get_by_role("button", name="Save").click()
    expect(fact(page, "Probability")).to_have_text("77%")
    assert api("GET", f"/api/v1/deals/{deal['id']}")["probability_reason"] == "They said so"


def test_a_deal_has_contacts_with_roles(page, login, new_deal, new_contact, api, notices, accessible):
    deal, contact = new_deal(), new_contact()
    login("manager", f"/deals/{deal['id']}")
    contacts = page.get_by_role("region", name="Contacts")
    contacts.get_by_role("button", name="Add contact").click()
    dialog = page.get_by_role("dialog", name="Add contact")
    dialog.get_by_role("button", name="Add contact").click()
    expect(dialog).to_contain_text("Choose a contact.")
    accessible()
    choose(page, dialog, "Contact", contact["last_name"])
    choose(page, dialog, "Role", "Champion")
    dialog.get_by_role("button", name="Add contact").click()
    expect(contacts.get_by_role("listitem")).to_contain_text("Champion")
    contacts.get_by_role("button", name=f"Change {contact['last_name']}").click()
    dialog = page.get_by_role("dialog", name=f"Change {contact['last_name']}")
    choose(page, dialog, "Role", "Technical")
    dialog.get_by_role("button", name="Save").click()
    expect(contacts.get_by_role("listitem")).to_contain_text("Technical")
    contacts.get_by_role("button", name=f"Remove {contact['last_name']}").click()
    expect(contacts).to_contain_text("No contacts")
    notices.get_by_role("button", name="Undo").click()
    contacts.get_by_role("link", name=contact["last_name"]).click()
    expect(page.get_by_role("heading", name=contact["last_name"], level=1)).to_be_visible()
    expect(page.get_by_role("region", name=re.compile("^Deals"))).to_contain_text(deal["name"])


def test_an_account_shows_its_contacts_deals_and_parts(
        page, login, new_account, new_contact, new_deal, accessible_in_both_schemes):
    account = new_account(industry="Machines")
    part, contact = new_account(parent_id=account["id"]), new_contact(account_id=account["id"])
    deal = new_deal(account_id=account["id"])
    login("manager", f"/accounts/{account['id']}")
    related = {"Contacts": contact["last_name"], "Deals": deal["name"], "Parts of it": part["name"]}
    for region, record in related.items():
        shown = page.get_by_role("region", name=f"{region} (1)")
        expect(shown.get_by_role("link", name=record)).to_be_visible()
    accessible_in_both_schemes()
    page.get_by_role("region", name="Parts of it (1)").get_by_role("link", name=part["name"]).click()
    page.get_by_role("link", name=account["name"]).first.click()
    expect(page.get_by_role("heading", name=account["name"], level=1)).to_be_visible()


def test_a_deal_is_made_from_the_page_of_its_account(page, login, new_account, accessible):
    account = new_account()
    login("manager", f"/accounts/{account['id']}")
    page.get_by_role("main").get_by_role("button", name="New deal").click()
    dialog = page.get_by_role("dialog", name="New deal")
    expect(dialog.get_by_role("combobox", name="Account")).to_have_value(account["name"])
    accessible()
    dialog.get_by_label("Name", exact=True).fill("Machines")
    dialog.get_by_role("button", name="Create deal").click()
    deals = page.get_by_role("region", name="Deals (1)")
    expect(deals.get_by_role("link", name="Machines")).to_be_visible()
    # Beside the timeline, not below all of it.
    timeline = page.get_by_role("region", name="Timeline").bounding_box()
    assert deals.bounding_box()["x"] > timeline["x"] + timeline["width"]


def test_an_account_is_archived_and_taken_back(page, login, new_account, api):
    account = new_account()
    login("manager", f"/accounts/{account['id']}")
    page.get_by_role("button", name="Archive", exact=True).click()
    expect(page.get_by_role("button", name="Take back from the archive")).to_be_visible()
    assert api("GET", f"/api/v1/accounts/{account['id']}")["archived"]
    page.get_by_role("button", name="Take back from the archive").click()
    expect(page.get_by_role("button", name="Archive", exact=True)).to_be_visible()


def test_an_account_has_a_health_with_its_reasons_and_what_it_was(
        page, login, new_account, new_deal, accessible_in_both_schemes):
    account = new_account()
    login("manager", f"/accounts/{account['id']}")
    health = page.get_by_role("region", name="Health")
    expect(health).to_contain_text("Poor")
    new_deal(account_id=account["id"])
    expect(health.locator(".score-number")).to_have_text("40")
    rules = health.get_by_role("list", name="Rules of the health").get_by_role("listitem")
    expect(rules.first).to_have_text("Open deal or subscription+25")
    expect(rules.nth(1)).to_have_text("Nothing overdue+15")
    expect(rules.nth(2)).to_have_text("Activity within 30 daysnot met (+25)")
    expect(rules.last).to_contain_text("not measured yet")
    health.get_by_text("History of health").click()
    changes = health.get_by_role("list", name="History of health").get_by_role("listitem")
    expect(changes.first).to_contain_text("From 15 to 40")
    expect(changes.last).to_contain_text("15 at first")
    accessible_in_both_schemes()
    page.goto(f"/accounts?health=fair&name=~{account['name'].replace(' ', '+')}")
    grid = loaded(page.get_by_role("grid", name="Accounts"))
    expect(cell(grid, 0, "health_score")).to_contain_text("40")


def test_a_health_rule_is_made_of_rows_and_in_words(page, login, accessible):
    name = f"Rule {uuid.uuid4().hex[:6]}"
    login("admin", "/settings/account-health")
    table = page.get_by_role("region", name="Table of health rules")
    expect(table.get_by_role("row")).not_to_have_count(1)
    page.get_by_role("button", name="Add rule").click()
    dialog = page.get_by_role("dialog", name="Add rule")
    dialog.get_by_label("Name").fill(name)
    row = dialog.get_by_role("group", name="Row 1")
    row.get_by_role("combobox", name="Values").click()
    page.get_by_role("option", name="Partner").click()
    page.keyboard.press("Escape")
    accessible()
    dialog.get_by_label("Points").fill("1")
    dialog.get_by_role("button", name="Save rule").click()
    shown = table.get_by_role("row").filter(has_text=name)
    expect(shown).to_contain_text(re.compile("Type is (one of )?Partner"))
    expect(shown).to_contain_text("+1")
    shown.get_by_role("button", name=f"Delete {name}").click()
    expect(shown).to_have_count(0)


def test_an_address_is_written_in_parts(page, login, new_account, api):
    account = new_account()
    login("manager", f"/accounts/{account['id']}")
    page.get_by_role("button", name="Edit Billing address").click()
    dialog = page.get_by_role("dialog", name="Billing address")
    dialog.get_by_label("Street").fill("1 Main St")
    dialog.get_by_label("City").fill("Springfield")
    dialog.get_by_role("button", name="Save").click()
    # The dialog stands within the region.
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("region", name="Addresses")).to_contain_text("1 Main St")
    assert api("GET", f"/api/v1/accounts/{account['id']}")["billing_address"]["city"] == "Springfield"


def test_a_contact_shows_its_accounts_its_deals_and_the_leads_of_its_address(
        page, login, new_account, new_contact, new_lead, accessible):
    account, contact = new_account(), new_contact()
    lead = new_lead(email=contact["email"])
    login("manager", f"/contacts/{contact['id']}")
    expect(page.get_by_role("region", name="Leads with this address (1)")).to_contain_text(lead["last_name"])
    accounts = page.get_by_role("region", name="Accounts")
    accounts.get_by_role("button", name="Add account").click()
    dialog = page.get_by_role("dialog", name="Add account")
    choose(page, dialog, "Account", account["name"])
    choose(page, dialog, "Role", "Decision maker")
    dialog.get_by_role("button", name="Add account").click()
    expect(accounts.get_by_role("listitem")).to_contain_text("Decision maker")
    accessible()
    page.goto(f"/accounts/{account['id']}")
    contacts = page.get_by_role("region", name="Contacts (1)")
    expect(contacts).to_contain_text(contact["last_name"])
    expect(contacts).to_contain_text("Decision maker")


def test_a_table_of_deals_filters_by_stage_and_is_edited_in_place(
        page, login, new_pipeline, new_deal, api):
    pipeline = new_pipeline()["id"]
    deal = new_deal(pipeline_id=pipeline)
    login("manager", f"/deals?pipeline_id={pipeline}&sort=-create_time")
    grid = page.get_by_role("grid", name="Deals")
    loaded(grid)
    cell(grid, 0, "stage").locator(".cell-chip").click()
    page.get_by_role("option", name="Demo", exact=True).click()
    expect(cell(grid, 0, "stage")).to_have_text("Demo")
    until(page, lambda: api("GET", f"/api/v1/deals/{deal['id']}")["stage"] == "demo")
    page.goto(f"/deals?pipeline_id={pipeline}&stage=new&sort=-create_time")
    expect(page.get_by_role("heading", name="No deal matches")).to_be_visible()
    page.goto(f"/deals?pipeline_id={pipeline}&stage=demo&sort=-create_time")
    expect(cell(grid, 0, "name")).to_contain_text(deal["name"])


def test_amounts_are_written_and_typed_as_the_tenant_has_them(page, login, new_deal, api):
    before = api("GET", "/api/v1/tenant")["settings"]
    deal = new_deal(amount={"amount_minor": "123450", "currency": "EUR"})
    mask = "settings.locale"
    api("PATCH", f"/api/v1/tenant?update_mask={mask}", {"settings": {"locale": "de-DE"}})
    try:
        login("manager", f"/deals/{deal['id']}")
        expect(fact(page, "Amount")).to_have_text("1.234,50 €")
        fact(page, "Amount").click()
        amount = page.get_by_role("group", name="Amount").get_by_label("Amount")
        expect(amount).to_have_value("1234,50")
        amount.fill("1,234.50")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Enter an amount such as 1.250.000,50")).to_be_visible()
        amount.fill("90.071.992.547.409,93")
        page.keyboard.press("Enter")
        expect(fact(page, "Amount")).to_have_text("90.071.992.547.409,93 €")
        assert api("GET", f"/api/v1/deals/{deal['id']}")["amount"]["amount_minor"] == "9007199254740993"
    finally:
        locale = before.get("locale", "en")
        api("PATCH", f"/api/v1/tenant?update_mask={mask}", {"settings": {"locale": locale}})


def test_a_reader_sees_accounts_and_contacts_and_changes_nothing(page, login, new_account):
    account = new_account()
    login("read_only", f"/accounts/{account['id']}")
    expect(page.get_by_role("heading", name=account["name"], level=1)).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Edit|Archive|^Add"))).to_have_count(0)


def test_contacts_that_one_is_about_to_make_again_are_told_while_one_types(
        page, login, new_contact, api, accessible):
    first = new_contact(phone="+16502530147")
    login("manager", "/contacts")
    page.get_by_role("button", name="New contact", exact=True).click()
    dialog = page.get_by_role("dialog", name="New contact")
    told = dialog.get_by_role("status", name="Duplicates")
    dialog.get_by_label("E-mail").fill(first["email"].upper())
    expect(told).to_contain_text("There is a contact like this already")
    expect(told).to_contain_text("has the same e-mail address")
    expect(told.get_by_role("link", name=first["last_name"])).to_have_attribute(
        "href", f"/contacts/{first['id']}")
    accessible()
    dialog.get_by_label("E-mail").fill("")
    expect(told).to_be_empty()
    dialog.get_by_label("Last name").fill(first["last_name"])
    dialog.get_by_label("Phone").fill("(650) 253-0147")
    expect(told).to_contain_text("has the same phone number")
    dialog.get_by_role("button", name="Cancel").click()
    again = api("POST", "/api/v1/contacts", {"last_name": "Again", "email": first["email"]})
    page.goto(f"/contacts/{again['id']}")
    repeated = page.get_by_role("region", name="Duplicates")
    repeated.get_by_role("link", name=first["last_name"]).click()
    expect(page.get_by_role("region", name="Duplicates")).to_contain_text("Repeated by")


def test_a_new_lead_is_compared_with_contacts_and_accounts(page, login, new_contact, new_account):
    account = new_account()
    contact = new_contact()
    login("manager")
    page.get_by_role("button", name="New lead").click()
    dialog = page.get_by_role("dialog", name="New lead")
    told = dialog.get_by_role("status", name="Duplicates")
    dialog.get_by_label("E-mail").fill(contact["email"])
    expect(told.get_by_role("link", name=contact["last_name"])).to_be_visible()
    expect(told).to_contain_text("contact, has the same e-mail address")
    dialog.get_by_label("E-mail").fill("")
    dialog.get_by_label("Company").fill(account["name"])
    expect(told.get_by_role("link", name=account["name"])).to_be_visible()
    expect(told).to_contain_text("account, has the same name")
    dialog.get_by_role("button", name="Cancel").click()
