import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { understood } from "../src/areas/tasks/QuickAdd";
import { readQuickTask } from "../src/areas/tasks/quickTask";

/** A Friday, at three in the afternoon of the reader's clocks. */
const now = new Date(2026, 10, 27, 15);
const at = (month: number, day: number, hours: number, minutes = 0, year = 2026) =>
  new Date(year, month - 1, day, hours, minutes).toISOString().replace(".000Z", "Z");

function read(text: string, locale = "en-US") {
  const { title, due, rule, priority } = readQuickTask(text, now, locale);
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
    const plain = ["Order 12", "Plan B", "Buy a Sunday paper for Ada", "Ask about !important", "Order 12 marbles"];
    for (const text of plain) {
      assert.deepEqual(read(text), [text]);
    }
    assert.deepEqual(read("Call Ada at 99"), ["Call Ada at 99"]);
    assert.deepEqual(read("Order 12 today"), ["Order 12", at(11, 27, 17)]);
    assert.deepEqual(read(" "), []);
  });

  test("has no title if only its time is said", () => {
    assert.deepEqual(read("every Monday"), [at(11, 30, 17), "FREQ=WEEKLY;BYDAY=MO"]);
    assert.equal(readQuickTask("every Monday", now).title, "");
    assert.equal(readQuickTask("Tomorrow", now).title, "");
  });

  test("recurs until the day that it says", () => {
    assert.deepEqual(read("Read every day until Friday"), ["Read", at(11, 27, 17), "FREQ=DAILY;UNTIL=20261204"]);
    assert.deepEqual(read("Read every Monday at 9 until 31.12.2026"), [
      "Read",
      at(11, 30, 9),
      "FREQ=WEEKLY;UNTIL=20261231;BYDAY=MO",
    ]);
    assert.deepEqual(read("Read every day, till Dec 4 at 9"), ["Read", at(11, 28, 9), "FREQ=DAILY;UNTIL=20261204"]);
    assert.deepEqual(read("Read every day until 31.11.2026"), ["Read every day until 31.11.2026"]);
    assert.deepEqual(read("Finish until Friday"), ["Finish", at(12, 4, 17)]);
  });
});

/** What is read of "Do it" and such a text: when it is due, "title" if it stays in the title, or "none" for no day. */
function readEnd(end: string, locale: string) {
  const text = `Do it ${end}`;
  const { title, due, noDay } = readQuickTask(text, now, locale);
  if (due === "") return title !== text ? title : noDay === "" ? "title" : "none";
  return title === "Do it" ? due : `${title}: ${due}`;
}

const all = ["en-US", "en-GB", "de-DE", "de-CH", "fr-FR", "sv-SE", "hu-HU"];

describe("The end of a task that was jotted down", () => {
  /** What is typed, in which locales, and when it is due, "title" or "none". */
  const table: readonly (readonly [string, readonly string[], string])[] = [
    // Amounts, versions, clauses, fractions.
    ["12.50", all, "title"],
    ["of 12.50", all, "title"],
    ["2.0", all, "title"],
    ["version 10.4.12", ["en-US", "en-GB", "fr-FR", "sv-SE"], "title"],
    ["3.4", ["en-US", "en-GB", "fr-FR", "sv-SE", "de-CH"], "title"],
    ["3.4", ["de-DE"], at(4, 3, 17, 0, 2027)],
    ["by 2.5", ["en-US", "en-GB"], "title"],
    ["1/2", all, "title"],
    ["3/4", all, "title"],
    ["12/12", all, "title"],
    ["24/7", all, "title"],
    ["50/50", all, "title"],
    ["1.2.3", all, "title"],
    ["12.30", ["en-US", "en-GB", "fr-FR"], "title"],
    ["1-2", all, "title"],
    // Days in figures, without a year.
    ["on 3.4.", ["en-US", "en-GB", "de-DE", "fr-FR"], at(4, 3, 17, 0, 2027)],
    ["on 3.4", ["en-US", "en-GB", "de-DE", "fr-FR"], at(4, 3, 17, 0, 2027)],
    ["3.4.", ["de-DE", "de-CH"], at(4, 3, 17, 0, 2027)],
    ["3.4.", ["en-US", "en-GB", "fr-FR"], "title"],
    ["31.12.", ["de-DE", "de-CH"], at(12, 31, 17)],
    ["31. 12.", ["de-DE"], at(12, 31, 17)],
    ["12. 31.", ["hu-HU"], at(12, 31, 17)],
    ["on 1/2", ["en-US"], at(1, 2, 17, 0, 2027)],
    ["by 1/2", ["en-GB", "fr-FR"], at(2, 1, 17, 0, 2027)],
    ["12/25", ["en-US"], at(12, 25, 17)],
    ["25/12", ["en-GB", "fr-FR"], at(12, 25, 17)],
    ["25/12", ["en-US", "de-DE"], "title"],
    ["12/5", ["en-US"], at(12, 5, 17)],
    ["on 29/2", ["en-GB"], at(2, 29, 17, 0, 2028)],
    ["on 12.50", all, "none"],
    ["on 31/11", ["en-GB", "fr-FR"], "none"],
    ["on 11/31", ["en-US"], "none"],
    // With a year.
    ["31.12.2026", all, at(12, 31, 17)],
    ["1.12.2026", all, at(12, 1, 17)],
    ["on 1. 12. 2026", ["en-US", "de-DE"], at(12, 1, 17)],
    ["31.11.2026", all, "none"],
    ["12.31.2026", ["en-US", "de-DE"], "none"],
    ["12/31/2026", ["en-US"], at(12, 31, 17)],
    ["12/31/2026", ["en-GB", "de-DE", "fr-FR"], "none"],
    ["31/12/2026", ["en-GB", "de-DE", "fr-FR"], at(12, 31, 17)],
    ["31/12/2026", ["en-US"], "none"],
    ["31-12-2026", ["en-GB", "de-DE"], at(12, 31, 17)],
    ["2027-02-28", all, at(2, 28, 17, 0, 2027)],
    ["2027-02-30", all, "none"],
    ["2027-13-01", all, "none"],
    ["31.12.26", ["de-DE", "de-CH"], at(12, 31, 17)],
    ["31.12.26", ["en-US", "en-GB", "fr-FR"], "title"],
    ["on 31.12.26", ["en-US", "en-GB", "fr-FR"], at(12, 31, 17)],
    ["12/31/26", ["en-US"], at(12, 31, 17)],
    ["31.11.2026 at 9", all, "none"],
    ["31.12.2026 9:30", ["en-US", "de-DE"], at(12, 31, 9, 30)],
    ["29.2.2028", ["en-US", "de-DE"], at(2, 29, 17, 0, 2028)],
    ["29.2.2027", ["en-US", "de-DE"], "none"],
    // With the name of a month.
    ["12 Dec", all, at(12, 12, 17)],
    ["12. Dec", all, at(12, 12, 17)],
    ["December 12th", all, at(12, 12, 17)],
    ["on the 5th of May", all, "Do it on the: " + at(5, 5, 17, 0, 2027)],
    ["5 Sept 2027", all, at(9, 5, 17, 0, 2027)],
    ["Jan 5, 2027", all, at(1, 5, 17, 0, 2027)],
    ["1 Nov", all, at(11, 1, 17, 0, 2027)],
    ["1 Nov 2026", all, at(11, 1, 17)],
    ["Nov 31", all, "none"],
    ["30 Feb 2027", all, "none"],
    ["29 Feb", all, at(2, 29, 17, 0, 2028)],
    ["12 marbles", all, "title"],
    ["Room 12", all, "title"],
    // Days by words.
    ["yesterday", all, at(11, 26, 17)],
    ["next week", all, at(11, 30, 17)],
    ["next month", all, at(12, 27, 17)],
    ["next Monday", all, at(11, 30, 17)],
    ["this Sunday", all, at(11, 29, 17)],
    ["in 3 days", all, at(11, 30, 17)],
    // Times of day.
    ["noon", all, at(11, 28, 12)],
    ["tomorrow at noon", all, at(11, 28, 12)],
    ["tonight", all, at(11, 27, 20)],
    ["tonight at 9", all, at(11, 27, 21)],
    ["tonight 9:30", all, at(11, 27, 21, 30)],
    ["Friday 3", all, at(12, 4, 15)],
    ["Friday 3 am", all, at(12, 4, 3)],
    ["Friday 03:00", all, at(12, 4, 3)],
    ["Friday 3:00", ["en-US"], at(12, 4, 15)],
    ["Friday 3:00", ["de-DE", "fr-FR"], at(12, 4, 3)],
    ["Friday 7", all, at(12, 4, 7)],
    ["Friday 12", all, at(12, 4, 12)],
    ["Friday 12.30", all, at(12, 4, 12, 30)],
    ["Friday 12.10", all, at(12, 4, 12, 10)],
    ["at 12.30", all, at(11, 28, 12, 30)],
    ["at 12.10", all, at(11, 28, 12, 10)],
    ["16:00", all, at(11, 27, 16)],
    ["4.30 pm", all, at(11, 27, 16, 30)],
  ];
  for (const [end, locales, right] of table) {
    test(`“${end}” is read as it is meant in ${locales.join(", ")}`, () => {
      for (const locale of locales) assert.equal(readEnd(end, locale), right, locale);
    });
  }

  test("is pointed out if it is a day that does not exist, with how the one that was meant is written", () => {
    assert.equal(readQuickTask("Tax 31/12/2026", now, "en-US").meant, "12/31/2026");
    assert.equal(readQuickTask("Tax 12/31/2026", now, "de-DE").meant, "31.12.2026");
    assert.equal(readQuickTask("Tax 12.31.2026", now, "en-US").meant, "12/31/2026");
    for (const text of ["Tax 31.11.2026", "Tax 2027-02-30", "Tax Feb 30"]) {
      assert.equal(readQuickTask(text, now, "en-US").meant, "", text);
    }
    assert.match(understood("Tax 31/12/2026", now), /31\/12\/2026.* is no date here \(write .*12\/31\/2026.*stays in the title/);
    assert.match(understood("Tax 31.11.2026 !high", now), /31\.11\.2026.*stays in the title · High priority/);
  });

  test("is pointed out if it is past", () => {
    assert.equal(understood("Call Ada yesterday", now), "Due Yesterday 5:00 PM, which is past");
    assert.equal(understood("Call Ada today at 9", now), "Due Today 9:00 AM, which is past");
    assert.equal(understood("Call Ada today", now), "Due Today 5:00 PM");
  });
});
