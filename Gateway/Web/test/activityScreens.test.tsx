import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server.browser";
import { activity } from "../src/areas/activities/activity";
import Composer, { isBegun } from "../src/areas/activities/Composer";
import "../src/areas/activities/face";
import { TimelineDays } from "../src/areas/activities/TimelineDays";
import "../src/areas/leads/face";
import { lead } from "../src/areas/leads/lead";
import { task } from "../src/areas/tasks/task";
import { decodeTimelineEntry } from "../src/core/api.generated";
import { Drafts, PageStorage } from "../src/core/drafts";
import type { Rec } from "../src/core/recordKind";
import { DraftsContext } from "../src/parts/useForm";
import { GridCell } from "../src/records/GridCell";
import { RecordView } from "../src/records/RecordView";
import { FakeWorkspace } from "./fakeWorkspace";

const everything = ["activity.read", "activity.create", "activity.edit", "activity.delete", "task.read", "task.create"];

function shown(children: ReactNode, permissions: readonly string[] = everything): string {
  return renderToStaticMarkup(<FakeWorkspace permissions={permissions}>{children}</FakeWorkspace>);
}

function words(markup: string): string {
  return markup.replace(/<[^>]*>/g, " ").replace(/[\s\u00a0]+/g, " ").trim();
}

const of: Rec = lead.decode({ id: "lead_1", etag: "1", last_name: "Hopper" });

describe("A timeline", () => {
  const days = (entries: readonly object[], permissions?: readonly string[]) =>
    shown(<TimelineDays kind={lead} record={of} entries={entries.map(decodeTimelineEntry)} />, permissions);
  const at = "2020-03-02T09:00:00Z";
  const call = {
    time: at,
    kind: "call",
    record_id: "activity_1",
    actor: "member_1",
    text: "Prices\nShe wants less",
    data: { event: "made", outcome: "Reached", seconds: 720 },
  };

  test("tells who did what, with what is known of it", () => {
    const said = days([call]);
    assert.match(words(said), /March 2, 2020 Ada Lovelace made a call .* Reached 12 min Prices She wants less/);
    assert.match(said, /href="\/activities\/activity_1"/);
    assert.match(said, /More for Prices/);
    assert.doesNotMatch(days([call], ["activity.read"]), /More for/);
  });

  test("tells changes from what to what", () => {
    const changes = [{ field: "city", old: "Paris", new: "Lyon" }];
    const change = { time: at, kind: "field_update", record_id: "lead_1", actor: "member_1", data: { event: "updated", changes } };
    assert.match(words(days([change])), /Ada Lovelace changed it .* City Paris → Lyon/);
    const own = [{ field: "update_time", old: "", new: at }];
    assert.doesNotMatch(words(days([{ ...change, data: { event: "updated", changes: own } }])), /changed it/);
  });

  test("tells every event in words", () => {
    const told = (kind: string, event: string, record_id = "lead_1") =>
      words(days([{ time: at, kind, record_id, actor: "system:leads", data: { event } }]));
    assert.match(told("system", "created"), /Leadmesh created it/);
    assert.match(told("system", "converted"), /converted it/);
    assert.match(told("system", "reopen"), /opened it again/);
    assert.match(told("system", "archived"), /archived it/);
    assert.match(told("status_change", "status_changed"), /changed the status/);
    assert.match(told("system", "converted", "activity_1"), /logged this/);
    assert.match(told("meeting", "no_show", "activity_1"), /was stood up at a meeting/);
    assert.match(told("task", "completed", "task_1"), /completed a task/);
    assert.match(told("system", "never_heard_of"), /never heard of/);
  });
});

test("a change of a lead's status is told as what was done to it", () => {
  const told = (field: string, value: string) => {
    const changes = [{ field: "status", old: "new", new: "other" }, { field, old: "", new: value }];
    const data = { event: "status_changed", changes };
    const entry = decodeTimelineEntry({ time: "2020-03-02T09:00:00Z", kind: "status_change", record_id: "lead_1", data });
    return words(shown(<TimelineDays kind={lead} record={of} entries={[entry]} />));
  };
  assert.match(told("qualified", "true"), / qualified it/);
  assert.match(told("disqualification_reason", "no_budget"), /disqualified it/);
  assert.match(told("recycle_reason", "Next year"), /put it back/);
  assert.match(told("qualified", "false"), /changed the status/);
});

describe("The composer", () => {
  const composer = (kind = lead, permissions?: readonly string[]) =>
    shown(<Composer kind={kind} record={of} isGone={false} />, permissions);

  test("has a tab for each thing to log, and one for a task where that is allowed", () => {
    assert.match(words(composer()), /^Note Call E-mail Meeting Task Note Save note/);
    assert.doesNotMatch(words(composer(lead, ["activity.create"])), /Task/);
    assert.doesNotMatch(words(composer(task)), /Task/);
  });
});

test("the composer opens where something was begun", () => {
  const drafts = new Drafts(new PageStorage(), "member_1");
  const begun = () => (["note", "call", "meeting", "task"] as const).filter((tab) => isBegun(drafts, tab, of));
  assert.deepEqual(begun(), []);
  drafts.write("meeting lead_1", { changes: { subject: "Kick-off" } });
  assert.deepEqual(begun(), ["meeting"]);
  drafts.write(`quick task task ${of.id}`, { changes: { text: "Call" } });
  assert.deepEqual(begun(), ["meeting", "task"]);
  assert.equal(isBegun(null, "meeting", of), false);
  const opened = shown(
    <DraftsContext.Provider value={drafts}>
      <Composer kind={lead} record={of} isGone={false} />
    </DraftsContext.Provider>,
  );
  assert.match(words(opened), /Task Title .*Save meeting/);
});

describe("A record's page", () => {
  const page = (permissions: readonly string[], kind = lead, record = of) =>
    shown(<RecordView kind={kind} record={record} heading="h1" isGone={false} onDeleted={() => undefined} />, permissions);

  test("has a timeline for members who may see activities, else its own history", () => {
    assert.match(words(page(["lead.read", "activity.read"])), /Timeline/);
    assert.doesNotMatch(words(page(["lead.read", "activity.read"])), /History/);
    assert.match(words(page(["lead.read"])), /History/);
  });

  test("has the timeline right below the composer, and what is related beside them", () => {
    const said = page(["lead.read", ...everything]);
    const places = ["composer-room", ">Timeline<", "record-facts", ">Tasks<"].map((each) => said.lastIndexOf(each));
    assert.ok(places.every((place) => place >= 0), places.join(" "));
    assert.deepEqual(places, [...places].sort((a, b) => a - b));
  });

  test("of an activity has only what its type has, and its history", () => {
    const made = (type: string) =>
      words(page(["activity.read"], activity, activity.decode({ id: "activity_1", etag: "1", type, text: "Hm", member_id: "member_1" })));
    assert.match(made("note"), /Type Note .*History/);
    assert.doesNotMatch(made("note"), /Outcome|State/);
    assert.match(made("call"), /Outcome/);
    assert.match(made("meeting"), /State/);
  });

  test("of a meeting, and its row, say the day and the hour", () => {
    const soon = new Date(Date.now() + 4 * 24 * 3_600_000);
    soon.setHours(14, 30, 0, 0);
    const meeting = { id: "activity_1", etag: "1", type: "meeting", time: soon.toISOString(), member_id: "member_1" };
    assert.match(words(page(["activity.read"], activity, activity.decode(meeting))), / 2:30 PM/);
    const column = activity.columns.find(({ id }) => id === "time");
    if (column === undefined) throw new Error("there is no column of times");
    assert.ok(column.fields.includes("type"));
    const cell = (type: string) =>
      words(shown(<GridCell kind={activity} column={column} record={activity.decode({ ...meeting, type })} />));
    assert.match(cell("meeting"), /^\w{3}, \w{3} \d{1,2}, (\d{4}, )?2:30 PM$/);
    assert.doesNotMatch(cell("call"), /2:30/);
  });
});
