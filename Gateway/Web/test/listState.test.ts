import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { me } from "../src/core/conditions";
import { fieldsOf } from "../src/core/fields";
import {
  isNarrowed,
  listAddress,
  listSearch,
  type ListState,
  nextSort,
  noConditions,
  readList,
  sameList,
  withCondition,
} from "../src/core/listState";
import { hostileTexts } from "./fixtures";

const fields = fieldsOf({
  id: { label: "Id", type: "id", readOnly: true },
  name: { label: "Name", type: "text", sortable: true },
  city: { label: "City", type: "text" },
  status: { label: "Status", type: "text", picklist: "status" },
  score: { label: "Score", type: "integer", sortable: true },
  revenue: { label: "Revenue", type: "money", sortable: true },
  due: { label: "Due", type: "date", sortable: true },
  seen: { label: "Seen", type: "timestamp", sortable: true },
  owner_id: { label: "Owner", type: "id", references: "member" },
  tags: { label: "Tags", type: "texts" },
});
const shape = { address: "/things", fields };
const plain: ListState = {
  query: "",
  conditions: noConditions,
  sort: { field: "name", falling: false },
  columns: null,
  as: "table",
  on: "",
  view: "",
  open: "",
};
/** The list of somebody who begins with their own. */
const own: ListState = {
  ...plain,
  conditions: new Map([["owner_id", { is: "oneOf", values: [me] }]]),
  sort: { field: "score", falling: true },
};
const asking = { member: "member_1", now: new Date(2026, 10, 27), firstDay: 1 as const };
const search = (address: string) => new URL(address, "https://x").search;

describe("The address of a list", () => {
  test("is the shortest there is for the list as it first is", () => {
    for (const first of [plain, own]) {
      assert.equal(listAddress(shape, first, first), "/things");
      assert.equal(listAddress(shape, { ...first, open: "thing_1" }, first), "/things?open=thing_1");
      assert.deepEqual(readList(shape, "", first), first);
      assert.deepEqual(readList(shape, "?open=thing_1&view=v", first), { ...first, open: "thing_1", view: "v" });
    }
  });

  test("says everything of any other list", () => {
    const state: ListState = {
      query: "Ada & “Co”",
      conditions: new Map([
        ["status", { is: "oneOf", values: ["new", "", "a,b"] }],
        ["score", { is: "between", from: "50", to: "" }],
        ["seen", { is: "during", period: "this_week" }],
        ["due", { is: "between", from: "2026-01-01", to: "2026-02-01" }],
        ["city", { is: "empty" }],
      ]),
      sort: { field: "due", falling: true },
      columns: ["name", "score"],
      as: "board",
      on: "",
      view: "view_1",
      open: "thing_1",
    };
    for (const first of [plain, own]) {
      assert.deepEqual(readList(shape, search(listAddress(shape, state, first)), first), state);
    }
  });

  test("says so when all are listed where one's own are the first", () => {
    const address = listAddress(shape, plain, own);
    assert.notEqual(address, "/things");
    assert.deepEqual(readList(shape, search(address), own), plain);
  });

  test("survives every text", () => {
    for (const text of hostileTexts) {
      const state: ListState = {
        ...plain,
        query: text,
        conditions: new Map([
          ["city", { is: "contains", text }],
          ["name", { is: "equals", text }],
          ["status", { is: "oneOf", values: [text, "x"] }],
        ]),
      };
      assert.deepEqual(readList(shape, search(listAddress(shape, state, own)), own), state, text);
    }
  });

  test("survives half a character", () => {
    const address = listAddress(shape, { ...plain, query: "a\ud83d" }, plain);
    assert.equal(readList(shape, search(address), plain).query, "a\ufffd");
  });

  test("leaves out what it does not know", () => {
    const given = "?utm_source=mail&password=x&__proto__=1&tags=x&id2=-";
    assert.deepEqual(readList(shape, given, own), own);
    const odd = readList(shape, "?score=high&status=&sort=-city&columns=,,name,", own);
    assert.deepEqual(odd, { ...plain, sort: own.sort, columns: ["name"] });
    assert.deepEqual(readList(shape, "?sort=nothing", own).sort, own.sort);
  });

  test("does not take a parameter of its own for a field", () => {
    const named = { ...shape, fields: fieldsOf({ view: { label: "View", type: "text" } }) };
    const state = readList(named, "?view=~x", plain);
    assert.equal(state.conditions.size, 0);
    assert.equal(state.view, "~x");
  });
});

describe("A list", () => {
  test("is the same whichever condition was set first, and another in another order", () => {
    const a = withCondition(withCondition(noConditions, "city", { is: "empty" }), "name", { is: "filled" });
    const b = withCondition(withCondition(noConditions, "name", { is: "filled" }), "city", { is: "empty" });
    assert.ok(sameList({ ...plain, conditions: a }, { ...plain, conditions: b }));
    assert.ok(!sameList(plain, { ...plain, sort: { field: "name", falling: true } }));
    assert.ok(!sameList({ ...plain, columns: ["a", "b"] }, { ...plain, columns: ["b", "a"] }));
    assert.ok(sameList(plain, { ...plain, open: "thing_1", view: "v" }));
  });

  test("is narrowed by words and conditions, not by blanks", () => {
    assert.ok(!isNarrowed({ ...plain, query: "  " }));
    assert.ok(isNarrowed({ ...plain, query: "x" }));
    assert.ok(isNarrowed(own));
  });

  test("is asked for with all its conditions at once", () => {
    const conditions = withCondition(own.conditions, "status", { is: "oneOf", values: ["a", ""] });
    assert.deepEqual(listSearch(shape, { ...own, conditions, query: " Ada " }, asking), {
      filter: `owner_id == "member_1" && (status == null || status == "a")`,
      query: "Ada",
      orderBy: "score desc",
    });
  });

  test("is not asked about a field that is no more", () => {
    const conditions = withCondition(noConditions, "gone", { is: "empty" });
    assert.equal(listSearch(shape, { ...plain, conditions }, asking).filter, "");
  });
});

describe("A heading that is chosen", () => {
  test("sorts numbers and times from the largest, the rest from the first, then the other way round", () => {
    assert.deepEqual(nextSort(plain.sort, "score", fields), { field: "score", falling: true });
    assert.deepEqual(nextSort(plain.sort, "revenue", fields), { field: "revenue", falling: true });
    assert.deepEqual(nextSort(plain.sort, "seen", fields), { field: "seen", falling: true });
    assert.deepEqual(nextSort(own.sort, "name", fields), { field: "name", falling: false });
    assert.deepEqual(nextSort(own.sort, "score", fields), { field: "score", falling: false });
  });
});

describe("A condition", () => {
  test("is set in its place and taken away without touching the others", () => {
    const one = withCondition(own.conditions, "city", { is: "empty" });
    assert.deepEqual([...one.keys()], ["owner_id", "city"]);
    assert.deepEqual([...withCondition(one, "owner_id", null).keys()], ["city"]);
    assert.deepEqual([...own.conditions.keys()], ["owner_id"]);
  });
});

describe("A field that is called like a parameter of the address", () => {
  const names = ["q", "sort", "columns", "as", "view", "open"];
  const schema = Object.fromEntries(names.map((name) => [name, { label: name, type: "bool" }]));
  const shape = { address: "/doors", fields: fieldsOf(schema as never) };

  test("has its condition there all the same", () => {
    const conditions = new Map(names.map((name) => [name, { is: "oneOf", values: ["yes"] } as const]));
    const state = { ...plain, conditions, query: "x", open: "door_1" };
    const address = listAddress(shape, state, plain);
    const read = readList(shape, address.slice(address.indexOf("?")), plain);
    assert.deepEqual([...read.conditions.keys()], names);
    assert.deepEqual([read.query, read.open], ["x", "door_1"]);
  });
});
