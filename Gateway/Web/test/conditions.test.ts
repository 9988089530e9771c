import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  boundOf,
  type Condition,
  conditionCEL,
  conditionSentence,
  conditionText,
  isFilterable,
  readCondition,
} from "../src/core/conditions";
import type { Field } from "../src/core/fields";
import { periodNames } from "../src/core/periods";
import { field, hostileTexts, names } from "./fixtures";

const asking = { member: "member_1", now: new Date(2026, 10, 27, 15), firstDay: 1 as const };
const cel = (of: Field, condition: Condition) => conditionCEL(of, condition, asking);

const text = field();
const integer = field({ type: "integer" });
const money = field({ type: "money" });
const date = field({ type: "date" });
const moment = field({ type: "timestamp" });
const flag = field({ type: "bool" });
const picklist = field({ picklist: "lead_status" });
const owner = field({ type: "id", references: "member" });
const account = field({ type: "id", references: "account" });

/** The texts in a condition in CEL, and what is left of it without them. */
function parsed(condition: string): { texts: string[]; rest: string } {
  const texts: string[] = [];
  const rest = condition.replace(/"((?:[^"\\\u0000-\u001f]|\\.)*)"/g, (literal) => {
    texts.push(JSON.parse(literal) as string);
    return "T";
  });
  return { texts, rest };
}

describe("A condition in the address", () => {
  const there = (of: Field, condition: Condition) => {
    const address = new URLSearchParams({ x: conditionText(condition) }).toString();
    return readCondition(of, new URLSearchParams(address).get("x") ?? "");
  };

  test("comes back as it was, of every kind", () => {
    const all: [Field, Condition][] = [
      [text, { is: "empty" }],
      [text, { is: "filled" }],
      [picklist, { is: "empty" }],
      [picklist, { is: "filled" }],
      [picklist, { is: "oneOf", values: ["new", "", "contacted"] }],
      [flag, { is: "oneOf", values: ["no"] }],
      [owner, { is: "oneOf", values: ["me", "member_2"] }],
      [integer, { is: "between", from: "-5", to: "-1" }],
      [integer, { is: "between", from: "9007199254740993", to: "" }],
      [money, { is: "between", from: "", to: "0.5" }],
      [date, { is: "between", from: "2026-01-01", to: "2026-01-31" }],
      [moment, { is: "between", from: "", to: "2026-01-31" }],
      [integer, { is: "empty" }],
      [date, { is: "filled" }],
    ];
    for (const [of, condition] of all) assert.deepEqual(there(of, condition), condition);
    for (const period of Object.keys(periodNames) as (keyof typeof periodNames)[]) {
      assert.deepEqual(there(moment, { is: "during", period }), { is: "during", period });
    }
  });

  test("comes back as it was, whatever its text", () => {
    for (const each of hostileTexts) {
      for (const is of ["contains", "equals"] as const) {
        assert.deepEqual(there(text, { is, text: each }), { is, text: each });
      }
      for (const values of [[each], ["x", each], [each, "", "y"]]) {
        assert.deepEqual(there(picklist, { is: "oneOf", values }), { is: "oneOf", values });
      }
    }
  });

  test("is left out where it is none on its field", () => {
    for (const none of ["", "new", "~", "=", "today", "1..2"]) assert.equal(readCondition(text, none), null);
    const numbers = ["", "..", "5", "1..2..3", "a..b", "1e9..", "0x1..", "007..", "1,000..", "+1..", "..NaN"];
    for (const none of [...numbers, "99999999999999999999..", `${"1".repeat(41)}.5..`, "today"]) {
      assert.equal(readCondition(integer, none), null, none);
    }
    for (const none of ["2026-02-30..", "..2026-1-1", "tuesday", "1..2", "toString", "__proto__"]) {
      assert.equal(readCondition(date, none), null, none);
    }
    for (const none of ["maybe", "true", ","]) assert.equal(readCondition(flag, none), null, none);
    assert.equal(readCondition(picklist, ",,"), null);
  });

  test("names a value once", () => {
    assert.deepEqual(readCondition(picklist, "new,new,-,-"), { is: "oneOf", values: ["new", ""] });
  });
});

describe("A condition in CEL", () => {
  test("has each text as a text, whatever is in it", () => {
    for (const each of hostileTexts) {
      const composed = each.normalize("NFC");
      const contains = parsed(cel(text, { is: "contains", text: each }));
      assert.deepEqual(contains, { texts: [composed], rest: "thing.containsLoosely(T)" });
      const equals = parsed(cel(text, { is: "equals", text: each }));
      assert.deepEqual(equals, { texts: [composed], rest: "thing == T" });
      const one = parsed(cel(picklist, { is: "oneOf", values: [each] }));
      assert.deepEqual(one, { texts: [each], rest: "thing == T" });
      const several = parsed(cel(picklist, { is: "oneOf", values: [each, "x", ""] }));
      assert.deepEqual(several, { texts: [each, "x"], rest: "(thing == null || thing in [T, T])" });
    }
  });

  test("has accents in one character, as records have them", () => {
    assert.equal(cel(text, { is: "contains", text: "e\u0301" }), `thing.containsLoosely("\u00e9")`);
  });

  test("compares numbers as they are written", () => {
    const between = (from: string, to: string): Condition => ({ is: "between", from, to });
    assert.equal(cel(integer, between("9007199254740993", "")), "thing >= 9007199254740993");
    assert.equal(cel(money, between("0.5", "1000")), "thing >= 0.5 && thing <= 1000");
    assert.equal(cel(integer, between("", "-1")), "thing <= -1");
  });

  test("asks of flags whether they are set", () => {
    assert.equal(cel(flag, { is: "oneOf", values: ["yes"] }), "thing == true");
    assert.equal(cel(flag, { is: "oneOf", values: ["yes", "no"] }), "(thing == true || thing == false)");
    assert.equal(cel(flag, { is: "empty" }), "thing == false");
    assert.equal(cel(flag, { is: "filled" }), "thing == true");
    assert.equal(cel(text, { is: "empty" }), "thing == null");
  });

  test("means by me the member who looks, and only where members are", () => {
    assert.equal(cel(owner, { is: "oneOf", values: ["me"] }), `thing == "member_1"`);
    assert.equal(cel(owner, { is: "oneOf", values: ["me", "member_1"] }), `thing == "member_1"`);
    assert.equal(cel(picklist, { is: "oneOf", values: ["me"] }), `thing == "me"`);
    assert.equal(cel(account, { is: "oneOf", values: ["me"] }), `thing == "me"`);
  });

  test("has days as texts and moments as times, the last day included", () => {
    const days: Condition = { is: "between", from: "2026-01-01", to: "2026-01-31" };
    assert.equal(cel(date, days), `thing >= "2026-01-01" && thing < "2026-02-01"`);
    const start = (day: number, month = 0) =>
      new Date(2026, month, day).toISOString().replace(".000Z", "Z");
    assert.equal(
      cel(moment, days),
      `thing >= timestamp("${start(1)}") && thing < timestamp("${start(1, 1)}")`,
    );
    assert.equal(cel(date, { is: "during", period: "today" }), `thing >= "2026-11-27" && thing < "2026-11-28"`);
    assert.equal(cel(date, { is: "during", period: "before_30_days" }), `thing < "2026-10-29"`);
  });
});

describe("A condition as a sentence", () => {
  const says = (of: Field, condition: Condition) => conditionSentence(of, condition, names);

  test("reads as people say it", () => {
    assert.equal(says(picklist, { is: "oneOf", values: ["new"] }), "Thing is NEW");
    assert.equal(says(picklist, { is: "oneOf", values: ["a", "b", ""] }), "Thing is A, B or empty");
    assert.equal(says(picklist, { is: "oneOf", values: ["a", "b", "c", "d"] }), "Thing is A, B or 2 others");
    assert.equal(says(owner, { is: "oneOf", values: ["me", ""] }), "Thing is Me or nobody");
    assert.equal(says(flag, { is: "oneOf", values: ["yes"] }), "Thing is yes");
    assert.equal(says(flag, { is: "empty" }), "Thing is no");
    assert.equal(says(text, { is: "contains", text: "x" }), "Thing contains “x”");
    assert.equal(says(text, { is: "filled" }), "Thing is not empty");
    assert.equal(says(moment, { is: "during", period: "last_7_days" }), "Thing is in the last 7 days");
  });

  test("has every digit of its numbers, and days as the reader has them", () => {
    const between = (from: string, to: string): Condition => ({ is: "between", from, to });
    assert.equal(says(integer, between("9007199254740993", "")), "Thing is at least 9,007,199,254,740,993");
    assert.equal(says(money, between("", "0.5")), "Thing is at most 0.5");
    assert.equal(says(integer, between("50", "50")), "Thing is 50");
    assert.equal(says(integer, between("50", "1000")), "Thing is from 50 to 1,000");
    const share = field({ type: "integer", unit: "%" });
    assert.equal(says(share, between("10", "50")), "Thing is from 10% to 50%");
    assert.equal(says(date, between("2026-01-01", "")), "Thing is since Jan 1, 2026");
    assert.equal(says(moment, between("", "2026-01-31")), "Thing is until Jan 31, 2026");
  });

  test("calls a value by its key while its name is not known", () => {
    const unnamed = { ...names, record: () => "" };
    assert.equal(
      conditionSentence(account, { is: "oneOf", values: ["account_1"] }, unnamed),
      "Thing is account_1",
    );
  });
});

describe("A bound that somebody types", () => {
  test("is written as CEL takes it, and none where it cannot be", () => {
    assert.equal(boundOf(" "), "");
    assert.equal(boundOf("1,000"), "1000");
    assert.equal(boundOf("−.5"), "-0.5");
    for (const each of ["1.234,5", "1e9", "9223372036854775808", `0.${"1".repeat(50)}`]) {
      assert.equal(boundOf(each), null);
    }
  });
});

describe("A list of ids that a filter can look into", () => {
  const helpers: Field = { ...field({ type: "ids", references: "member" }, "helper_ids"), isSought: true };

  test("is looked for any of the chosen ids", () => {
    assert.ok(isFilterable(helpers));
    const chosen: Condition = { is: "oneOf", values: ["me", "member_2"] };
    assert.equal(cel(helpers, chosen), '("member_1" in helper_ids || "member_2" in helper_ids)');
    assert.deepEqual(readCondition(helpers, conditionText(chosen)), chosen);
    assert.equal(conditionSentence(helpers, { is: "oneOf", values: ["member_2"] }, names), "Thing include MEMBER_2");
  });

  test("cannot be looked for none", () => {
    for (const text of ["-", "*"]) assert.equal(readCondition(helpers, text), null);
    assert.deepEqual(readCondition(helpers, "member_2,-"), { is: "oneOf", values: ["member_2"] });
  });
});

describe("Lists", () => {
  test("are filtered by every field that has one value a reader can name", () => {
    for (const each of [text, integer, money, date, moment, flag, picklist, owner]) {
      assert.ok(isFilterable(each));
    }
    for (const type of ["texts", "ids", "messages", "etag", "custom"] as const) {
      assert.ok(!isFilterable(field({ type })));
    }
  });
});
