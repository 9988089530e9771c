import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { faultReport, faultText, rowTexts, savedName } from "../src/core/refusedFile";
import { serverText } from "./serverTexts";

const fault = (line: string, column: string, reason: string, field = column) => {
  return { line, column, field, reason, created: false };
};
const unknown = serverText("must name {} that exists; {} does not", "an account", "“GTXpro”");

describe("What is wrong with a row", () => {
  test("is said as it is, where nothing or too much has a name", () => {
    assert.equal(faultText({ field: "account_id", reason: unknown }), "There is no account called “GTXpro”.");
    assert.equal(
      faultText({ field: "account_id", reason: unknown + serverText("; did you mean {}?", "“GTX Pro”") }),
      "There is no account called “GTXpro”. Did you mean “GTX Pro”?",
    );
    assert.equal(
      faultText({ field: "owner_id", reason: serverText("must name one {}; {} names several", "member", "“Eve Moe”") }),
      "Several members are called “Eve Moe”.",
    );
  });

  test("is said as what to do, where a value breaks a rule", () => {
    const conditional = serverText("must not have an entry condition in imports; {} has one", "“Demo”");
    assert.equal(
      faultText({ field: "stage", reason: conditional }),
      "Deals cannot be imported into “Demo”, which has an entry condition.",
    );
    const negative = serverText("must be at least {}", "0");
    assert.equal(faultText({ field: "amount", reason: negative }), "Enter a number of at least 0.");
  });
});

test("a rule that names another field names it as people read it", () => {
  const early = faultText({ field: "close_date", reason: serverText("must not be before start_date") });
  assert.equal(early, "Choose a day that is not before the start date.");
  assert.equal(faultText({ field: "x", reason: "must go with start_date" }), "Must go with start date.");
});

describe("What a row cannot be linked to", () => {
  test("is said as in the record", async () => {
    await import("../src/areas/imports/kinds");
    const circle = serverText("must not be the record itself or one that stands below it");
    assert.equal(faultText({ field: "parent_id", reason: circle }), "Choose an account that is no part of this one.");
    const archived = faultText({ field: "parent_id", reason: serverText("must not be archived") });
    assert.doesNotMatch(archived, /must/i);
  });
});

describe("The refused rows of a file", () => {
  test("are told by their values, each at its line, also where a row has several faults", () => {
    const faults = [fault("3", "account", unknown), fault("3", "", "has 4 values"), fault("5", "account", unknown)];
    const text = `id,account,note,Reason\r\n2,GTXpro,"b\nb",account: no such\r\n3,GTXpro,,account: no such\r\n`;
    assert.deepEqual([...rowTexts(text, faults)], [
      ["3", "2 · GTXpro · b\nb"],
      ["5", "3 · GTXpro"],
    ]);
    assert.equal(rowTexts("id,Reason\r\n", faults).size, 0);
  });

  test("are told by line, column and reason where they became records", () => {
    assert.equal(
      faultReport([fault("3", "account", unknown), fault("4", "=2+3", "must be at least 0")]),
      "Line,Column,Reason\r\n" +
        "3,account,There is no account called “GTXpro”.\r\n" +
        "4,'=2+3,Enter a number of at least 0.\r\n",
    );
  });

  test("have the name of their file", () => {
    assert.equal(savedName("deals.2017.csv", "refused"), "deals.2017-refused.csv");
    assert.equal(savedName("", "refused"), "import-refused.csv");
    assert.equal(savedName("accounts.csv", "created"), "accounts-not-linked.csv");
    assert.equal(savedName("accounts.xlsx", "remarks"), "accounts-remarks.csv");
  });
});
