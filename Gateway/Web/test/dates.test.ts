import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  addDays,
  addMonths,
  isDay,
  monthWeeks,
  readDay,
  weekdayOf,
  writtenDay,
} from "../src/core/dates";
import { dayAndTime, momentAt, readTime, writtenTime } from "../src/core/moments";

const now = new Date(2026, 10, 27, 12);
const read = (text: string, locale = "en-US") => readDay(text, locale, now);

describe("A typed day", () => {
  test("is read in the order of the locale, with any marks between", () => {
    assert.equal(read("11/27/2026"), "2026-11-27");
    assert.equal(read("27.11.2026", "de-DE"), "2026-11-27");
    assert.equal(read("27/11/2026", "en-GB"), "2026-11-27");
    assert.equal(read("2026. 11. 27.", "ko-KR"), "2026-11-27");
    assert.equal(read("3-4-26"), "2026-03-04");
  });

  test("with dots begins with the day, except where the locale writes dots in another order", () => {
    assert.equal(read("1.12.2026"), "2026-12-01");
    assert.equal(read("1.12.2026", "en-GB"), "2026-12-01");
    assert.equal(read("31.12.", "sv-SE"), "2026-12-31");
    assert.equal(read("12. 31.", "hu-HU"), "2026-12-31");
    assert.equal(read("12.31.2026"), null);
  });

  test("is read as ISO has it in every locale", () => {
    for (const locale of ["en-US", "de-DE", "ar-SA", "th-TH", "fa-IR"]) {
      assert.equal(read("2026-02-03", locale), "2026-02-03");
    }
  });

  test("may leave out the year or have two digits of it", () => {
    assert.equal(read("2/3"), "2026-02-03");
    assert.equal(read("3.2.", "de-DE"), "2026-02-03");
    assert.equal(read("1/1/77"), "1977-01-01");
    assert.equal(read("1/1/76"), "2076-01-01");
  });

  test("may name the month or a day near today", () => {
    assert.equal(read("27 Nov 2025"), "2025-11-27");
    assert.equal(read("March 5, 2027"), "2027-03-05");
    assert.equal(read("5. Dezember", "de-DE"), "2026-12-05");
    assert.equal(read("Tomorrow"), "2026-11-28");
  });

  test("that does not exist is none", () => {
    for (const text of ["2/30/2026", "13/13/2026", "soon", "", "1", "1/2/3/4", "0/0/2026", "0000-01-01"]) {
      assert.equal(read(text), null);
    }
  });

  test("comes back from how it is written, in any locale", () => {
    for (const locale of ["en-US", "de-DE", "ja-JP", "ar-EG", "th-TH", "hu-HU", "sv-SE"]) {
      assert.equal(read(writtenDay("2026-02-03", locale), locale), "2026-02-03");
    }
  });
});

describe("The calendar", () => {
  test("knows days, months and leap years", () => {
    assert.equal(addDays("2024-02-28", 1), "2024-02-29");
    assert.equal(addDays("2026-01-01", -1), "2025-12-31");
    assert.equal(addMonths("2026-01-31", 1), "2026-02-28");
    assert.equal(addMonths("2024-02-29", 12), "2025-02-28");
    assert.equal(addMonths("2026-01-15", -1), "2025-12-15");
    assert.equal(isDay("2025-02-29"), false);
    assert.equal(isDay("2025-2-9"), false);
    assert.equal(weekdayOf("2026-11-27"), 5);
  });

  test("shows the whole weeks of a month and no more", () => {
    const weeks = monthWeeks("2026-11-27", 1);
    assert.equal(weeks.length, 6);
    assert.equal(weeks[0]?.[0], "2026-10-26");
    assert.equal(weeks[5]?.[6], "2026-12-06");
    assert.equal(monthWeeks("2026-02-10", 7).length, 4);
  });
});

describe("A time of day", () => {
  test("is read with and without halves of the day", () => {
    assert.equal(readTime("14:30"), "14:30");
    assert.equal(readTime("2:30 PM"), "14:30");
    assert.equal(readTime("12 am"), "00:00");
    assert.equal(readTime("9"), "09:00");
    assert.equal(readTime("930"), "09:30");
    assert.equal(readTime("0930"), "09:30");
    for (const text of ["24:00", "13 pm", "9:60", "noon", ""]) assert.equal(readTime(text), null);
  });

  test("comes back from how it is written", () => {
    assert.equal(writtenTime("14:30", "en-US"), "2:30 PM");
    assert.equal(readTime(writtenTime("14:30", "de-DE")), "14:30");
  });

  test("makes a moment where the reader is, and comes back from it", () => {
    const moment = momentAt("2026-11-27", "14:30");
    assert.match(moment, /^2026-11-2\dT\d\d:\d\d:00Z$/);
    assert.deepEqual(dayAndTime(moment), { day: "2026-11-27", time: "14:30" });
    assert.deepEqual(dayAndTime("no moment"), { day: "", time: "" });
    assert.equal(momentAt("", "14:30"), "");
  });
});
