"""Signing in, under the tenant's own host name."""

from playwright.sync_api import expect

from conftest import demo_login


def test_a_member_signs_in_stays_signed_in_and_signs_out(page, login, accessible):
    page.goto("/")
    expect(page.get_by_role("heading", name="Sign in to Leadmesh")).to_be_visible()
    accessible()
    login("rep", fresh=True)
    page.reload()
    expect(page.get_by_role("grid", name="Leads")).to_be_visible()
    page.get_by_role("button", name="You:").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in to Leadmesh")).to_be_visible()
    page.goto("/leads")
    expect(page.get_by_role("heading", name="Sign in to Leadmesh")).to_be_visible()


def test_a_wrong_password_is_said_at_the_form(page, mesh, accessible):
    page.goto("/")
    page.get_by_label("E-mail").fill(demo_login(mesh, "acme", "rep")["email"])
    page.get_by_label("Password").fill("not my password")
    button = page.get_by_role("button", name="Sign in")
    before = button.bounding_box()
    button.click()
    expect(page.get_by_role("alert")).to_contain_text("e-mail address or the password is wrong")
    assert button.bounding_box() == before
    accessible()


def test_a_member_of_one_tenant_cannot_sign_in_at_another(page, mesh):
    member = demo_login(mesh, "globex", "admin")
    page.goto("/")
    page.get_by_label("E-mail").fill(member["email"])
    page.get_by_label("Password").fill(member["password"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()


def test_the_keyboard_is_enough_to_sign_in(page, mesh):
    member = demo_login(mesh, "acme", "manager")
    page.goto("/")
    expect(page.get_by_label("E-mail")).to_be_focused()
    page.keyboard.type(member["email"])
    page.keyboard.press("Tab")
    page.keyboard.type(member["password"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Home", level=1)).to_be_visible()


def test_the_page_is_served_under_a_strict_policy(page, mesh):
    answer = page.goto("/")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy or "default-src 'self'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    scripts = page.locator("script[src]").evaluate_all("all => all.map(each => each.src)")
    caching = page.evaluate(
        "async address => (await fetch(address)).headers.get('cache-control')", scripts[0])
    assert "immutable" in caching
