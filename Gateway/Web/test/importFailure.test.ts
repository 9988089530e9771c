import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { importFailure } from "../src/core/importFailure";
import { serverText } from "./serverTexts";

const kind = { one: "deal", many: "deals" };

function told(failure: string, created: string, isDry = false): string {
  return importFailure({ failure, created, validate_only: isDry }, kind);
}

describe("A failed import", () => {
  test("is told in sentences, without records where none was created", () => {
    assert.equal(
      told(serverText("the file is empty: it has no header row"), "0"),
      "The file is empty: it has no header row.",
    );
    assert.equal(told("", "0"), "The file could not be read.");
  });

  test("says what a file is that cannot be read", () => {
    const pdf = `the file ${serverText("is {}; {}", "a PDF document", "save it as CSV")}`;
    assert.equal(told(pdf, "0"), "The file is a PDF document; save it as CSV.");
  });

  test("says of a file with too many columns that it has too many", () => {
    const wide = serverText("the header row has {} columns; a file may have at most {} ", "1001", "1000");
    assert.equal(told(wide, "0"), "The header row has 1001 columns; a file may have at most 1000.");
  });

  test("says that what it created stays", () => {
    assert.equal(
      told("line 7 has an open quote", "3"),
      "Line 7 has an open quote. The deals created before that point stay.",
    );
  });

  test("says nothing of the kind of a dry run, which created none", () => {
    assert.equal(told("line 7 has an open quote", "3", true), "Line 7 has an open quote.");
  });

  test("names the column that is missing", () => {
    const missing = serverText("the file has no column “{}”", "Ref");
    assert.equal(told(missing, "0"), "The file has no column “Ref”.");
  });
});
