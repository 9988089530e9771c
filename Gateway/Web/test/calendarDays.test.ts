import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { task } from "../src/areas/tasks/task";
import { byDay, calendarStep, calendarWeeks, dayByKey, onDay } from "../src/core/calendarDays";
import { listAddress, listSearch, readList } from "../src/core/listState";
import { calendarSpan } from "../src/core/periods";
import type { Viewer } from "../src/core/recordKind";

// Clocks are put forward on 2026-03-29 and back on 2026-10-25.
process.env["TZ"] = "Europe/Berlin";

const first = task.firstList({ id: "member_1", role: "rep" });
const at = (text: string) => new Date(text).toISOString().replace(".000Z", "Z");

describe("The days of a calendar", () => {
  test("are whole weeks from the first day of the week on, also where a month begins or ends with one", () => {
    const monday = calendarWeeks("month", "2026-11-27", 1);
    assert.deepEqual([monday.length, monday[0]?.[0], monday[5]?.[6]], [6, "2026-10-26", "2026-12-06"]);
    const sunday = calendarWeeks("month", "2026-11-27", 7);
    assert.deepEqual([sunday.length, sunday[0]?.[0], sunday[4]?.[6]], [5, "2026-11-01", "2026-12-05"]);
    assert.equal(calendarWeeks("month", "2027-02-10", 1).length, 4);
    assert.deepEqual(calendarWeeks("week", "2026-11-29", 1)[0]?.[0], "2026-11-23");
    assert.deepEqual(calendarWeeks("week", "2026-11-29", 7)[0]?.[0], "2026-11-29");
    assert.deepEqual(calendarWeeks("day", "2026-11-29", 1), [["2026-11-29"]]);
  });

  test("are the ones that are asked for, whatever the clocks do and wherever weeks begin", () => {
    for (const part of ["month", "week", "day"] as const) {
      for (const day of ["2026-03-01", "2026-03-29", "2026-10-25", "2026-10-31", "2027-02-10", "2024-02-29"]) {
        for (const firstDay of [1, 6, 7] as const) {
          const days = calendarWeeks(part, day, firstDay).flat();
          const { from, to } = calendarSpan(part, new Date(`${day}T15:00`), firstDay);
          assert.equal(from?.getTime(), new Date(`${days[0]}T00:00`).getTime(), `${part} ${day} ${firstDay}`);
          const next = new Date(`${days[days.length - 1]}T00:00`);
          next.setDate(next.getDate() + 1);
          assert.equal(to?.getTime(), next.getTime(), `${part} ${day} ${firstDay}`);
        }
      }
    }
  });

  test("go on by a month, a week or a day", () => {
    assert.equal(calendarStep("month", "2026-01-31", 1), "2026-02-28");
    assert.equal(calendarStep("week", "2026-03-28", 1), "2026-04-04");
    assert.equal(calendarStep("day", "2026-03-01", -1), "2026-02-28");
  });

  test("are reached by keys", () => {
    const reached = (key: string, isShifted = false) => dayByKey(key, isShifted, "2026-11-27", 1);
    assert.deepEqual(
      ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "Enter"].map((key) =>
        reached(key),
      ),
      [
        ...["2026-11-26", "2026-11-28", "2026-11-20", "2026-12-04", "2026-11-23", "2026-11-29"],
        ...["2026-10-27", "2026-12-27", null],
      ],
    );
    assert.equal(reached("PageDown", true), "2027-11-27");
  });
});

describe("A record in a calendar", () => {
  test("is on its day for the reader, in the order of the times", () => {
    const weeks = calendarWeeks("week", "2026-03-29", 1);
    const days = byDay(weeks, [
      { id: "late", time: at("2026-03-29T23:59:59") },
      { id: "early", time: at("2026-03-29T00:00:00") },
      { id: "gone", time: at("2026-03-30T00:00:00") },
      { id: "before", time: at("2026-03-28T23:59:59") },
    ]);
    assert.deepEqual(days.get("2026-03-29"), ["early", "late"]);
    assert.deepEqual(days.get("2026-03-28"), ["before"]);
    assert.deepEqual([...days.values()].flat().length, 3);
  });

  test("keeps its time of day when it is moved across a change of the clocks", () => {
    assert.equal(onDay("2026-03-27T08:15:30Z", "2026-03-30"), "2026-03-30T07:15:30Z");
    assert.equal(onDay("2026-10-24T07:15:00Z", "2026-10-26"), "2026-10-26T08:15:00Z");
    assert.equal(onDay("2026-01-31T22:30:00Z", "2026-02-28"), "2026-02-28T22:30:00Z");
  });

  test("gets the next time there is where the clocks leave its own out", () => {
    assert.equal(onDay(at("2026-03-28T02:30:00"), "2026-03-29"), at("2026-03-29T03:30:00"));
  });
});

describe("The address of a calendar", () => {
  test("keeps what is shown and which days", () => {
    const state = { ...first, as: "week" as const, on: "2026-11-27" };
    const address = listAddress(task, state, first);
    assert.match(address, /as=week&on=2026-11-27$/);
    assert.deepEqual(readList(task, new URL(address, "https://x").search, first), state);
    const table = listAddress(task, { ...state, as: "table" }, first);
    assert.equal(table, "/tasks");
    assert.equal(readList(task, "?as=month&on=2026-02-30", first).on, "");
    assert.equal(readList(task, "?as=year", first).as, "table");
  });

  test("asks for the days that it shows, in the order of their times, besides what it is filtered by", () => {
    const asking = { member: "member_1", now: new Date("2026-10-25T12:00"), firstDay: 1 as const };
    const { filter, orderBy } = listSearch(task, { ...first, as: "week" }, asking);
    assert.equal(orderBy, "due_time");
    assert.equal(
      filter,
      `closed == false && due_time >= timestamp("2026-10-18T22:00:00Z") && due_time < timestamp("2026-10-25T23:00:00Z")`,
    );
    const sorted = { ...first, sort: { field: "priority_rank", falling: true } };
    assert.equal(listSearch(task, sorted, asking).orderBy, "priority_rank desc");
    assert.equal(listSearch(task, sorted, asking).filter, "closed == false");
  });
});

describe("The lists of tasks that every member has", () => {
  const asking = { member: "member_1", now: new Date("2026-11-27T12:00"), firstDay: 1 as const };
  const filters = (role: Viewer["role"], team: readonly string[] = []) =>
    task.views({ id: "member_1", role }).map(({ name, list }) => {
      const { filter, orderBy } = listSearch(task, list, { ...asking, team });
      return [name, filter, orderBy];
    });

  test("are by due date and priority, one's own, those of one's teams and overdue ones", () => {
    assert.deepEqual(filters("manager", ["member_2", "member_3"]), [
      ["Open by due date", "closed == false", "due_time"],
      ["Open by priority", "closed == false", "priority_rank desc"],
      ["Mine", `"member_1" in assignee_ids && closed == false`, "due_time"],
      ["My teams’", `("member_2" in assignee_ids || "member_3" in assignee_ids) && closed == false`, "due_time"],
      ["Overdue", "overdue == true", "due_time"],
    ]);
  });

  test("never become lists of everything for who has no team", () => {
    assert.equal(filters("rep").length, 4);
    assert.deepEqual(filters("manager")[3]?.[1], `"member_1" in assignee_ids && closed == false`);
  });
});
