import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { saidTexts } from "../lint.mjs";

function found(source, path = "a.tsx") {
  return saidTexts(path, source).map(({ text }) => text);
}

describe("The lint of words", () => {
  test("finds the text of elements, and where it is", () => {
    assert.deepEqual(saidTexts("a.tsx", "const a = (\n  <p>\n    Not\n    saved\n  </p>\n);"), [
      { line: 3, text: "Not saved" },
    ]);
    assert.deepEqual(found('<p>{isSet ? "Yes" : "No"}</p>'), ["Yes", "No"]);
    assert.deepEqual(found('<p>{name ?? "nobody"}{count + " rows"}{isNew && `New ${kind}`}</p>'), [
      "nobody",
      "rows",
      "New {}",
    ]);
  });

  test("finds what attributes and menus say", () => {
    assert.deepEqual(found('<a aria-label="Open" />'), ["Open"]);
    assert.deepEqual(found("<Field label={isNew ? `New ${one}` : words.edit} hint='so' />"), ["New {}", "so"]);
    assert.deepEqual(found('const entries = [{ label: "delete", run }];'), ["delete"]);
  });

  test("finds what is handed on to be shown", () => {
    assert.deepEqual(found('notices.done(`${name} changed`); useTitle("Imports");', "a.ts"), [
      "{} changed",
      "Imports",
    ]);
    assert.deepEqual(found('throw new Refusal("late"); throw new FieldRefusal({ cap: "too much" });', "a.ts"), [
      "late",
      "too much",
    ]);
  });

  test("finds a sentence wherever it stands", () => {
    assert.deepEqual(found('const a = "Enter a number."; const b = `${label} is empty`;', "a.ts"), [
      "Enter a number.",
      "{} is empty",
    ]);
  });

  test("leaves alone what nobody reads", () => {
    const code = [
      '<p className="Big text" id="Some id" to={words.to}>{words.help} · {count} / {"–"}</p>',
      'if (event.key === "Enter") throw new Error("Only for screens");',
      '<b>{kind === "lead" && name}</b>',
      'const problem = { reason: "STALE_ETAG", path: `/api/${id}:undo` };',
    ];
    assert.deepEqual(code.flatMap((each) => found(each)), []);
  });
});
