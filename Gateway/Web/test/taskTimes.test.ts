import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dueText, isOverdue, timeThere } from "../src/areas/tasks/dueTimes";

describe("When a task is due", () => {
  const now = new Date(2026, 10, 27, 15);
  const at = (...when: [number, number, number, number?, number?]) => new Date(...when).toISOString();

  test("is told by the day that it is for the reader", () => {
    assert.equal(dueText(at(2026, 10, 27, 14, 30), now), "Today 2:30 PM");
    assert.equal(dueText(at(2026, 10, 28, 0, 5), now), "Tomorrow 12:05 AM");
    assert.equal(dueText(at(2026, 10, 26, 23), now), "Yesterday 11:00 PM");
    assert.equal(dueText(at(2026, 10, 30, 9), now), "Mon, Nov 30, 9:00 AM");
    assert.equal(dueText(at(2027, 0, 4, 9), now), "Mon, Jan 4, 2027, 9:00 AM");
    assert.equal(dueText("", now), "");
    assert.equal(dueText("soon", now), "");
  });

  test("has passed for what is open, and for nothing that is closed", () => {
    const due_time = at(2026, 10, 27, 14);
    assert.equal(isOverdue({ due_time, closed: false }, now), true);
    assert.equal(isOverdue({ due_time, closed: true }, now), false);
    assert.equal(isOverdue({ due_time: at(2026, 10, 27, 16), closed: false }, now), false);
    assert.equal(isOverdue({ due_time: "", closed: false }, now), false);
  });

  test("is told by the clocks there, where those differ from the reader's", () => {
    const readers = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    assert.equal(timeThere("2026-11-27T09:00:00Z", readers), "");
    assert.equal(timeThere("2026-11-27T09:00:00Z", "Pacific/Kiritimati"), "Fri, Nov 27, 11:00 PM");
    assert.equal(timeThere("2026-11-27T09:00:00Z", "Nowhere/Else"), "");
    assert.equal(timeThere("2026-11-27T09:00:00Z", ""), "");
  });
});
