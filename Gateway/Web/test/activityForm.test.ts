import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { activity } from "../src/areas/activities/activity";
import {
  activityDrafts,
  activityValues,
  changedValues,
  firstValues,
  formRows,
  logged,
} from "../src/areas/activities/activityForm";
import "../src/areas/activities/rules";
import { Drafts, PageStorage } from "../src/core/drafts";
import { FormState } from "../src/core/formState";
import { FieldRefusal } from "../src/core/problem";
import { ruleWords } from "../src/core/ruleWords";
import { serverText } from "./serverTexts";

describe("An activity that is filled in", () => {
  test("has what its type has, and no more", () => {
    const names = (type: (typeof logged)[number]) => formRows(type).flat().map(({ name }) => name);
    assert.deepEqual(names("note"), ["text"]);
    assert.deepEqual(names("call"), ["outcome", "seconds", "time", "text"]);
    assert.deepEqual(names("email"), ["subject", "time", "text"]);
    assert.ok(["place", "attendee_ids", "time_zone", "state", "reminder_minutes"].every((name) => names("meeting").includes(name)));
  });

  test("is sent with what was typed: its duration in seconds, its reminder in minutes", () => {
    const call = { ...activityDrafts("call", {}), outcome: "Reached", seconds: "12 min" };
    assert.deepEqual(activityValues("call", call), { type: "call", outcome: "Reached", seconds: "720" });
    const meeting = { ...activityDrafts("meeting", {}), subject: "Kick-off", reminder_minutes: "0" };
    assert.deepEqual(activityValues("meeting", meeting), { type: "meeting", subject: "Kick-off", reminder_minutes: 0 });
  });

  test("may be a call without a word, but no note", () => {
    assert.deepEqual(activityValues("call", activityDrafts("call", {})), { type: "call" });
    assert.throws(() => activityValues("note", { text: "  " }), (refusal) => refusal instanceof FieldRefusal && "text" in refusal.fields);
    const odd = { ...activityDrafts("call", {}), seconds: "long" };
    assert.throws(() => activityValues("call", odd), (refusal) => refusal instanceof FieldRefusal && "seconds" in refusal.fields);
  });

  test("is about a record, or says something, where no record is given", () => {
    const besides = ["related"];
    for (const type of ["call", "email", "meeting"] as const) {
      const drafts = activityDrafts(type, {}, besides);
      const isAtRelated = (refusal: unknown) => refusal instanceof FieldRefusal && "related" in refusal.fields;
      assert.throws(() => activityValues(type, drafts, besides), isAtRelated);
      assert.equal(activityValues(type, { ...drafts, text: "Hm" }, besides)["text"], "Hm");
      assert.deepEqual(activityValues(type, { ...drafts, related: ["lead_1"] }, besides)["related"], ["lead_1"]);
    }
  });

  test("is a meeting in the next full hour, if nothing else is said", () => {
    const zone = "Europe/Berlin";
    const at = (text: string) => firstValues("meeting", new Date(text), zone);
    assert.deepEqual(at("2026-11-27T14:20:00Z"), { time: "2026-11-27T15:00:00Z", time_zone: zone });
    assert.equal(at("2026-11-27T14:00:00Z")["time"], "2026-11-27T15:00:00Z");
    assert.deepEqual(firstValues("call", new Date(), zone), {});
  });
});

describe("An activity that is changed", () => {
  const made = activity.decode({ id: "activity_1", etag: "1", type: "call", seconds: 725, outcome: "Reached", text: "Hm" });

  test("is sent with what was touched only, and what was emptied is cleared", () => {
    const drafts = activityDrafts("call", made);
    assert.deepEqual(changedValues(made, "call", drafts), {});
    const changed = changedValues(made, "call", { ...drafts, outcome: "", text: "Well" });
    assert.deepEqual(changed, { outcome: null, text: "Well" });
  });
});

test("what was typed for one type is there again when its tab is, and no other's", () => {
  const store = new Drafts(new PageStorage(), "member_1");
  const form = (type: "note" | "call") =>
    new FormState({ initial: activityDrafts(type, {}), draft: { store, form: `${type} lead_1` }, newKey: () => "key" });
  form("note").set({ text: "Half a sen" });
  assert.equal(form("call").snapshot().values["text"], "");
  assert.equal(form("note").snapshot().values["text"], "Half a sen");
});

test("what the service refuses is said as what to do", () => {
  const said = (field: string, text: string) => ruleWords({ field, rule: serverText(text), reason: "" });
  assert.equal(said("text", "must have a value when there is no subject"), "Write something.");
  assert.match(said("time", "must not be in the future where the type is not meeting") ?? "", /^Choose a time that has been/);
  assert.match(said("place", "must be empty where the type is not meeting") ?? "", /^Leave this empty/);
});

test("an activity without a subject is named by how its text begins, or by what it is", () => {
  const title = (values: object) => activity.title(activity.decode({ id: "activity_1", type: "email", ...values }));
  assert.equal(title({ subject: "Prices", text: "Hello" }), "Prices");
  assert.equal(title({ text: "Hello\nyou" }), "Hello");
  assert.equal(title({ text: "x".repeat(200) }).length, 81);
  assert.equal(title({}), "E-mail");
});
