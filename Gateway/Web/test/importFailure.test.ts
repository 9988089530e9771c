import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { importFailure } from "../src/core/importFailure";

describe("A failed import", () => {
  test("is told in sentences, without leads where none was created", () => {
    for (const failure of [
      "the file is empty: it has no header row",
      "must begin with a header row, but is empty",
    ]) {
      assert.equal(
        importFailure({ failure, created: "0" }),
        "The file is empty: it has no header row.",
      );
    }
    assert.equal(importFailure({ failure: "", created: "0" }), "The file could not be read.");
  });

  test("says that what it created stays", () => {
    assert.equal(
      importFailure({ failure: "line 7 has an open quote", created: "3" }),
      "Line 7 has an open quote. The leads created before that point stay.",
    );
  });

  test("names the column that is missing", () => {
    for (const failure of [
      "the file has no column “Ref”",
      "names a column that the file does not have: “Ref”",
    ]) {
      assert.equal(importFailure({ failure, created: "0" }), "The file has no column “Ref”.");
    }
  });
});
