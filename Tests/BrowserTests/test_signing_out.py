"""Whoever signs out is gone from every tab, and nothing of theirs is sent for whoever comes next."""

from playwright.sync_api import expect


def sign_out(page):
    page.get_by_role("button", name="You:").click()
    page.get_by_role("menuitem", name="Sign out").click()


def signed_out(page):
    expect(page.get_by_role("form", name="Sign in to Leadmesh")).to_be_visible()


def edit_city(page, text):
    page.get_by_role("button", name="Edit City").click()
    page.get_by_label("City", exact=True).fill(text)


def test_what_hung_is_never_sent_as_the_next_person(page, login, sign_in, new_lead, api):
    lead = new_lead(city="Springfield")
    path = f"**/api/v1/leads/{lead['id']}?*"
    held, sent = [], []
    page.on("request", lambda request: request.method == "PATCH" and sent.append(request))
    login("manager", f"/leads/{lead['id']}", fresh=True)
    page.route(path, lambda route: held.append(route) if route.request.method == "PATCH" else route.continue_())
    edit_city(page, "Lyon")
    with page.expect_request(path):
        page.keyboard.press("Enter")
    sign_out(page)
    signed_out(page)
    sign_in(page, "admin")
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    with page.expect_event("requestfinished", lambda request: request.method == "PATCH"):
        held[0].fulfill(status=401, json={"status": 401, "reason": "TOKEN_EXPIRED", "title": "Expired"})
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert len(sent) == 1
    assert api("GET", f"/api/v1/leads/{lead['id']}")["city"] == "Springfield"


def test_a_sign_out_that_fails_says_so_and_stays(page, login, notices):
    login("rep", fresh=True)
    page.route("**/api/v1/auth:logout", lambda route: route.fulfill(status=429, json={"status": 429}))
    sign_out(page)
    expect(notices).to_contain_text("You are still signed in")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.unroute("**/api/v1/auth:logout")
    sign_out(page)
    signed_out(page)


def test_a_sign_out_ends_every_tab_and_drops_what_was_typed(page, login, sign_in, new_lead):
    lead = new_lead(city="Springfield")
    login("manager", f"/leads/{lead['id']}", fresh=True)
    edit_city(page, "Secret")
    other = page.context.new_page()
    other.goto("/leads")
    sign_out(other)
    signed_out(page)
    expect(page.get_by_text(lead["last_name"])).to_have_count(0)
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.includes('draft'))") == []


def test_another_person_who_signs_in_in_one_tab_is_whom_every_tab_shows(page, login, sign_in):
    login("manager", fresh=True)
    other = page.context.new_page()
    other.goto("/leads")
    expect(other.get_by_role("heading", level=1)).to_be_visible()
    name = other.get_by_role("button", name="You:").get_attribute("aria-label")
    sign_out(other)
    signed_out(other)
    signed_out(page)
    sign_in(other, "rep")
    expect(page.get_by_role("button", name="You:")).to_be_visible()
    assert page.get_by_role("button", name="You:").get_attribute("aria-label") != name


def test_an_editor_that_is_taken_away_sends_nothing_and_keeps_what_was_typed(page, login, new_lead, api, notices):
    lead = new_lead(city="Springfield")
    login("manager", f"/leads/{lead['id']}", fresh=True)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Leads").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.go_back()
    edit_city(page, "Ly")
    page.go_forward()
    expect(notices).to_contain_text("City is not saved")
    page.go_back()
    page.get_by_role("button", name="Edit City").click()
    expect(page.get_by_label("City", exact=True)).to_have_value("Ly")
    assert api("GET", f"/api/v1/leads/{lead['id']}")["city"] == "Springfield"
