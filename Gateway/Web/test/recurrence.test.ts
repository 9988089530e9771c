import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dueDay, firstRule, monthChoices, onWords, readRule, ruleText, ruleWords } from "../src/areas/tasks/recurring";

/** Rules that the form can show, and their words. */
const shown: readonly [string, string][] = [
  ["FREQ=DAILY", "Every day"],
  ["FREQ=DAILY;INTERVAL=3;COUNT=10", "Every 3 days, 10 times"],
  ["FREQ=WEEKLY;BYDAY=MO", "Every week on Monday"],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR", "Every 2 weeks on Monday, Wednesday and Friday"],
  ["FREQ=MONTHLY", "Every month"],
  ["FREQ=MONTHLY;BYMONTHDAY=15", "Every month on day 15"],
  ["FREQ=MONTHLY;BYMONTHDAY=-1", "Every month on the last day"],
  ["FREQ=MONTHLY;INTERVAL=3;BYDAY=2TH", "Every 3 months on the second Thursday"],
  ["FREQ=MONTHLY;BYDAY=-1FR", "Every month on the last Friday"],
  ["FREQ=YEARLY;UNTIL=20301231", "Every year, until Dec 31, 2030"],
];

describe("How a task recurs", () => {
  test("is read from a rule, said in words, and written as the same rule", () => {
    for (const [rule, text] of shown) {
      assert.equal(ruleWords(rule), text);
      const read = readRule(rule);
      assert.equal(read === null ? null : ruleText(read), rule);
    }
  });

  test("is read in other writings of the same", () => {
    const written = "RRULE:freq=weekly;byday=we,mo;interval=1;wkst=MO;";
    assert.deepEqual(readRule(written), readRule("FREQ=WEEKLY;BYDAY=MO,WE"));
    assert.deepEqual(readRule("FREQ=DAILY;UNTIL=20301231T225959Z")?.end, { is: "on", day: "2030-12-31" });
  });

  test("stays as it is where the form cannot show it", () => {
    const others = [
      "FREQ=HOURLY",
      "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
      "FREQ=MONTHLY;BYMONTHDAY=1,15",
      "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
      "FREQ=WEEKLY;WKST=SU;INTERVAL=2",
      "FREQ=WEEKLY;BYDAY=XX",
      "FREQ=YEARLY;BYMONTH=2",
      "FREQ=YEARLY;BYDAY=1MO",
      "FREQ=DAILY;COUNT=0",
      "FREQ=DAILY;COUNT=2;UNTIL=20301231",
      "FREQ=DAILY;UNTIL=20301399",
      "FREQ=DAILY;INTERVAL=1000",
      "nonsense",
      "",
    ];
    for (const rule of others) {
      assert.equal(readRule(rule), null, rule);
      assert.equal(ruleWords(rule), `By the rule ${rule}`);
    }
  });

  test("offers of a month the days that the due day suggests", () => {
    assert.deepEqual(monthChoices("2026-11-12"), ["", "BYDAY=2TH", "BYMONTHDAY=-1"]);
    assert.deepEqual(monthChoices("2026-11-27"), ["", "BYDAY=4FR", "BYDAY=-1FR", "BYMONTHDAY=-1"]);
    assert.deepEqual(monthChoices("2026-10-30"), ["", "BYDAY=5FR", "BYDAY=-1FR", "BYMONTHDAY=-1"]);
    for (const each of monthChoices("2026-10-30").slice(1)) assert.notEqual(onWords(each), "");
    assert.deepEqual(monthChoices(""), ["", "BYMONTHDAY=-1"]);
  });

  test("goes by the clocks of its own time zone", () => {
    assert.equal(dueDay("2026-11-27T23:30:00Z", "Europe/Berlin"), "2026-11-28");
    assert.equal(dueDay("2026-11-27T23:30:00Z", "America/New_York"), "2026-11-27");
    assert.equal(dueDay("", "Europe/Berlin"), "");
  });

  test("leaves out what is usual", () => {
    assert.equal(ruleText(firstRule), "FREQ=WEEKLY");
    assert.equal(ruleText({ ...firstRule, frequency: "daily", weekdays: [1], on: "BYMONTHDAY=-1" }), "FREQ=DAILY");
  });
});
