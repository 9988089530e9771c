import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { addressLines } from "../src/areas/accounts/addressLines";
import { warningOf } from "../src/areas/deals/warning";
import { spentTime } from "../src/core/format";

const now = new Date(2026, 10, 28, 12, 0, 0);
const of = (values: Partial<Parameters<typeof warningOf>[0]>) =>
  warningOf({ status: "open", expected_close_date: "", rot_time: "", ...values }, now);
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString();

describe("The warning on a deal", () => {
  test("says since when its close date has passed, and not on the day itself", () => {
    assert.equal(of({ expected_close_date: "2026-11-28" }), "");
    assert.equal(of({ expected_close_date: "2026-11-27" }), "1 day overdue");
    // Over a change of clocks in most zones.
    assert.equal(of({ expected_close_date: "2026-10-01" }), "58 days overdue");
  });

  test("says since when nobody works on it, from the moment on", () => {
    assert.equal(of({ rot_time: inHours(1) }), "");
    assert.equal(of({ rot_time: inHours(0) }), "Rotting since today");
    assert.equal(of({ rot_time: inHours(-50) }), "Rotting for 2 days");
  });

  test("is one at most: the close date comes first", () => {
    assert.equal(of({ expected_close_date: "2026-11-20", rot_time: inHours(-50) }), "8 days overdue");
  });

  test("is none on a closed deal", () => {
    for (const status of ["won", "lost"] as const) {
      assert.equal(of({ status, expected_close_date: "2026-11-20", rot_time: inHours(-50) }), "");
    }
  });
});

describe("Time spent", () => {
  test("is said in its largest unit", () => {
    assert.equal(spentTime(59), "less than a minute");
    assert.equal(spentTime(60), "1 minute");
    assert.equal(spentTime(3 * 3600 + 59 * 60), "3 hours");
    assert.equal(spentTime(12 * 86_400 + 5), "12 days");
    assert.equal(spentTime(Number.NaN), "less than a minute");
  });
});

describe("An address", () => {
  test("is written in lines, as far as it is known", () => {
    const address = { street: "1 Main St\nFloor 2", postal_code: "12345", city: "Springfield", state: "", country: "US" };
    assert.deepEqual(addressLines({ ...address, country: "DE" }), ["1 Main St\nFloor 2", "12345 Springfield", "DE"]);
    assert.deepEqual(addressLines(address), ["1 Main St\nFloor 2", "Springfield, 12345", "US"]);
    const texas = { ...address, street: "", city: "Houston", state: "TX", postal_code: "77011" };
    assert.deepEqual(addressLines(texas), ["Houston, TX 77011", "US"]);
    assert.deepEqual(addressLines({ ...texas, country: "Mexico" }), ["77011 Houston", "TX", "Mexico"]);
    assert.deepEqual(addressLines(null), []);
    assert.deepEqual(addressLines({ street: "", postal_code: "", city: "", state: "", country: "" }), []);
  });
});
