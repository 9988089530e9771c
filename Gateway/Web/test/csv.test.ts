import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { csvRows, csvText, readCsvStart, readFileStart } from "../src/core/csv";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("The start of a CSV file", () => {
  test("is read through quotes, doubled quotes and line breaks in quotes", () => {
    const { rows } = readCsvStart(`Name,"Note, long"\r\n"Moe ""M""","two\nlines"\r\n`, 10, true);
    assert.deepEqual(rows, [
      ["Name", "Note, long"],
      [`Moe "M"`, "two\nlines"],
    ]);
  });

  test("ends lines by any of the three conventions and skips empty ones", () => {
    const { rows } = readCsvStart("a,b\r1,2\n\n3,4\r\n", 10, true);
    assert.deepEqual(rows, [
      ["a", "b"],
      ["1", "2"],
      ["3", "4"],
    ]);
  });

  test("leaves out a last row that was cut", () => {
    assert.deepEqual(readCsvStart("a,b\n1,2\n3,", 10, false).rows, [
      ["a", "b"],
      ["1", "2"],
    ]);
    assert.deepEqual(readCsvStart("a,b\n1,2", 10, true).rows.length, 2);
  });

  test("stops after the rows that are wanted", () => {
    assert.equal(readCsvStart("a\nb\nc\nd\n", 2, true).rows.length, 2);
  });

  test("has no byte order mark in its first heading", () => {
    const start = readFileStart(bytes("\ufeffId,Last Name \n1,Moe\n"), true, 5);
    assert.deepEqual(start, { ok: true, columns: ["Id", "Last Name "], rows: [["1", "Moe"]] });
  });

  test("may be cut in the middle of a letter", () => {
    const cut = bytes("Name\nZoë\nBjö").slice(0, -1);
    const start = readFileStart(cut, false, 5);
    assert.deepEqual(start, { ok: true, columns: ["Name"], rows: [["Zoë"]] });
  });

  test("is divided by what its header has most of", () => {
    assert.deepEqual(readCsvStart("a;b;c\n1,5;2;3\n", 10, true).rows[1], ["1,5", "2", "3"]);
    assert.deepEqual(readCsvStart("a\tb\n1\t2\n", 10, true).rows[1], ["1", "2"]);
    assert.deepEqual(readCsvStart(`"a;b;c;d",e\n1,2\n`, 10, true).rows[0], ["a;b;c;d", "e"]);
  });

  test("is refused with a reason when it is not UTF-8, not text, empty, or never ends", () => {
    const reason = (content: Uint8Array) => {
      const start = readFileStart(content, true, 5);
      return start.ok ? "" : start.reason;
    };
    assert.match(reason(new Uint8Array([0x4e, 0xe9, 0x0a])), /UTF-8/);
    assert.match(reason(bytes("PK\u0000\u0001")), /not text/);
    assert.match(reason(bytes("")), /empty/);
    assert.match(reason(bytes(`"a,b\n1,2\n`)), /quote/);
  });
});

describe("The rows of a CSV file", () => {
  const lines = (text: string) => [...csvRows(text, true)].map(({ line, values }) => [line, values[0]]);

  test("begin on the lines that the service counts, blank ones and breaks within values among them", () => {
    assert.deepEqual(lines(`a,b\r\n\r\n1,"x\ny\nz"\r\n2,y\n3,z`), [
      [1, "a"],
      [3, "1"],
      [6, "2"],
      [7, "3"],
    ]);
    assert.deepEqual(lines("a,b\r1,x\r2,y"), [
      [1, "a"],
      [2, "1"],
      [3, "2"],
    ]);
  });

  test("are written so that they read the same", () => {
    const rows = [
      ["Name", "Note; long"],
      [`Moe "M"`, "two\nlines, and a comma"],
      ["", "last"],
    ];
    for (const delimiter of [",", ";"]) {
      const read = [...csvRows(csvText(rows, delimiter), true)].map(({ values }) => values);
      assert.deepEqual(read, rows);
    }
  });
});
