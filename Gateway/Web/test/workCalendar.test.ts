import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { localeOptions } from "../src/core/locales";
import { holidayFault, hoursFault, moreHours, sentHours, timeOfDay } from "../src/core/workCalendar";

const hours = (weekday: string, start_time: string, end_time: string) => ({ weekday, start_time, end_time });

describe("A time of day", () => {
  test("is typed with or without minutes, up to the end of the day", () => {
    assert.equal(timeOfDay(" 9 "), "09:00");
    assert.equal(timeOfDay("9.30"), "09:30");
    assert.equal(timeOfDay("24:00"), "24:00");
    for (const text of ["", "24:01", "12:60", "9:3", "noon", "-1:00"]) assert.equal(timeOfDay(text), null, text);
  });
});

describe("Business hours", () => {
  test("end after they begin, whatever form they are typed in", () => {
    const fault = (start: string, end: string) => hoursFault(hours("monday", start, end), []);
    assert.equal(fault("9", "17:00"), "");
    assert.match(fault("9", "9:00"), /after the beginning/);
    assert.match(fault("", "17:00"), /^Enter times/);
  });

  test("do not overlap others of their day, though they may touch them", () => {
    const [morning, noon, other] = [hours("monday", "8", "12"), hours("monday", "11:59", "13"), hours("friday", "8", "12")];
    assert.match(hoursFault(morning, [morning, noon]), /overlap/);
    assert.equal(hoursFault(morning, [morning, { ...noon, start_time: "12" }, other]), "");
  });

  test("are at most four of a day", () => {
    const all = [0, 2, 4, 6, 8].map((hour) => hours("monday", String(hour), String(hour + 1)));
    assert.match(hoursFault(all[0]!, all), /at most 4/);
    assert.equal(hoursFault(all[0]!, all.slice(0, 4)), "");
  });

  test("begin with a usual week, and go on with the day after the last", () => {
    const week = moreHours([]);
    assert.deepEqual(week.map(({ weekday }) => weekday).join(" "), "monday tuesday wednesday thursday friday");
    assert.deepEqual(moreHours([hours("sunday", "10:00", "12:00")])[1], hours("monday", "10:00", "12:00"));
    assert.ok(week.every((each) => hoursFault(each, week) === ""));
  });

  test("are sent as the API has them", () => {
    assert.deepEqual(sentHours([hours("monday", "9", "17.30")]), [hours("monday", "09:00", "17:30")]);
  });
});

test("a holiday has a day of its own and a name", () => {
  const day = (date: string, name = "New Year") => ({ date, name });
  const [first, same] = [day("2027-01-01"), day("2027-01-01", "Other")];
  assert.equal(holidayFault(first, [first, day("2027-01-02")]), "");
  assert.match(holidayFault(first, [first, same]), /once/);
  assert.match(holidayFault(day(""), []), /Choose a day/);
  assert.match(holidayFault(day("2027-01-01", "  "), []), /Enter a name/);
});

test("a language and region is found by its name, and a present one is never missing", () => {
  const options = localeOptions("nds-DE");
  assert.equal(options.find(({ value }) => value === "de-CH")?.label, "German (Switzerland)");
  assert.ok(options.some(({ value }) => value === "nds-DE"));
  assert.equal(localeOptions("").some(({ value }) => value === ""), false);
});
