import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { csvRows, csvText } from "../src/core/csv";

describe("The rows of a CSV file", () => {
  test("are read through quotes, doubled quotes and line breaks in quotes", () => {
    assert.deepEqual([...csvRows(`Name,"Note, long"\r\n"Moe ""M""","two\nlines"\r\n`)], [
      ["Name", "Note, long"],
      [`Moe "M"`, "two\nlines"],
    ]);
  });

  test("end with any of the three conventions, and blank ones are none", () => {
    assert.deepEqual([...csvRows("\ufeffa,b\r1,2\n\n3,4\r\n5,")], [
      ["a", "b"],
      ["1", "2"],
      ["3", "4"],
      ["5", ""],
    ]);
  });

  test("are written so that they read the same", () => {
    const rows = [
      ["Name", "Note; long"],
      [`Moe "M"`, "two\nlines, and a comma"],
      ["", "last"],
    ];
    assert.deepEqual([...csvRows(csvText(rows))], rows);
  });
});
