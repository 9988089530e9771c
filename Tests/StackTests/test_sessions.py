"""Sessions end when nobody uses them, and for no other reason, whatever is lost on the way."""

import datetime
import http.client
import http.cookies
import json
import socket
import threading

import pytest

from conftest import OWNER
from mesh import PASSWORD

HOST = "stack.localhost"
RENEWAL = "/api/v1/auth:renew"


class Browser:
    """What a browser keeps of a login: cookies, by their paths, and the page's CSRF token."""

    def __init__(self, mesh):
        self.mesh, self.cookies, self.csrf = mesh, {}, None

    def send(self, method, path, body=None, csrf=True):
        """One request of the page; the status and the answer."""
        cookies = [
            f"{name}={cookie.value}" for (name, place), cookie in self.cookies.items()
            if path.startswith(place)]
        headers = {"Cookie": "; ".join(cookies), "Origin": f"http://{HOST}:{self.mesh.port}"}
        if csrf and self.csrf:
            headers["X-CSRF-Token"] = self.csrf
        status, answered, answer = self.mesh.request(
            method, path, host=HOST, body=body, headers=headers)
        for line in answered.get_all("set-cookie") or []:
            for name, cookie in http.cookies.SimpleCookie(line).items():
                self.cookies[name, cookie["path"]] = cookie
        self.csrf = answer.get("csrf_token", self.csrf)
        return status, answer

    def login(self, email=OWNER):
        status, answer = self.send("POST", "/api/v1/auth:login", {"email": email, "password": PASSWORD})
        assert status == 200 and answer["refresh_token"] == "", answer
        return self

    def renew(self, idle=0):
        return self.send("POST", RENEWAL, {"idle_seconds": idle})

    def reads(self):
        return self.send("GET", "/api/v1/leads?page_size=1")[0]


@pytest.fixture
def browser(mesh):
    return Browser(mesh).login()


def program(mesh):
    """A program's login: its tokens."""
    status, _, answer = mesh.request(
        "POST", "/api/v1/auth:login", host=HOST, body={"email": OWNER, "password": PASSWORD})
    assert status == 200, answer
    return answer


def renew(mesh, refresh_token):
    """A program's renewal: the status and the answer."""
    status, _, answer = mesh.request(
        "POST", RENEWAL, host=HOST, body={"refresh_token": refresh_token})
    return status, answer


def pass_time(mesh, minutes):
    """Lets every session have been unused for so much longer."""
    mesh.sql("access", "UPDATE sessions SET active_time = active_time - ?", minutes * 60_000_000)


def minutes_left(answer):
    end = datetime.datetime.fromisoformat(answer["idle_expire_time"])
    return round((end - datetime.datetime.now(datetime.UTC)).total_seconds() / 60)


def test_an_unused_session_ends_although_its_page_goes_on_asking(mesh, browser):
    for minutes in (20, 40):
        pass_time(mesh, 20)
        assert browser.reads() == 200
        status, answer = browser.renew(idle=minutes * 60)
        assert status == 200 and minutes_left(answer) == 60 - minutes
    pass_time(mesh, 20)
    assert browser.reads() == 200, "the token is still good, as nobody could turn its time on"
    assert browser.renew(idle=3600)[0] == 401
    assert browser.reads() == 401, "every service knows of the end"
    assert browser.login().reads() == 200


@pytest.mark.parametrize("lost", ["access token", "session", "nothing"])
def test_logging_out_ends_the_session_whatever_became_of_the_access_token(mesh, browser, lost):
    kept = Browser(mesh)
    kept.cookies, kept.csrf = dict(browser.cookies), browser.csrf
    if lost == "access token":
        expired = http.cookies.Morsel()
        expired.set("leadmesh_session", "expired", "expired")
        browser.cookies["leadmesh_session", "/"] = expired
    if lost == "session":
        assert kept.send("POST", "/api/v1/auth:logout", {})[0] == 200
    for _ in range(2):
        assert browser.send("POST", "/api/v1/auth:logout", {}) == (200, {})
    assert {cookie.value for (name, _), cookie in browser.cookies.items()
            if name != "leadmesh_device"} == {""}
    assert kept.renew()[0] == 401 and kept.reads() == 401


def test_a_session_that_is_used_goes_on(mesh, browser):
    for _ in range(3):
        pass_time(mesh, 50)
        status, answer = browser.renew(idle=10)
        assert status == 200 and minutes_left(answer) == 60
    assert browser.reads() == 200


def test_the_tenant_says_how_long_a_session_may_be_unused(mesh):
    mesh.create_tenant("brief", OWNER, PASSWORD)
    token = mesh.login("brief", OWNER, PASSWORD)
    call = lambda method, path, body=None: mesh.request(
        method, path, host="brief.localhost", body=body, token=token)
    assert call("GET", "/api/v1/auth:session")[2]["idle_limit_seconds"] == 3600
    status, _, refused = call("PATCH", "/api/v1/tenant", {"settings": {"session_idle_minutes": 4}})
    assert status == 400 and refused["errors"][0]["field"] == "settings.session_idle_minutes"
    status, _, tenant = call("PATCH", "/api/v1/tenant", {"settings": {"session_idle_minutes": 5}})
    assert status == 200 and tenant["settings"]["session_idle_minutes"] == 5
    session = call("GET", "/api/v1/auth:session")[2]
    assert session["idle_limit_seconds"] == 300 and minutes_left(session) == 5


def test_a_page_loaded_after_its_token_expired_renews_without_a_csrf_token(mesh, browser):
    del browser.cookies["leadmesh_session", "/"]
    assert browser.send("GET", "/api/v1/auth:session")[0] == 401
    assert browser.send("POST", RENEWAL, {}, csrf=False)[0] == 200
    assert browser.send("GET", "/api/v1/auth:session")[0] == 200


def test_an_old_refresh_token_ends_the_session(mesh):
    first = program(mesh)
    _, second = renew(mesh, first["refresh_token"])
    status, third = renew(mesh, second["refresh_token"])
    assert status == 200
    token = third["access_token"]
    assert mesh.request("GET", "/api/v1/leads", host=HOST, token=token)[0] == 200
    assert renew(mesh, first["refresh_token"])[0] == 401
    assert renew(mesh, third["refresh_token"])[0] == 401
    assert mesh.request("GET", "/api/v1/leads", host=HOST, token=token)[0] == 401


def test_two_tabs_that_renew_at_once_go_on(mesh, browser):
    tabs = [Browser(mesh) for _ in range(2)]
    for tab in tabs:
        tab.cookies, tab.csrf = dict(browser.cookies), browser.csrf
    gate, statuses = threading.Barrier(2), []

    def tab_renews(tab):
        gate.wait()
        statuses.append(tab.renew()[0])

    threads = [threading.Thread(target=tab_renews, args=(tab,)) for tab in tabs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200, 200]
    refresh = ("leadmesh_refresh", RENEWAL)
    assert tabs[0].cookies[refresh].value == tabs[1].cookies[refresh].value
    assert tabs[1].renew()[0] == 200


def refresh_hash(mesh):
    """What is kept of the refresh token of the latest login."""
    return mesh.sql(
        "access", "SELECT refresh_hash FROM sessions ORDER BY create_time DESC LIMIT 1")[0][0]


@pytest.mark.parametrize("attempt", range(5))
def test_an_answer_that_is_lost_with_its_process_logs_nobody_out(mesh, attempt):
    first = program(mesh)
    before = refresh_hash(mesh)
    body = json.dumps({"refresh_token": first["refresh_token"]})
    with socket.create_connection(("127.0.0.1", mesh.port)) as lost:
        lost.sendall((
            f"POST {RENEWAL} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}").encode())
        while refresh_hash(mesh) == before:
            pass
        assert mesh.kill("access")
    pause = threading.Event()
    for _ in range(400):
        try:
            status, again = renew(mesh, first["refresh_token"])
        except (OSError, http.client.HTTPException):
            status = 503
        if status not in (503, 504):
            break
        pause.wait(0.02)
    assert status == 200, again
    status, next_one = renew(mesh, again["refresh_token"])
    assert status == 200
    assert mesh.request("GET", "/api/v1/leads", host=HOST, token=next_one["access_token"])[0] == 200
