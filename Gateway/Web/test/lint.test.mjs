import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { saidTexts, strayImports } from "../lint.mjs";

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

describe("The lint of layers", () => {
  function strays(path, ...imports) {
    return strayImports(path, imports.join("\n")).map(({ line, imported }) => `${line} ${imported}`);
  }

  test("finds what a part, a screen of records and the frame must not know", () => {
    assert.deepEqual(strays("parts/Chip.tsx", 'import { a } from "react";', 'import { b } from "../app/workspace";'), [
      "2 app/workspace",
    ]);
    assert.deepEqual(strays("core/api.ts", 'import type { A } from "../parts/Menu";'), ["1 parts/Menu"]);
    assert.deepEqual(strays("records/Board.tsx", 'import "../app/directory";', 'import "../areas/leads/lead";'), [
      "1 app/directory",
      "2 areas/leads/lead",
    ]);
    assert.deepEqual(strays("app/Frame.tsx", 'import "../records/BulkBar";'), ["1 records/BulkBar"]);
    assert.deepEqual(strays("app/Frame.tsx", 'import "../areas/leads/area";'), ["1 areas/leads/area"]);
  });

  test("finds what is loaded later or handed on", () => {
    assert.deepEqual(strays("parts/Chip.tsx", 'const a = () => import("../records/dialogs");'), ["1 records/dialogs"]);
    assert.deepEqual(strays("parts/Chip.tsx", 'export { a } from "../app/hooks";'), ["1 app/hooks"]);
  });

  test("leaves alone what stands below", () => {
    const imports = ["../core/fields", "../words/parts", "../parts/Menu", "./Fact", "../app/hooks"];
    assert.deepEqual(strays("records/Board.tsx", ...imports.map((each) => `import "${each}";`)), []);
    assert.deepEqual(strays("app/areas.ts", 'import { leadsArea } from "../areas/leads/area";'), []);
    assert.deepEqual(strays("areas/leads/lead.tsx", 'import { a } from "../../records/faces";'), []);
  });
});
