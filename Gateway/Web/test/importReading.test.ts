import "./browser";
import "../src/app/areas";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { importedKind } from "../src/areas/imports/kinds";
import {
  columnGroups,
  questionsAt,
  readColumns,
  settingsOf,
  stillOpen,
  type ValueList,
  valueLists,
  withDecision,
  withField,
} from "../src/core/importReading";
import type { ImportDecision, ImportReading } from "../src/core/types";
import { column, readImport } from "./importFixtures";

const of = importedKind("lead");
const value = readImport();
const reading = value.reading as ImportReading;
const settings = settingsOf(value);
const headings = (group: readonly { column: string }[]) => group.map((each) => each.column);

describe("The columns of a file", () => {
  test("are those that are imported, those that are left out, and those without values", () => {
    const groups = columnGroups(reading, settings);
    assert.deepEqual(headings(groups.imported), ["Surname", "E-mail", "Revenue", "State of it", "Who"]);
    assert.deepEqual(headings(groups.left_out), ["Ref"]);
    assert.deepEqual(headings(groups.empty), ["Old"]);
  });

  test("are imported where they identify the rows, and as soon as a person says so", () => {
    const identified = columnGroups(reading, { ...settings, external_id_column: "Ref" });
    assert.ok(headings(identified.imported).includes("Ref"));
    const changed = columnGroups(reading, withField(reading, settings, 1, ""));
    assert.deepEqual(headings(changed.left_out), ["Ref", "Surname"]);
  });

  test("are told apart by place where two have one heading", () => {
    const twins = { ...reading, columns: [column(0, "Phone", "phone"), column(1, "Phone", "")] };
    const groups = columnGroups(twins, { fields: ["phone", ""], external_id_column: "" });
    assert.deepEqual([groups.imported[0]?.place, groups.left_out[0]?.place], [0, 1]);
  });
});

describe("The values that need a decision", () => {
  const lists = (decided = settings.values, unread: { field: string; value: string }[] = []) =>
    valueLists(of, reading, { ...settings, values: decided }, unread);

  test("are new ones and owners who are nobody, with their rows, in the order of the file", () => {
    assert.deepEqual(
      lists().map(({ field, values }) => [field.name, values]),
      [
        ["status", [{ from: "Warm", to: null, rows: "3" }]],
        ["owner_id", [{ from: "Eve Moe", to: null, rows: "2" }]],
      ],
    );
  });

  test("stay where they are when they are decided, and are there when the service knows them otherwise", () => {
    const list = lists()[0] as ValueList;
    const decided = withDecision([], list, "warm", "contacted");
    assert.deepEqual(decided, [{ column: "State of it", place: 5, from: "warm", to: "contacted" }]);
    assert.deepEqual(lists(decided)[0]?.values, [{ from: "Warm", to: "contacted", rows: "3" }]);
    assert.deepEqual(withDecision(decided, list, "WARM", null), []);
    assert.equal(withDecision(decided, list, "WARM", "")[0]?.to, "");
    const known = [{ column: "State of it", place: 0, from: "Open", to: "New" }];
    assert.deepEqual(lists(known)[0]?.values[1], { from: "Open", to: "New", rows: null });
  });

  test("are also those that an import found nothing for", () => {
    assert.deepEqual(lists([], [{ field: "owner_id", value: "Nobody" }])[1]?.values[1], {
      from: "Nobody",
      to: null,
      rows: null,
    });
    assert.equal(lists([], [{ field: "source", value: "Odd" }]).length, 2);
  });

  test("are decided for all columns that fill a field", () => {
    const both = { places: [1, 4], headings: ["A", "B"] };
    assert.deepEqual(
      withDecision([], both, "x", "y").map(({ place }) => place),
      [2, 5],
    );
  });

  test("go with what their column fills", () => {
    const decided = [
      { column: "State of it", place: 5, from: "Warm", to: "new" },
      { column: "State of it", place: 0, from: "Cold", to: "new" },
      { column: "Who", place: 6, from: "Eve", to: "" },
    ];
    const changed = withField(reading, { ...settings, values: decided }, 4, "source");
    assert.deepEqual(changed.values.map(({ from }) => from), ["Eve"]);
    assert.equal(changed.fields[4], "source");
    assert.equal(withField(reading, { ...settings, values: decided }, 4, "status").values.length, 3);
  });
});

describe("The questions about a file", () => {
  const question = (decision: ImportDecision) => ({ decision, column: "A", text: "?", examples: [] });
  const decimal = "IMPORT_DECISION_DECIMAL";
  const dates = "IMPORT_DECISION_DATE_ORDER";
  const values = "IMPORT_DECISION_NEW_VALUES";
  const mapping = "IMPORT_DECISION_MAPPING";
  const all = ([decimal, dates, values, mapping] as const).map(question);

  test("stand where they are decided", () => {
    const places = (["numbers", "dates", "values", "columns"] as const).map((place) =>
      questionsAt(all, place).map(({ decision }) => decision),
    );
    assert.deepEqual(places, [[decimal], [dates], [values], [mapping]]);
    assert.equal(questionsAt([question("IMPORT_DECISION_UNSPECIFIED")], "columns").length, 1);
  });

  test("are closed by the choice that answers them", () => {
    const open = (change: object) => stillOpen(all, { ...settings, fields: [""], ...change }).map(({ decision }) => decision);
    assert.deepEqual(open({}), [decimal, dates, values, mapping]);
    assert.deepEqual(open({ date_order: "dmy", fields: ["email"] }), [decimal, values]);
    const choices = { ...settings.choices, decimal: "comma", new_values: "add" };
    assert.deepEqual(open({ choices }), [dates, mapping]);
  });
});

test("How numbers, dates, yes and no are read is told of the columns that have some", () => {
  const columns = [
    column(0, "N", "annual_revenue", { decimal: "comma" }),
    column(1, "Asks", "annual_revenue", { asks: "IMPORT_DECISION_DECIMAL" }),
    column(2, "Days", "return_date", { date_order: "dmy" }),
    column(3, "Serial", "return_date", { date_serial: "spreadsheet" }),
    column(4, "Flag", "do_not_call", { has_flags: true }),
    column(5, "Text", "city"),
  ];
  const told = (["numbers", "dates", "flags"] as const).map((what) =>
    headings(readColumns({ ...reading, columns }, what)),
  );
  assert.deepEqual(told, [["N", "Asks"], ["Days", "Serial"], ["Flag"]]);
});
