"""Home: its figures and the lists behind them, tasks to complete, whose records it shows, and what fails alone."""

import contextlib
import datetime
import os
import re
import signal
import uuid

import pytest
from playwright.sync_api import expect

from conftest import FITS, PASSWORD, enter

FIGURES = ["New leads this week", "Open deals", "Won this month", "Due today", "Overdue"]
CARDS = ["My tasks", "New hot leads", re.compile("^Pipeline: "), "Expected revenue", "Recent activity"]
PHONE = {"width": 390, "height": 844}


def hence(**time):
    """A time from now on, as the API has it."""
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(**time)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def figure(page, name):
    """The link of a figure."""
    figures = page.get_by_role("list", name="Figures")
    return figures.get_by_role("link", name=re.compile(rf"^{name}"))


def number(link):
    return int(link.locator("strong").inner_text().replace(",", ""))


def card(page, name):
    return page.get_by_role("region", name=name)


def settled(page):
    expect(page.get_by_role("heading", name="Home", level=1)).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def listed(page):
    """How many records the list on screen has."""
    count = page.locator(".list-count")
    expect(count).to_have_text(re.compile(r"^[\d,]+\+? \w+"))
    return count.inner_text().split()[0]


def as_listed(count):
    """Lists count to 1,000."""
    return f"{count:,}" if count <= 1000 else "1,000+"


@pytest.mark.parametrize("role", ["manager", "rep"])
def test_each_figure_opens_as_many_records_as_it_says(page, login, role):
    login(role, "/")
    settled(page)
    for name in FIGURES:
        link = figure(page, name)
        said = as_listed(number(link))
        link.click()
        assert listed(page) == said, name
        page.go_back()
        settled(page)
    last = page.get_by_role("link", name=re.compile("last week$"))
    said = as_listed(int(last.inner_text().split()[0].replace(",", "")))
    last.click()
    assert listed(page) == said


def test_each_stage_opens_its_deals(page, login):
    login("manager", "/")
    settled(page)
    pipeline = card(page, re.compile("^Pipeline: "))
    stages = pipeline.locator("li a")
    assert stages.count() > 2
    for place in range(stages.count()):
        said = re.search(r"([\d,]+) deals?", stages.nth(place).inner_text())[1]
        stages.nth(place).click()
        assert listed(page) == said
        page.go_back()
        settled(page)
    pipeline.get_by_role("link", name="Board").click()
    expect(page.get_by_role("heading", name="Deals", level=1)).to_be_attached()
    expect(page.locator(".board")).to_be_visible()


def test_home_is_where_one_begins_and_is_accessible(page, login, accessible_in_both_schemes):
    login("manager", "/")
    settled(page)
    here = page.get_by_role("navigation", name="Main").locator("[aria-current=page]")
    expect(here).to_have_text("Home")
    for name in CARDS:
        expect(card(page, name)).to_be_visible()
    accessible_in_both_schemes()
    page.set_viewport_size(PHONE)
    accessible_in_both_schemes()
    assert page.evaluate(FITS)
    page.goto("/home")
    settled(page)
    expect(here).to_have_text("Home")


def test_a_member_may_complete_what_is_due_and_the_figures_follow(member, api):
    made, page = member("rep", "/")
    settled(page)
    expect(card(page, "My tasks")).to_contain_text("Nothing is overdue or due today.")
    title = f"Ring {uuid.uuid4().hex[:8]}"
    task = api("POST", "/api/v1/tasks", {
        "title": title, "assignee_ids": [made["id"]], "due_time": hence(hours=-2)})
    # It becomes overdue within a second, and appears without a reload.
    mine = card(page, "My tasks")
    expect(mine.get_by_role("link", name=title)).to_be_visible()
    expect(mine.get_by_role("link", name="Overdue (1)")).to_be_visible()
    expect(figure(page, "Overdue").locator("strong")).to_have_text("1")
    mine.get_by_role("checkbox", name=f"Complete {title}").check()
    expect(mine.get_by_role("link", name=title)).to_have_count(0)
    expect(figure(page, "Overdue").locator("strong")).to_have_text("0")
    assert api("GET", f"/api/v1/tasks/{task['id']}")["status"] == "completed"
    notices = page.get_by_role("status", name="Notices")
    notices.get_by_role("button", name="Undo").last.click()
    expect(mine.get_by_role("link", name=title)).to_be_visible()
    mine.get_by_role("link", name="All my tasks").click()
    expect(page.get_by_role("heading", name="My tasks", level=1)).to_be_visible()


def test_a_rep_sees_their_own_and_a_manager_chooses(member, page, login, api):
    made, own = member("rep", "/")
    settled(own)
    tag = uuid.uuid4().hex[:8]
    api("POST", "/api/v1/leads", {"last_name": f"Own {tag}", "email": f"{tag}@example.org", "owner_id": made["id"]})
    api("POST", "/api/v1/deals", {
        "name": f"Own {tag}", "owner_id": made["id"], "amount": {"amount_minor": "120000", "currency": "USD"}})
    expect(figure(own, "New leads this week").locator("strong")).to_have_text("1")
    expect(figure(own, "Open deals").locator("strong")).to_have_text("1")
    expect(own.get_by_role("list", name="Figures")).to_contain_text("$1,200")
    expect(own.get_by_role("radiogroup", name="Whose records")).to_have_count(0)

    login("manager", "/")
    settled(page)
    choice = page.get_by_role("radiogroup", name="Whose records")
    expect(choice.get_by_role("radio", name="Team")).to_be_checked()
    team = number(figure(page, "Open deals"))
    choice.locator("label", has_text="Mine").click()
    settled(page)
    mine = number(figure(page, "Open deals"))
    assert mine < team
    page.reload()
    settled(page)
    expect(choice.get_by_role("radio", name="Mine")).to_be_checked()
    assert number(figure(page, "Open deals")) == mine


def test_an_activity_appears_as_soon_as_it_is_logged(page, login, new_lead, api):
    lead = new_lead(role="manager")
    login("manager", "/")
    settled(page)
    expect(page.locator("html")).to_have_attribute("data-live", "")
    subject = f"Spoke of {uuid.uuid4().hex[:8]}"
    made = api("POST", "/api/v1/activities", {
        "type": "call", "subject": subject, "related": [lead["id"]]}, role="manager")
    row = card(page, "Recent activity").locator("li", has_text=subject)
    expect(row).to_contain_text("Call")
    expect(row.get_by_role("link", name=subject)).to_have_attribute("href", f"/activities/{made['id']}")
    expect(row.get_by_role("link", name=lead["last_name"])).to_have_attribute("href", f"/leads/{lead['id']}")
    row.get_by_role("link", name=lead["last_name"]).click()
    expect(page.get_by_role("heading", name=lead["last_name"], level=1)).to_be_visible()


@contextlib.contextmanager
def stopped(mesh, service):
    """A service whose processes do nothing until this is left."""
    processes = mesh.processes(service)
    assert processes
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


def test_a_service_that_does_not_answer_leaves_its_card_alone(page, login, mesh):
    login("manager", "/settings/password")
    activities = card(page, "Recent activity")
    with stopped(mesh, "engage"):
        page.goto("/")
        expect(activities).to_contain_text("This takes longer than usual.")
        for name in FIGURES:
            expect(figure(page, name).locator("strong")).to_have_text(re.compile(r"\d"))
        for name in CARDS[:-1]:
            expect(card(page, name).locator(".waiting")).to_have_count(0)
        expect(page.get_by_role("alert")).to_have_count(0)
    settled(page)
    expect(activities.get_by_role("alert")).to_have_count(0)


def test_what_cannot_be_loaded_says_so_in_its_place_and_is_tried_again(page, login):
    broken = {"status": 503, "body": '{"title": "Unavailable", "status": 503, "code": "UNAVAILABLE"}'}
    paths = ["**/api/v1/activities?*", "**/api/v1/deals:board?*"]
    for path in paths:
        page.route(path, lambda route: route.fulfill(content_type="application/json", **broken))
    login("manager", "/")
    expect(page.get_by_role("heading", name="Home", level=1)).to_be_visible()
    expect(card(page, "Recent activity").get_by_role("alert")).to_be_visible()
    expect(card(page, "Pipeline by stage").get_by_role("alert")).to_be_visible()
    figures = page.get_by_role("list", name="Figures")
    expect(figures.get_by_role("alert")).to_have_count(2)
    expect(figure(page, "Overdue").locator("strong")).to_have_text(re.compile(r"\d"))
    expect(card(page, "My tasks").get_by_role("alert")).to_have_count(0)
    page.problems.clear()
    for path in paths:
        page.unroute(path)
    card(page, "Recent activity").get_by_role("button", name="Try again").click()
    expect(card(page, "Recent activity").get_by_role("alert")).to_have_count(0)
    figures.get_by_role("button", name="Try again").first.click()
    settled(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.problems.clear()


def test_an_empty_workspace_says_what_to_do_first(new_page, mesh):
    name = f"new{uuid.uuid4().hex[:8]}"
    owner = f"owner@{name}.example"
    mesh.create_tenant(name, owner, PASSWORD)
    page = new_page()
    page.goto(f"http://{name}.localhost:{mesh.port}/")
    enter(page, owner, PASSWORD)
    steps = card(page, "Set up your workspace")
    expect(steps).to_be_visible()
    for step, heading in {
            "Import your leads": "Import", "Add members": "Members", "Set up your pipeline": "Pipelines"}.items():
        steps.get_by_role("link", name=step).click()
        expect(page.get_by_role("heading", name=re.compile(heading)).first).to_be_visible()
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Home").click()
        expect(steps).to_be_visible()
    token = mesh.login(name, owner, PASSWORD)
    status, _, _ = mesh.request(
        "POST", "/api/v1/leads", host=f"{name}.localhost", token=token,
        body={"last_name": "First", "email": "first@example.org"})
    assert status == 200
    expect(figure(page, "New leads this week").locator("strong")).to_have_text("1")
    expect(steps).to_have_count(0)


def test_a_member_who_only_reads_has_no_choice_and_no_steps(page, login):
    login("read_only", "/")
    settled(page)
    expect(page.get_by_role("radiogroup", name="Whose records")).to_have_count(0)
    expect(figure(page, "New leads this week")).to_be_visible()
    assert number(figure(page, "Open deals")) == 0
