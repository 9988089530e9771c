"""What stands at a host without a workspace, and at one that is closed."""

import uuid

from playwright.sync_api import expect

from conftest import FITS, PASSWORD, enter, until

BACKGROUND = "getComputedStyle(document.querySelector('.login-card')).backgroundColor"


def test_a_host_without_a_workspace_has_a_page_and_no_json(page, mesh, accessible):
    for path in ("/", "/leads", "/leads/lead_01jqjk0s6fezqvwgyd6ab3w3f4?open=1"):
        answer = page.goto(f"http://nobody.localhost:{mesh.port}{path}")
        assert answer.status == 404
        expect(page.get_by_role("heading", name="There is no workspace at this address")).to_be_visible()
        expect(page).to_have_title("There is no workspace at this address")
        assert page.locator("script").count() == 0
    accessible()
    light = page.evaluate(BACKGROUND)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(BACKGROUND) != light
    accessible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(FITS)


def test_a_workspace_that_is_closed_says_so_until_it_is_opened_again(page, mesh):
    name = f"closed{uuid.uuid4().hex[:6]}"
    mesh.create_tenant(name, f"owner@{name}.example", PASSWORD)
    page.goto(f"http://{name}.localhost:{mesh.port}/leads")
    enter(page, f"owner@{name}.example", PASSWORD)
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    closed = page.get_by_role("heading", name="This workspace is closed")

    def reloaded(is_closed):
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        return (closed.count() == 1) == is_closed

    mesh.command("tenant", "suspend", name)
    until(page, lambda: reloaded(True))
    expect(page.get_by_text("Ask the people who run it for you")).to_be_visible()
    expect(page.get_by_text(name)).to_have_count(0)
    mesh.command("tenant", "resume", name)
    until(page, lambda: reloaded(False))
