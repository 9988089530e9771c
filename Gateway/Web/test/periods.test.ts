import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  dayAfter,
  dayText,
  firstDayOfWeek,
  isPeriod,
  type Period,
  periodNames,
  spanOf,
  startOfDay,
} from "../src/core/periods";

const all = Object.keys(periodNames) as Period[];

/** Runs with the clock of a zone. */
function inZone(zone: string, body: () => void): void {
  const before = process.env["TZ"];
  process.env["TZ"] = zone;
  try {
    body();
  } finally {
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  }
}

/** A span by its first day and the day it ends before. */
function days(period: Period, now: Date, firstDay?: number): [string, string] {
  const { from, to } = spanOf(period, now, firstDay);
  return [from === null ? "" : dayText(from), to === null ? "" : dayText(to)];
}

describe("A stretch of time", () => {
  const friday = new Date(2026, 10, 27, 23, 59, 59);

  test("is of whole days, however late it is", () => {
    for (const now of [friday, new Date(2026, 10, 27)]) {
      assert.deepEqual(days("today", now), ["2026-11-27", "2026-11-28"]);
      assert.deepEqual(days("yesterday", now), ["2026-11-26", "2026-11-27"]);
      assert.deepEqual(days("tomorrow", now), ["2026-11-28", "2026-11-29"]);
      assert.deepEqual(days("last_7_days", now), ["2026-11-21", "2026-11-28"]);
      assert.deepEqual(days("last_30_days", now), ["2026-10-29", "2026-11-28"]);
      assert.deepEqual(days("before_30_days", now), ["", "2026-10-29"]);
      assert.deepEqual(days("next_7_days", now), ["2026-11-27", "2026-12-04"]);
    }
  });

  test("goes over the ends of months and years", () => {
    assert.deepEqual(days("last_month", new Date(2026, 2, 31)), ["2026-02-01", "2026-03-01"]);
    assert.deepEqual(days("this_month", new Date(2028, 1, 29)), ["2028-02-01", "2028-03-01"]);
    assert.deepEqual(days("last_month", new Date(2026, 0, 1)), ["2025-12-01", "2026-01-01"]);
    assert.deepEqual(days("this_month", new Date(2026, 11, 31)), ["2026-12-01", "2027-01-01"]);
    assert.deepEqual(days("this_year", new Date(2026, 11, 31)), ["2026-01-01", "2027-01-01"]);
    assert.deepEqual(days("yesterday", new Date(2026, 0, 1)), ["2025-12-31", "2026-01-01"]);
    assert.deepEqual(days("yesterday", new Date(2028, 2, 1)), ["2028-02-29", "2028-03-01"]);
    assert.deepEqual(days("next_week", new Date(2026, 11, 30)), ["2027-01-04", "2027-01-11"]);
  });

  test("begins its weeks on the reader's first day", () => {
    const weeks: [number, string, string][] = [
      [1, "2026-11-23", "2026-11-30"],
      [7, "2026-11-22", "2026-11-29"],
      [6, "2026-11-21", "2026-11-28"],
    ];
    for (const [firstDay, from, to] of weeks) {
      assert.deepEqual(days("this_week", friday, firstDay), [from, to]);
    }
    const sunday = new Date(2026, 10, 29);
    assert.deepEqual(days("this_week", sunday, 1), ["2026-11-23", "2026-11-30"]);
    assert.deepEqual(days("this_week", sunday, 7), ["2026-11-29", "2026-12-06"]);
    assert.deepEqual(days("last_week", sunday, 6), ["2026-11-21", "2026-11-28"]);
    assert.deepEqual(days("this_week", new Date(2026, 10, 28), 6), ["2026-11-28", "2026-12-05"]);
  });

  test("has days of 23 and 25 hours where clocks are moved", () => {
    const hours = (period: Period, now: Date) => {
      const { from, to } = spanOf(period, now);
      return ((to?.getTime() ?? 0) - (from?.getTime() ?? 0)) / 3_600_000;
    };
    inZone("Europe/Berlin", () => {
      assert.equal(hours("today", new Date(2026, 2, 29, 12)), 23);
      assert.equal(hours("today", new Date(2026, 9, 25, 12)), 25);
      assert.equal(hours("this_week", new Date(2026, 2, 29, 12)), 7 * 24 - 1);
    });
  });

  test("begins with the first moment of a day that has no midnight", () => {
    inZone("Africa/Cairo", () => {
      const { from, to } = spanOf("today", new Date(2026, 3, 24, 12));
      assert.equal(from?.toISOString(), "2026-04-23T22:00:00.000Z");
      assert.equal(to?.toISOString(), "2026-04-24T21:00:00.000Z");
      const day = startOfDay("2026-04-24");
      assert.equal(day?.toISOString(), "2026-04-23T22:00:00.000Z");
      assert.equal(day && dayAfter(day).toISOString(), "2026-04-24T21:00:00.000Z");
    });
  });

  test("meets the next one without a gap, in every zone", () => {
    const pairs: [Period, Period][] = [
      ["yesterday", "today"],
      ["today", "tomorrow"],
      ["last_week", "this_week"],
      ["this_week", "next_week"],
      ["last_month", "this_month"],
      ["before_30_days", "last_30_days"],
    ];
    for (const zone of ["UTC", "Pacific/Apia", "Asia/Kolkata", "America/St_Johns", "Africa/Cairo"]) {
      inZone(zone, () => {
        for (let day = 0; day < 366; day += 1) {
          const now = new Date(2028, 0, 1 + day, 3, 30);
          for (const [first, second] of pairs) {
            assert.equal(spanOf(first, now).to?.getTime(), spanOf(second, now).from?.getTime());
          }
        }
      });
    }
  });

  test("is one of those that have a name", () => {
    for (const period of all) assert.ok(isPeriod(period));
    for (const text of ["", "Today", "toString", "constructor", "last_8_days"]) assert.ok(!isPeriod(text));
  });
});

describe("A day", () => {
  test("is written and read back, and nothing else is", () => {
    for (const day of ["2026-11-27", "2028-02-29", "1999-12-31", "0033-04-03", "0800-12-25"]) {
      const start = startOfDay(day);
      assert.equal(start && dayText(start), day);
    }
    for (const text of ["2027-02-29", "2026-11-31", "2026-00-01", "26-11-27", "2026-11-27T00:00", " ", ""]) {
      assert.equal(startOfDay(text), null, text);
    }
  });
});

describe("The first day of the week", () => {
  test("is that of the reader's country, and Monday where nobody knows", () => {
    assert.equal(firstDayOfWeek("en-US"), 7);
    assert.equal(firstDayOfWeek("de-DE"), 1);
    assert.equal(firstDayOfWeek("ar-EG"), 6);
    assert.equal(firstDayOfWeek("no such locale"), 1);
  });
});
