import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { faultReport, faultText, type RowFault, rowTexts, savedName } from "../src/core/refusedFile";
import { serverText } from "./serverTexts";

/** A fault that no code tells. */
const plain = (field: string, reason: string): RowFault => {
  return { field, reason, reason_code: "IMPORT_FAULT_REASON_UNSPECIFIED", value: "", object: "", suggestion: "" };
};
/** No account is called so. */
const unknown: RowFault = {
  field: "account_id",
  reason: "must name an account that exists",
  reason_code: "IMPORT_FAULT_REASON_UNKNOWN_NAME",
  value: "GTXpro",
  object: "account",
  suggestion: "",
};
const at = (line: string, column: string, fault: RowFault) => ({ ...fault, line, column, created: false });

describe("What is wrong with a row", () => {
  test("is said as it is, where nothing or too much has a name", () => {
    assert.equal(faultText(unknown), "There is no account called “GTXpro”.");
    assert.equal(
      faultText({ ...unknown, suggestion: "GTX Pro" }),
      "There is no account called “GTXpro”. Did you mean “GTX Pro”?",
    );
    assert.equal(
      faultText({ ...unknown, reason_code: "IMPORT_FAULT_REASON_AMBIGUOUS_NAME", value: "Eve Moe", object: "member" }),
      "Several members are called “Eve Moe”.",
    );
  });

  test("is said as what to do, where a value breaks a rule", () => {
    assert.equal(
      faultText({ ...unknown, field: "stage", reason_code: "IMPORT_FAULT_REASON_ENTRY_CONDITION", value: "Demo" }),
      "Deals cannot be imported into “Demo”, which has an entry condition.",
    );
    const negative = serverText("must be at least {}", "0");
    assert.equal(faultText(plain("amount", negative)), "Enter a number of at least 0.");
  });
});

test("a rule that names another field names it as people read it", () => {
  const early = faultText(plain("close_date", serverText("must not be before start_date")));
  assert.equal(early, "Choose a day that is not before the start date.");
  assert.equal(faultText(plain("x", "must go with start_date")), "Must go with start date.");
});

describe("What a row cannot be linked to", () => {
  test("is said as in the record", async () => {
    await import("../src/areas/imports/kinds");
    assert.equal(
      faultText({ ...unknown, reason_code: "IMPORT_FAULT_REASON_CIRCLE", value: "Whole" }),
      "Choose another account: “Whole” is the record itself, or stands below it.",
    );
    const archived = faultText(plain("parent_id", serverText("must not be archived")));
    assert.doesNotMatch(archived, /must/i);
  });
});

describe("The refused rows of a file", () => {
  test("are told by their values, each at its line, also where a row has several faults", () => {
    const faults = [at("3", "account", unknown), at("3", "", plain("", "has 4 values")), at("5", "account", unknown)];
    const text = `id,account,note,Reason\r\n2,GTXpro,"b\nb",account: no such\r\n3,GTXpro,,account: no such\r\n`;
    assert.deepEqual([...rowTexts(text, faults)], [
      ["3", "2 · GTXpro · b\nb"],
      ["5", "3 · GTXpro"],
    ]);
    assert.equal(rowTexts("id,Reason\r\n", faults).size, 0);
  });

  test("are told by line, column and reason where they became records", () => {
    assert.equal(
      faultReport([at("3", "account", unknown), at("4", "=2+3", plain("=2+3", "must be at least 0"))]),
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
