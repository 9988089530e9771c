import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  chosenColumns,
  fitColumns,
  leastWidth,
  neededWidths,
  type Widths,
  withoutRoom,
} from "../src/core/columnFit";
import { fieldsOf } from "../src/core/fields";
import type { Column, Rec } from "../src/core/recordKind";

const column = (id: string, width: number, grow = 0, isChosen = true): Column => ({
  id,
  title: id,
  width,
  grow,
  fields: [id],
  isChosen,
});
const columns = [column("name", 190, 2), column("score", 128), column("owner", 150, 1), column("city", 140, 0, false)];
const roomOf = (width: number, widths: Widths = {}) => ({ width, widths, isPhone: false });
const ids = (shown: readonly Column[]) => shown.map((each) => each.id);

describe("The columns of a list", () => {
  test("never need more room than there is, and always have the first, whatever was chosen", () => {
    const choices = [{}, { name: 800 }, { name: 1, owner: 5000 }, { score: Infinity, owner: -5 }, { name: 64.5 }];
    for (const widths of choices) {
      for (let room = leastWidth; room <= 2000; room += 7) {
        const fitted = fitColumns(columns, roomOf(room, widths));
        const sum = fitted.reduce((total, { width }) => total + width, 0);
        assert.ok(sum <= room, `${sum} in ${room} with ${JSON.stringify(widths)}`);
        assert.equal(fitted[0]?.column.id, "name");
        for (const { width } of fitted) assert.ok(width >= leastWidth);
      }
    }
  });

  test("leave from the end, and those after one that has no room leave with it", () => {
    const shown = (room: number) => ids(fitColumns(columns, roomOf(room)).map((each) => each.column));
    assert.deepEqual(shown(190), ["name"]);
    assert.deepEqual(shown(317), ["name"]);
    assert.deepEqual(shown(318), ["name", "score"]);
    assert.deepEqual(shown(608), ["name", "score", "owner", "city"]);
  });

  test("share what is left by what they can use of it, but for a width that somebody chose", () => {
    const widths = (chosen: Record<string, number>) =>
      fitColumns(columns.slice(0, 3), roomOf(768, chosen)).map(({ width }) => width);
    assert.deepEqual(widths({}), [390, 128, 250]);
    assert.deepEqual(widths({ name: 200 }), [200, 128, 440]);
    assert.deepEqual(widths({ name: 200, owner: 150 }), [200, 128, 150]);
  });

  test("are at least one where there is no room at all", () => {
    assert.equal(fitColumns(columns, roomOf(0)).length, 1);
    assert.equal(fitColumns(columns, roomOf(-100)).length, 1);
    assert.deepEqual(fitColumns([], roomOf(500)), []);
  });
});

describe("A column whose first rows are all empty", () => {
  const schema = {
    name: { label: "Name", type: "text" },
    company: { label: "Company", type: "text" },
    last_activity: { label: "Last activity", type: "timestamp" },
    is_late: { label: "Late", type: "bool" },
    score: { label: "Score", type: "integer" },
  } as const;
  const fields = fieldsOf(schema);
  const list: readonly Column[] = [
    { ...column("name", 176, 1), fields: ["name", "company"] },
    { ...column("last_activity", 122), title: "Last activity" },
    column("score", 128),
    column("is_late", 90),
    { ...column("note", 150, 3), fields: [] },
  ];
  const record = (values: Partial<Rec>): Rec => ({
    id: "1",
    etag: "1",
    name: "Ada",
    company: "The Analytical Engine Company",
    last_activity: null,
    score: 0,
    is_late: false,
    ...values,
  });
  const widths = (room: number, records: readonly Rec[], chosen: Widths = {}) =>
    fitColumns(list, roomOf(room, chosen), neededWidths(fields, list, records)).map(({ width }) => width);

  test("gives up what its heading does not need to the column that is cut", () => {
    assert.deepEqual(widths(666, [record({})]), [218, 80, 128, 90, 150]);
    assert.deepEqual(widths(666, [record({}), record({ last_activity: "2026-11-27T09:00:00Z" })]), [176, 122, 128, 90, 150]);
  });

  test("may have a value in a few of many rows", () => {
    const called = record({ last_activity: "2026-11-27T09:00:00Z" });
    assert.deepEqual(widths(666, [called, ...Array.from({ length: 8 }, () => record({}))]), [218, 80, 128, 90, 150]);
    assert.deepEqual(widths(666, [called, ...Array.from({ length: 7 }, () => record({}))]), [176, 122, 128, 90, 150]);
  });

  test("gives to one that shows more than texts what its own text needs", () => {
    const marked = list.map((each) => (each.id === "name" ? { ...each, fields: ["name", "is_late", "score"] } : each));
    const needs = neededWidths(fields, marked, [record({ name: "Call this hot lead about the trade fair" })]);
    assert.equal(needs.get("name"), 39 * 7 + 24);
    assert.equal(needs.get("last_activity"), 0);
  });

  test("leaves to the others what the one that was cut does not need", () => {
    assert.deepEqual(widths(786, [record({})]), [254, 80, 128, 90, 233]);
    assert.deepEqual(widths(786, [record({ company: "" })]), [216, 80, 128, 90, 271]);
  });

  test("gives to the first of those that are cut first", () => {
    const mailed = list.map((each) => (each.id === "note" ? { ...each, fields: ["company"] } : each));
    const needs = neededWidths(fields, mailed, [record({})]);
    const fitted = fitColumns(mailed, roomOf(686), needs).map(({ width }) => width);
    assert.deepEqual(fitted, [227, 80, 128, 90, 161]);
  });

  test("keeps the width that somebody chose", () => {
    assert.deepEqual(widths(666, [record({})], { last_activity: 122 }), [176, 122, 128, 90, 150]);
  });

  test("is not the first one, nor one of what is not known yet", () => {
    const unknown = record({ name: "", company: "", last_activity: undefined });
    assert.deepEqual(widths(666, [unknown]), [176, 122, 128, 90, 150]);
    assert.deepEqual(widths(666, []), [176, 122, 128, 90, 150]);
  });

  test("does not make room for one more", () => {
    assert.equal(widths(665, [record({})]).length, 4);
  });
});

test("what a column needs is measured by its texts, whatever else it shows", () => {
  const fields = fieldsOf({
    name: { label: "Name", type: "text" },
    account_id: { label: "Account", type: "id", references: "account" },
    open: { label: "Open", type: "bool" },
  });
  const mixed = { ...column("name", 100), fields: ["name", "account_id", "open"] };
  const record = { id: "deal_1", etag: "1", name: "n".repeat(30), account_id: `account_${"0".repeat(26)}`, open: true };
  assert.equal(neededWidths(fields, [mixed], [record]).get("name"), 30 * 7 + 24);
});

describe("The columns that a list has no room for", () => {
  test("are those after the last one that fits", () => {
    assert.deepEqual(ids(withoutRoom(columns, roomOf(400))), ["owner", "city"]);
    assert.deepEqual(ids(withoutRoom(columns, roomOf(608))), []);
    assert.deepEqual(ids(withoutRoom(columns, roomOf(400, { name: 64, score: 64 }))), ["city"]);
  });

  test("are all but three on a phone", () => {
    assert.deepEqual(ids(withoutRoom(columns, { width: 350, widths: {}, isPhone: true })), ["city"]);
  });
});

describe("The columns somebody chose", () => {
  test("stand in their order, after the first, each once; what a kind lacks is left out", () => {
    assert.deepEqual(ids(chosenColumns(columns, null)), ["name", "score", "owner"]);
    assert.deepEqual(ids(chosenColumns(columns, ["city", "gone", "score", "city"])), ["name", "city", "score"]);
    assert.deepEqual(ids(chosenColumns(columns, ["score", "name"])), ["name", "score"]);
    assert.deepEqual(ids(chosenColumns(columns, [])), ["name"]);
    assert.deepEqual(chosenColumns([], ["name"]), []);
  });
});
