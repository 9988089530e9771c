import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { besidePeriod, dayIn, periodDays, periodOf, periodWords, readPeriod } from "../src/core/fiscal";

const april = 4;

describe("A fiscal period", () => {
  test("is of the calendar where years begin with January", () => {
    assert.deepEqual(periodOf("quarter", "2026-11-28", 1), {
      unit: "quarter",
      name: "2026-Q4",
      start: "2026-10-01",
      end: "2026-12-31",
    });
    assert.equal(periodOf("month", "2026-02-28", 1).end, "2026-02-28");
    assert.equal(periodOf("month", "2028-02-28", 1).end, "2028-02-29");
    assert.equal(periodOf("year", "2026-01-01", 1).end, "2026-12-31");
  });

  test("is called by the year in which the fiscal year begins", () => {
    assert.deepEqual(periodOf("quarter", "2027-03-31", april), {
      unit: "quarter",
      name: "2026-Q4",
      start: "2027-01-01",
      end: "2027-03-31",
    });
    assert.equal(periodOf("quarter", "2027-04-01", april).name, "2027-Q1");
    assert.equal(periodOf("year", "2027-03-31", april).name, "2026");
    assert.equal(periodOf("month", "2027-03-31", april).name, "2027-03");
    assert.equal(periodOf("quarter", "2026-02-01", 12).name, "2025-Q1");
  });

  test("is read from what it is called", () => {
    for (const firstMonth of [1, 2, april, 12]) {
      for (const unit of ["month", "quarter", "year"] as const) {
        for (const day of ["2026-01-31", "2026-04-01", "2026-11-30", "2026-12-31"]) {
          const period = periodOf(unit, day, firstMonth);
          assert.deepEqual(readPeriod(period.name, firstMonth), period);
          assert.ok(period.start <= day && day <= period.end, period.name);
        }
      }
    }
    for (const none of ["", "2026-Q5", "2026-13", "2026-W40", "0026", "2026-Q1 "]) {
      assert.equal(readPeriod(none, 1), null, none);
    }
  });

  test("has others before and after it, across years", () => {
    const first = periodOf("quarter", "2026-04-01", april);
    assert.equal(besidePeriod(first, -1, april).name, "2025-Q4");
    assert.equal(besidePeriod(first, 5, april).name, "2027-Q2");
    assert.equal(besidePeriod(periodOf("month", "2026-12-01", april), 1, april).name, "2027-01");
    assert.equal(besidePeriod(periodOf("year", "2026-12-01", april), -1, april).name, "2025");
  });

  test("is called by words that people use", () => {
    assert.equal(periodWords("2026-Q4"), "Q4 2026");
    assert.equal(periodWords("2026-10"), "October 2026");
    assert.equal(periodWords("2026-W04"), "Week 4 of 2026");
    assert.equal(periodWords("2026"), "Fiscal year 2026");
    assert.equal(periodDays(periodOf("quarter", "2026-11-01", 1)), "Oct 1, 2026 – Dec 31, 2026");
  });
});

test("the day is that of the tenant's time zone, and of the reader's where that is not known", () => {
  const late = new Date("2026-12-31T23:30:00Z");
  assert.equal(dayIn("Pacific/Auckland", late), "2027-01-01");
  assert.equal(dayIn("America/New_York", late), "2026-12-31");
  assert.match(dayIn("Nowhere/Else", late), /^202[67]-\d\d-\d\d$/);
});
