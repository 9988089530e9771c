import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  continued,
  dayTitle,
  daysOf,
  everything,
  isLong,
  keyOf,
  partOf,
  refreshed,
  timelineQuery,
  type Told,
} from "../src/areas/activities/timeline";
import { TimelineFeed } from "../src/areas/activities/timelineFeed";
import { decodeTimelineEntry, type TimelineEntry } from "../src/core/api.generated";
import { settled } from "./store";

const lead = "lead_1";

/** An entry of a part, so many minutes after noon. */
function entry(of: "change" | "call" | "task", minutes: number, id = `${minutes}`, event = "made"): TimelineEntry {
  const at = Math.trunc(minutes);
  const time = `2026-11-27T${String(12 + Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}:00`;
  const fraction = String(minutes).split(".")[1];
  const record = { change: lead, call: `activity_${id}`, task: `task_${id}` }[of];
  return decodeTimelineEntry({
    time: `${time}${fraction === undefined ? "" : `.${fraction}`}Z`,
    kind: { change: "field_update", call: "call", task: "task" }[of],
    record_id: record,
    data: { event },
  });
}

const told = (entries: readonly TimelineEntry[], next = "", ...parts: string[]): Told => ({
  entries,
  next,
  gaps: parts.map((part) => ({ service: part, part })),
});
const keys = ({ entries }: Told) => entries.map((each) => keyOf(each, lead));

describe("An entry of a timeline", () => {
  test("belongs to the history, the tasks or the activities", () => {
    assert.deepEqual(
      [entry("change", 1), entry("task", 1), entry("call", 1)].map((each) => partOf(each, lead)),
      ["history", "tasks", "activities"],
    );
    assert.equal(partOf(entry("task", 1, "9"), "task_9"), "history");
  });

  test("stays the same when its time is changed, and a task's end is not its beginning", () => {
    assert.equal(keyOf(entry("call", 1, "a"), lead), keyOf(entry("call", 9, "a"), lead));
    assert.notEqual(keyOf(entry("task", 1, "a", "created"), lead), keyOf(entry("task", 1, "a", "completed"), lead));
    assert.notEqual(keyOf(entry("change", 1), lead), keyOf(entry("change", 2), lead));
  });
});

describe("What is new of a timeline", () => {
  const before = told([entry("call", 50), entry("change", 40), entry("call", 30), entry("task", 20)], "behind");

  test("comes first, and what is further down stays with the way on", () => {
    const after = refreshed(before, told([entry("call", 60), entry("call", 50), entry("change", 40)], "n"), lead);
    assert.deepEqual(after.entries.map(({ time }) => time.slice(11, 16)), ["13:00", "12:50", "12:40", "12:30", "12:20"]);
    assert.equal(after.next, "behind");
  });

  test("has no more what is gone from it, nor twice what was moved", () => {
    const moved = entry("call", 55, "30");
    const after = refreshed(before, told([moved, entry("change", 40), entry("task", 20)]), lead);
    assert.deepEqual(keys(after), keys(told([moved, entry("change", 40), entry("task", 20)])));
    assert.equal(after.next, "");
  });

  test("keeps what a service told before that does not answer now", () => {
    const after = refreshed(before, told([entry("call", 50), entry("change", 40), entry("call", 30)], "", "tasks"), lead);
    assert.deepEqual(keys(after), keys(before));
    assert.deepEqual(after.gaps.map(({ part }) => part), ["tasks"]);
    assert.deepEqual(refreshed(after, told([entry("call", 50)]), lead).gaps, []);
  });

  test("loses nothing that is of the same time as the end of the page", () => {
    const same = told([entry("call", 50, "a"), entry("call", 50, "b"), entry("call", 50, "c")], "behind");
    const after = refreshed(same, told([entry("call", 50, "a"), entry("call", 50, "b")], "n"), lead);
    assert.deepEqual(keys(after), keys(same));
  });
});

describe("What follows on a timeline", () => {
  test("stands behind it, each entry once", () => {
    const first = told([entry("call", 50), entry("call", 40)], "n", "tasks");
    const after = continued(first, told([entry("call", 40), entry("change", 30)], "m", "tasks"), lead);
    assert.deepEqual(keys(after), keys(told([entry("call", 50), entry("call", 40), entry("change", 30)])));
    assert.deepEqual([after.next, after.gaps.length], ["m", 1]);
  });

  test("is put in its place if it was missing before, to the microsecond", () => {
    const first = told([entry("call", 50), entry("call", 40.5), entry("call", 40)], "n");
    const after = continued(first, told([entry("task", 40.12), entry("call", 10)]), lead);
    assert.deepEqual(after.entries.map(({ record_id }) => record_id), [
      "activity_50",
      "activity_40.5",
      "task_40.12",
      "activity_40",
      "activity_10",
    ]);
  });
});

describe("The days of a timeline", () => {
  const now = new Date(2026, 10, 27, 15);
  const at = (day: number, hour: number) =>
    decodeTimelineEntry({ time: new Date(2026, 10, day, hour).toISOString(), record_id: lead });

  test("are those of the reader, with names for the nearest", () => {
    const days = daysOf([at(28, 9), at(27, 14), at(27, 0), at(26, 23), at(20, 8)], now);
    assert.deepEqual(
      days.map(({ title, entries }) => [title, entries.length]),
      [["Tomorrow", 1], ["Today", 2], ["Yesterday", 1], ["Friday, November 20", 1]],
    );
    assert.deepEqual(daysOf([], now), []);
  });

  test("have their year where it is another one", () => {
    assert.equal(dayTitle("2025-12-31", now), "Wednesday, December 31, 2025");
  });
});

test("a choice is asked for by the kinds of its entries and the bounds of its period", () => {
  const now = new Date(2026, 10, 27, 15);
  assert.deepEqual(Object.values(timelineQuery(everything, now, 1)), ["", "", "", ""]);
  const chosen = timelineQuery({ sorts: ["call", "change"], member: "member_1", period: "yesterday" }, now, 1);
  assert.deepEqual(chosen, {
    kinds: "call,status_change,field_update,system,file",
    member_id: "member_1",
    start_time: new Date(2026, 10, 26).toISOString(),
    end_time: new Date(2026, 10, 27).toISOString(),
  });
});

test("only a long text is folded", () => {
  assert.equal(isLong("A few words\nin two lines"), false);
  assert.equal(isLong("x".repeat(400)), true);
  assert.equal(isLong("x\n".repeat(10)), true);
});

describe("A timeline on screen", () => {
  /** Its pages, each answered by the test. */
  function feed() {
    const asked: { token: string; size: number; answer: (page: Told) => Promise<void>; fail: () => Promise<void> }[] = [];
    const load = (token: string, size: number) =>
      new Promise<Told>((resolve, reject) => {
        const answer = (page: Told) => (resolve(page), settled());
        asked.push({ token, size, answer, fail: () => (reject(new Error("away")), settled()) });
      });
    return { feed: new TimelineFeed(lead, load), asked };
  }
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_, place) => entry("call", from - place));

  test("asks for its beginning once, however often that may have changed meanwhile", async () => {
    const { feed: shown, asked } = feed();
    void shown.refresh();
    await settled();
    void shown.refresh();
    void shown.refresh();
    await settled();
    assert.equal(asked.length, 1);
    await asked[0]?.answer(told(many(100, 20), "n"));
    assert.deepEqual(asked.map(({ token, size }) => [token, size]), [["", 20], ["", 20]]);
  });

  test("asks again for all that it shows", async () => {
    const { feed: shown, asked } = feed();
    void shown.refresh();
    await settled();
    await asked[0]?.answer(told(many(100, 20), "n"));
    void shown.more();
    await settled();
    assert.equal(asked[1]?.token, "n");
    await asked[1]?.answer(told(many(80, 20), "m"));
    void shown.refresh();
    await settled();
    assert.equal(asked[2]?.size, 40);
    assert.equal(shown.hasEntryOf("activity_61"), true);
    assert.equal(shown.hasEntryOf("activity_60"), false);
  });

  test("goes on where pages are empty, and not without end", async () => {
    const { feed: shown, asked } = feed();
    void shown.refresh();
    for (let count = 0; count < 9; count += 1) {
      await settled();
      await asked[count]?.answer(told([], `n${count}`));
    }
    assert.deepEqual(asked.map(({ token }) => token), ["", "n0", "n1", "n2", "n3"]);
    assert.equal(shown.view().told?.next, "n4");
  });

  test("keeps what it shows when a request fails, and says so", async () => {
    const { feed: shown, asked } = feed();
    void shown.refresh();
    await settled();
    await asked[0]?.answer(told(many(100, 12)));
    void shown.refresh();
    await settled();
    await asked[1]?.fail();
    assert.equal(shown.view().told?.entries.length, 12);
    assert.notEqual(shown.view().error, null);
    void shown.refresh();
    await settled();
    await asked[2]?.answer(told(many(101, 13)));
    assert.equal(shown.view().error, null);
  });
});
