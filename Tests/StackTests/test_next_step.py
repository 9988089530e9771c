"""A rep is given a lead, calls, and forgets what comes next: who has to know is told once, whatever dies meanwhile."""

import datetime
import urllib.parse
import uuid

import pytest

import scale
from conftest import OWNER, only_long
from events import Events
from load import attempt, wait_until
from mesh import PASSWORD, SERVICES

HOUR, DAY = 3600, 86_400
# Right after these a process may die.
MOMENTS = ("assigned", "called", "planned", "reminder", "overdue", "escalation", "next day", "completed")
PROCESSES = [*SERVICES, "gateway"]


class Clock:
    """The time of day of a mesh, which only goes on."""

    def __init__(self, mesh):
        self._mesh, self._offset = mesh, 0

    def advance(self, seconds):
        self._offset += seconds
        self._mesh.set_clock(self._offset)

    def moment(self, seconds=0):
        """A time from now on."""
        ahead = datetime.timedelta(seconds=self._offset + seconds)
        return (datetime.datetime.now(datetime.timezone.utc) + ahead).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture(scope="module")
def clock(mesh):
    return Clock(mesh)


class Day:
    """What three people do in a tenant of their own; a request that fails is sent again."""

    def __init__(self, mesh, clock, kills):
        self.mesh, self.clock = mesh, clock
        # The processes to be killed at a moment.
        self.kills = kills
        self.name = f"day{uuid.uuid4().hex[:12]}"
        self.host = f"{self.name}.localhost"
        self.tokens, self.members = {}, {}
        mesh.create_tenant(self.name, OWNER, PASSWORD)
        # After a test in which Tenants died, the gateway asks it again within two seconds.
        wait_until(lambda: attempt(mesh, "GET", "/api/v1/tasks", host=self.host)[0] == 401, "the host is known")
        self.members[OWNER] = self.send(OWNER, "GET", "auth:session")["member"]["id"]
        for role in ("rep", "manager"):
            self.members[role] = self.send(OWNER, "POST", "members", {
                "member": {"email": role + "@stack.example", "display_name": role.title(), "role": role},
                "password": PASSWORD})["id"]
        self.send(OWNER, "POST", "teams", {
            "name": "Sales", "manager_id": self.members["manager"], "member_ids": [self.members["rep"]]})

    def send(self, who, method, path, body=None):
        """What a request answers in the end; one that changes something has the same key each time."""
        headers = {"Idempotency-Key": uuid.uuid4().hex} if body else {}
        answers = []

        def is_answered():
            status, answer = attempt(
                self.mesh, method, f"/api/v1/{path}", host=self.host, body=body, token=self.token(who),
                headers=headers)
            if status == 401:
                del self.tokens[who]
                return False
            assert status in (200, 503, 504), answer
            answers.append(answer)
            return status == 200

        wait_until(is_answered, f"{method} {path} is answered")
        return answers[-1]

    def token(self, who):
        if who not in self.tokens:
            email = who if "@" in who else who + "@stack.example"

            def has_logged_in():
                status, answer = attempt(
                    self.mesh, "POST", "/api/v1/auth:login", host=self.host,
                    body={"email": email, "password": PASSWORD})
                assert status in (200, 503, 504), answer
                self.tokens[who] = answer.get("access_token")
                return status == 200

            wait_until(has_logged_in, f"{who} logs in")
        return self.tokens[who]

    def passes(self, moment):
        assert moment in MOMENTS
        for service in self.kills.get(moment, ()):
            wait_until(lambda: self.mesh.kill(service), f"{service} runs")

    def told(self, who):
        """What a member has been told, the unread first and of these the newest: kind and record."""
        page = self.send(who, "GET", "notifications?page_size=100")
        return [(each["kind"], each["record"]) for each in page["notifications"]] if not page["gaps"] else None

    def wait_until_told(self, who, kind, record):
        wait_until(lambda: (kind, record) in (self.told(who) or ()), f"{who} is told: {kind}")

    def unread(self, who):
        answers = []

        def is_counted():
            answers.append(self.send(who, "GET", "notifications:countUnread"))
            return not answers[-1]["gaps"]

        wait_until(is_counted, "unread notifications are counted")
        return answers[-1]["count"]

    # What they do

    def give_a_lead(self):
        lead = self.send(OWNER, "POST", "leads", {
            "last_name": "Meyer", "email": "meyer@example.com", "owner_id": self.members[OWNER]})
        assert self.unread("rep") == 0
        self.send(OWNER, "PATCH", f"leads/{lead['id']}", {"owner_id": self.members["rep"]})
        self.passes("assigned")
        self.lead = lead["id"]
        self.wait_until_told("rep", "lead_assigned", self.lead)
        assert self.unread("rep") == 1
        notification = self.send("rep", "GET", "notifications")["notifications"][0]
        assert notification["actor"] == self.members[OWNER]
        self.send("rep", "POST", f"notifications/{notification['id']}:read", {})
        assert self.unread("rep") == 0

    def call(self):
        logged = self.send("rep", "POST", "activities", {
            "type": "call", "subject": "Intro", "outcome": "Wants an offer", "seconds": 300, "related": [self.lead]})
        self.passes("called")

        def is_contacted():
            lead = self.send("rep", "GET", f"leads/{self.lead}")
            names = ("first_contacted_time", "last_contacted_time", "last_activity_time")
            return [lead.get(name) for name in names] == [logged["time"]] * 3

        wait_until(is_contacted, "the lead was contacted")
        assert self.timeline()[0] == ("call", "made", "Intro", self.members["rep"])

    def plan(self):
        """A task for the lead, and one for the days after whose reminder shows that the service has looked."""
        self.due = self.clock.moment(2 * HOUR)
        self.task = self.send("rep", "POST", "tasks", {
            "title": "Send offer", "related": [self.lead], "due_time": self.due,
            "assignee_ids": [self.members["rep"]], "reminders": [{"minutes": 60}]})["id"]
        self.other = self.send("rep", "POST", "tasks", {
            "title": "Visit", "due_time": self.clock.moment(2 * DAY + 2 * HOUR + 1800), "reminders": [{"minutes": 30}],
        })["id"]
        self.passes("planned")

    def forget(self):
        for seconds, moment, who, kind in (
                (HOUR + 60, "reminder", "rep", "task_reminder"), (HOUR, "overdue", "rep", "task_overdue"),
                (DAY, "escalation", "manager", "task_overdue")):
            self.clock.advance(seconds)
            self.passes(moment)
            self.wait_until_told(who, kind, self.task)
        self.clock.advance(DAY)
        self.passes("next day")
        self.wait_until_told("rep", "task_reminder", self.other)

    def complete(self):
        found = self.send("manager", "GET", f"tasks?filter={urllib.parse.quote('overdue')}")["tasks"]
        assert [each["id"] for each in found] == [self.task]
        self.send("manager", "POST", f"tasks/{self.task}:complete", {"request_id": uuid.uuid4().hex})
        self.passes("completed")
        self.wait_until_told("rep", "task_completed", self.task)

    def timeline(self):
        """The lead's timeline without what the service worked out: kind, event, text and who."""
        entries = []

        def is_whole():
            page = self.send("rep", "GET", f"timeline?record={self.lead}&page_size=100")
            entries[:] = page["entries"]
            return not page["gaps"]

        wait_until(is_whole, "a timeline without gaps")
        times = [datetime.datetime.fromisoformat(entry["time"]) for entry in entries]
        assert times == sorted(times, reverse=True), "newest first"
        return [(entry["kind"], entry["data"]["event"], entry["text"], entry["actor"])
                for entry in entries if entry["actor"] != "system:leads"]

    def run(self):
        self.give_a_lead()
        self.call()
        self.plan()
        self.forget()
        self.complete()
        self.check()

    def check(self):
        """The end, which is the same whatever has died."""
        assert self.told("rep") == [
            ("task_completed", self.task), ("task_reminder", self.other), ("task_overdue", self.task),
            ("task_reminder", self.task), ("lead_assigned", self.lead)]
        assert self.told("manager") == [("task_overdue", self.task)]
        late = self.send("manager", "GET", "notifications")["notifications"][0]
        assert late["title"] == "A task of your team is overdue"
        assert late["message"].startswith(f"Rep, since {self.due[:10]} {self.due[11:16]} (")
        assert self.told(OWNER) == []
        assert self.unread("rep") == 4 and self.unread("manager") == 1
        page = self.send("rep", "GET", "notifications")["notifications"]
        assert not any(each["late"] for each in page) and {each["count"] for each in page} == {1}
        assert page[0]["actor"] == self.members["manager"]
        owner, rep, manager = (self.members[who] for who in (OWNER, "rep", "manager"))
        told = self.timeline()
        assert [(kind, event, who) for kind, event, _, who in told] == [
            ("task", "completed", manager), ("task", "created", rep), ("call", "made", rep),
            ("system", "assigned", owner), ("system", "created", owner)]
        assert [text for _, _, text, _ in told[:3]] == ["Send offer", "Send offer", "Intro"]


def test_who_forgets_the_next_step_is_told_and_then_their_manager(mesh, clock):
    day = Day(mesh, clock, {})
    bell = Events(mesh.port, day.host, day.token("rep"))
    bell.wait(lambda name, _: name == "hello")
    day.give_a_lead()
    event = bell.wait(lambda name, data: name == "change" and data["object"] == "notification")[1]
    assert event["action"] == "create"
    bell.close()
    day.call()
    day.plan()
    day.forget()
    day.complete()
    day.check()


def test_nothing_of_that_changes_when_each_process_dies_once(mesh, clock):
    dying = scale.chance().sample(PROCESSES, len(PROCESSES))
    Day(mesh, clock, {moment: dying[place::len(MOMENTS)] for place, moment in enumerate(MOMENTS)}).run()


@only_long
@pytest.mark.parametrize("process", PROCESSES)
def test_nothing_of_that_changes_when_a_process_dies_at_every_moment(mesh, clock, process):
    Day(mesh, clock, {moment: [process] for moment in MOMENTS}).run()
