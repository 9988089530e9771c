import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fieldsOf } from "../src/core/fields";
import { draftOfRows, operatorsOf, readRows, rowFault, rowsCEL, ruleFields, type RuleRow } from "../src/core/ruleRows";
import { hostileTexts } from "./fixtures";

const fields = fieldsOf({
  name: { label: "Name", type: "text" },
  email: { label: "E-mail", type: "text", format: "email" },
  status: { label: "Status", type: "text", picklist: "status" },
  band: { label: "Band", type: "text", choices: ["cold", "hot"] },
  owner_id: { label: "Owner", type: "id", references: "member" },
  account_id: { label: "Account", type: "id", references: "account" },
  size: { label: "Size", type: "integer" },
  revenue: { label: "Revenue", type: "money" },
  valid: { label: "Valid", type: "bool" },
  notes: { label: "Notes", type: "text", format: "paragraph" },
  seen: { label: "Seen", type: "timestamp" },
  due: { label: "Due", type: "date" },
  tags: { label: "Tags", type: "texts" },
});
const row = (field: string, operator: RuleRow["operator"], ...values: string[]): RuleRow => ({
  field,
  operator,
  values,
});

describe("A condition as rows", () => {
  test("comes back from CEL as it was filled in, with every operator of every field", () => {
    const samples: Record<string, string[]> = { in: ["a", "b"], least: ["-5"], most: ["1.5"] };
    for (const field of ruleFields(fields)) {
      for (const operator of operatorsOf(field)) {
        const one = ["size", "revenue"].includes(field.name) ? ["12"] : ["x"];
        const takes = !["yes", "no", "filled", "empty"].includes(operator);
        const rows = [row(field.name, operator, ...(takes ? (samples[operator] ?? one) : []))];
        assert.equal(rowFault(fields, rows[0] ?? row("", "is")), "");
        assert.deepEqual(readRows(fields, rowsCEL(fields, rows)), rows);
      }
    }
  });

  test("comes back as it was, whatever its texts, and with others beside it", () => {
    for (const text of hostileTexts) {
      const rows = [
        row("name", "contains", text),
        row("email", "endsWith", text),
        row("status", "in", text, "x"),
        row("valid", "no"),
        row("band", "in", text),
      ];
      assert.deepEqual(readRows(fields, rowsCEL(fields, rows)), rows, text);
    }
  });

  test("minds case and accents only where it says so", () => {
    const condition = `name.containsLoosely("a") && name.contains("a") && email.startsWith("b")`;
    const rows = [
      row("name", "contains", "a"),
      row("name", "containsExactly", "a"),
      row("email", "startsWithExactly", "b"),
    ];
    assert.deepEqual(readRows(fields, condition), rows);
    assert.equal(rowsCEL(fields, rows), condition);
  });

  test("asks of records of which there are many only whether there is one", () => {
    assert.deepEqual(readRows(fields, "account_id != null"), [row("account_id", "filled")]);
    assert.equal(readRows(fields, `account_id == "account_1"`), null);
  });

  test("is not there before all of it is filled in", () => {
    const rows = [row("size", "least", "5"), row("name", "is", "")];
    assert.deepEqual(draftOfRows(fields, rows), { rows, condition: "" });
    assert.equal(draftOfRows(fields, rows.slice(0, 1)).condition, "size >= 5");
    assert.equal(draftOfRows(fields, []).condition, "");
  });

  test("is nothing for no condition", () => {
    assert.equal(rowsCEL(fields, []), "");
    assert.deepEqual(readRows(fields, "  "), []);
  });

  test("is read however its blanks are set between the rows", () => {
    assert.deepEqual(readRows(fields, `valid&&  size >= 5 &&\n name == "a && b"`), [
      row("valid", "yes"),
      row("size", "least", "5"),
      row("name", "is", "a && b"),
    ]);
    assert.deepEqual(readRows(fields, "valid == true && valid == false"), [row("valid", "yes"), row("valid", "no")]);
  });

  test("has the digits that were typed", () => {
    assert.equal(rowsCEL(fields, [row("size", "is", "9,007,199,254,740,993")]), "size == 9007199254740993");
    assert.equal(rowsCEL(fields, [row("revenue", "least", "−0.5")]), "revenue >= -0.5");
  });
});

describe("A condition that rows cannot say", () => {
  const stays = (condition: string) => assert.equal(readRows(fields, condition), null, condition);

  test("stays CEL", () => {
    for (const condition of [
      "valid || size >= 5",
      "valid && size >= 5 || valid",
      "!(valid)",
      "(valid)",
      "size + 1 == 2",
      "size != 5",
      "size > 5",
      "size >= 5 // and more",
      "size >= 0x10",
      "size >= 1e3",
      "size >= 007",
      "name == email",
      `size(name) > 5`,
      `"a" == name`,
      `name != "a"`,
      `name.contains("a").contains("b")`,
      `!name.contains("a")`,
      `name.containsTightly("a")`,
      `status in []`,
      `status in ["a", email]`,
      `status in ["a"] || status in ["b"]`,
      `name in ["a", "b"]`,
      `revenue.currency == "EUR"`,
      "nonsense",
      "valid &&",
      "&& valid",
      "valid & valid",
    ]) {
      stays(condition);
    }
  });

  test("stays CEL where its texts are written in ways of CEL's own", () => {
    for (const text of [`'a'`, `r"a"`, `"""a"""`, `"\\'"`, `"\\x41"`, `"\\U0001F600"`, `"\\u0041"`, `"\\101"`, `"\\/"`]) {
      stays(`name == ${text}`);
      stays(`status in [${text}]`);
    }
    stays(`name == 'a && valid && b'`);
    stays(`name == "a`);
  });

  test("stays CEL where a value is not of its field's type, or the field is none that rows have", () => {
    for (const condition of [`size == "5"`, "name == 5", `size.contains("5")`, "valid >= 1", "name"]) {
      stays(condition);
    }
    for (const condition of ["seen != null", `due == "2026-01-01"`, `notes.contains("x")`, "tags != null"]) {
      stays(condition);
    }
  });
});

describe("A row that is not filled in", () => {
  test("says what it lacks", () => {
    assert.equal(rowFault(fields, row("gone", "is", "x")), "Choose a field.");
    assert.equal(rowFault(fields, row("status", "in")), "Choose at least one.");
    assert.equal(rowFault(fields, row("name", "contains", " ")), "Enter a value.");
    for (const text of ["many", "1.234,5", "1e9", "9223372036854775808"]) {
      assert.equal(rowFault(fields, row("size", "least", text)), "Enter a number.");
    }
    assert.equal(rowFault(fields, row("status", "empty")), "");
  });
});
