import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  hasSlashedDays,
  type ListedColumn,
  listedColumns,
  meantOption,
  mostValues,
  remarkText,
  unreadValues,
  valueRows,
  valuesAfter,
  valuesOf,
  withValue,
} from "../src/core/importValues";
import { field, names } from "./fixtures";
import { serverText } from "./serverTexts";

const owner = field({ label: "Owner", type: "id", references: "member" }, "owner_id");
const stage = field({ label: "Stage", picklist: "stage" }, "stage");
const type = field({ label: "Type", choices: ["one_off", "arr"] }, "type");
const note = field({ label: "Note" }, "note");
const day = field({ label: "Start", type: "date" }, "start_date");
const fields = [owner, stage, type, note, day];

const mapping = [
  { column: "agent", field: "owner_id" },
  { column: "phase", field: "stage" },
  { column: "notes", field: "note" },
  { column: "left", field: "" },
];

describe("The columns whose values are chosen from something", () => {
  test("have each different value once, whatever its case and its blanks", () => {
    const rows = [
      ["Ada", "Won", "a", "x"],
      [" ada ", "won", "b", "y"],
      ["", "Lost  deal", "c"],
      ["Eve", "lost deal"],
    ];
    const columns = listedColumns(fields, mapping, rows);
    assert.deepEqual(
      columns.map(({ heading, field, values }) => [heading, field.name, values]),
      [
        ["agent", "owner_id", ["Ada", "Eve"]],
        ["phase", "stage", ["Won", "Lost  deal"]],
      ],
    );
  });

  test("are the first of those with one heading, by which the service knows them", () => {
    const twins = [
      { column: "agent", field: "owner_id" },
      { column: "agent", field: "stage" },
      { column: "", field: "stage" },
    ];
    assert.deepEqual(
      listedColumns(fields, twins, []).map((column) => column.field.name),
      ["owner_id"],
    );
  });

  test("show as many values as one looks through", () => {
    const rows = Array.from({ length: 3 * mostValues }, (_, place) => [`value ${place}`]);
    const [column] = listedColumns(fields, [{ column: "agent", field: "owner_id" }], rows);
    assert.equal(column?.values.length, mostValues);
  });
});

describe("A text of a file", () => {
  const members = [
    { value: "member_1", label: "Ada Lovelace", detail: "ada@acme.example" },
    { value: "member_2", label: "Eve Moe", detail: "eve@acme.example" },
    { value: "member_3", label: "Eve Moe", detail: "moe@acme.example" },
  ];

  test("means who is called so, by name in any case or by address", () => {
    assert.equal(meantOption(owner, members, " ADA  lovelace")?.value, "member_1");
    assert.equal(meantOption(owner, members, "eve@acme.example")?.value, "member_2");
    assert.equal(meantOption(owner, members, "member_3")?.value, "member_3");
    assert.equal(meantOption(owner, members, "Ada")?.value, undefined);
  });

  test("means nobody where several are called so", () => {
    assert.equal(meantOption(owner, members, "Eve Moe"), undefined);
  });

  test("means a choice by its key alone", () => {
    const choices = [{ value: "one_off", label: "One off" }];
    assert.equal(meantOption(type, choices, "ONE_OFF")?.value, "one_off");
    assert.equal(meantOption(type, choices, "One off"), undefined);
  });
});

describe("The values that need a decision", () => {
  const column: ListedColumn = { heading: "phase", field: stage, values: ["Prospecting", "New", "Odd", "Won"] };
  const options = [
    { value: "new", label: "New" },
    { value: "closed_won", label: "Closed Won" },
  ];
  const suggested = [
    { column: "phase", from: "Won", to: "Closed Won" },
    { column: "phase", from: "Lost", to: "Closed Lost" },
    { column: "agent", from: "Odd", to: "x" },
  ];

  test("are those that mean nothing, and those that have one, in the order of the file", () => {
    assert.deepEqual(valueRows(column, options, suggested, []), [
      { from: "Prospecting", to: null },
      { from: "Odd", to: null },
      { from: "Won", to: "Closed Won" },
      { from: "Lost", to: "Closed Lost" },
    ]);
  });

  test("stay where they are when they are decided", () => {
    const decided = withValue(suggested, { column: "phase", from: "odd", to: "" });
    assert.deepEqual(
      valueRows(column, options, decided, []).map(({ from }) => from),
      ["Prospecting", "Odd", "Won", "Lost"],
    );
    const otherwise = withValue(decided, { column: "phase", from: "WON", to: "new" });
    assert.equal(otherwise.length, decided.length);
    assert.equal(valueRows(column, options, otherwise, [])[2]?.to, "new");
  });

  test("are only those that an import found nothing for, where not all options are at hand", () => {
    const accounts: ListedColumn = { ...column, field: owner };
    const unread = [
      { field: "owner_id", value: "GTXpro" },
      { field: "stage", value: "Odd" },
    ];
    assert.deepEqual(valueRows(accounts, null, [], unread), [{ from: "GTXpro", to: null }]);
  });

  test("go with what their column fills", () => {
    const after = mapping.map((each) => (each.column === "phase" ? { ...each, field: "note" } : each));
    assert.deepEqual(valuesAfter(mapping, after, suggested), [{ column: "agent", from: "Odd", to: "x" }]);
    assert.deepEqual(valuesOf([{ column: "phase", field: "" }], suggested), []);
    assert.equal(valuesOf(mapping, suggested).length, 3);
  });
});

describe("The remarks of an import", () => {
  const remark = (field: string, value: string, text: string) => ({ field, value, text, rows: "1" });
  const readAs = (value: string) => serverText("was read as {}", `“${value}”`);
  const refused = (kind: string, outcome: string) =>
    serverText("{}; these rows {}", serverText("names no {}", kind), outcome);

  const unlinked = "could not be linked; rows that are otherwise right become records without it";

  test("say for which values nothing was found", () => {
    const remarks = [
      remark("account_id", "GTXpro", refused("account", "were refused")),
      remark("owner_id", "Nobody", refused("member", "would be refused")),
      remark("parent_id", "Nobody", serverText(unlinked)),
      remark("stage", "Won", readAs("Closed Won")),
      remark("win_reason", "", serverText("was missing; these rows {} {}", "got", "the reason other")),
    ];
    assert.deepEqual(unreadValues(remarks), [
      { field: "account_id", value: "GTXpro" },
      { field: "owner_id", value: "Nobody" },
      { field: "parent_id", value: "Nobody" },
    ]);
  });

  test("call what was read as people call it", () => {
    assert.equal(remarkText(readAs("closed_won"), stage, names), "was read as “CLOSED_WON”");
    const id = `member_${"0".repeat(26)}`;
    assert.equal(remarkText(readAs(id), owner, names), `was read as “${id.toUpperCase()}”`);
    assert.equal(remarkText(readAs("Ada Byron"), owner, names), "was read as “Ada Byron”");
    assert.equal(remarkText(serverText("was left out"), stage, names), "was left out");
    assert.equal(remarkText(readAs("x"), undefined, names), "was read as “x”");
  });
});

describe("The order of day and month", () => {
  test("is asked where days are written with slashes, and nowhere else", () => {
    const days = [
      { column: "began", field: "start_date" },
      { column: "notes", field: "note" },
    ];
    assert.equal(hasSlashedDays(fields, days, [["2017-03-01"], ["3/1/2017"]]), true);
    assert.equal(hasSlashedDays(fields, days, [["2017-03-01", "3/1/2017"]]), false);
    assert.equal(hasSlashedDays(fields, [{ column: "began", field: "" }], [["3/1/2017"]]), false);
  });
});
