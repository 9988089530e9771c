import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readQuickTask } from "../src/areas/tasks/quickTask";

/** A Friday, at three in the afternoon of the reader's clocks. */
const now = new Date(2026, 10, 27, 15);
const at = (month: number, day: number, hours: number, minutes = 0, year = 2026) =>
  new Date(year, month - 1, day, hours, minutes).toISOString().replace(".000Z", "Z");

function read(text: string) {
  const { title, due, rule, priority } = readQuickTask(text, now);
  return [title, due, rule, priority].filter((each) => each !== "");
}

describe("A task that was jotted down", () => {
  test("is due on the day and at the time that stand at its end", () => {
    assert.deepEqual(read("Call Ada tomorrow 9"), ["Call Ada", at(11, 28, 9)]);
    assert.deepEqual(read("Call Ada  on Monday at 14:30"), ["Call Ada", at(11, 30, 14, 30)]);
    assert.deepEqual(read("Call Ada by next tue 4pm"), ["Call Ada", at(12, 1, 16)]);
    assert.deepEqual(read("Call Ada next friday"), ["Call Ada", at(12, 4, 17)]);
    assert.deepEqual(read("Call Ada 12 Dec"), ["Call Ada", at(12, 12, 17)]);
    assert.deepEqual(read("Call Ada Jan 5, 8:15 am"), ["Call Ada", at(1, 5, 8, 15, 2027)]);
    assert.deepEqual(read("Call Ada 2027-02-01"), ["Call Ada", at(2, 1, 17, 0, 2027)]);
    assert.deepEqual(read("Call Ada in 2 weeks"), ["Call Ada", at(12, 11, 17)]);
    assert.deepEqual(read("Call Ada in 90 minutes"), ["Call Ada", at(11, 27, 16, 30)]);
  });

  test("is due at the next such time without a day, and before the day ends without a time", () => {
    assert.deepEqual(read("Call Ada at 9"), ["Call Ada", at(11, 28, 9)]);
    assert.deepEqual(read("Call Ada 16:00"), ["Call Ada", at(11, 27, 16)]);
    assert.deepEqual(read("Call Ada today"), ["Call Ada", at(11, 27, 17)]);
    const { due } = readQuickTask("Call Ada today", new Date(2026, 10, 27, 18));
    assert.equal(due, at(11, 27, 23, 59));
  });

  test("on a day of the week is due on the coming one", () => {
    assert.deepEqual(read("Call Ada friday"), ["Call Ada", at(12, 4, 17)]);
    assert.deepEqual(read("Call Ada sat"), ["Call Ada", at(11, 28, 17)]);
  });

  test("recurs as it says, and is first due when the rule first holds", () => {
    assert.deepEqual(read("Send the report every Monday"), ["Send the report", at(11, 30, 17), "FREQ=WEEKLY;BYDAY=MO"]);
    assert.deepEqual(read("Stand-up every weekday at 9:30"), [
      "Stand-up",
      at(11, 30, 9, 30),
      "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    ]);
    assert.deepEqual(read("Water plants every wed and sun"), [
      "Water plants",
      at(11, 29, 17),
      "FREQ=WEEKLY;BYDAY=WE,SU",
    ]);
    assert.deepEqual(read("Back up every 2 weeks tomorrow"), ["Back up", at(11, 28, 17), "FREQ=WEEKLY;INTERVAL=2"]);
    assert.deepEqual(read("Pay rent every month"), ["Pay rent", at(11, 27, 17), "FREQ=MONTHLY"]);
  });

  test("has the priority that is marked, in any order with the rest", () => {
    assert.deepEqual(read("Call Ada !high tomorrow 9"), ["Call Ada", at(11, 28, 9), "high"]);
    assert.deepEqual(read("Call Ada tomorrow 9 !URGENT"), ["Call Ada", at(11, 28, 9), "urgent"]);
  });

  test("keeps in its title what only looks like a time", () => {
    const plain = ["Order 12", "Plan B", "Buy a Sunday paper for Ada", "Ask about !important", "Tomorrow", "at 9"];
    for (const text of plain) {
      assert.deepEqual(read(text), [text]);
    }
    assert.deepEqual(read("Call Ada at 99"), ["Call Ada at 99"]);
    assert.deepEqual(read("Order 12 today"), ["Order 12", at(11, 27, 17)]);
    assert.deepEqual(read(" "), []);
  });
});
