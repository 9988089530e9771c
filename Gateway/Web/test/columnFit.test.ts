import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chosenColumns, fitColumns, leastWidth } from "../src/core/columnFit";
import type { Column } from "../src/core/recordKind";

const column = (id: string, width: number, grow = 0, isChosen = true): Column => ({
  id,
  title: id,
  width,
  grow,
  fields: [id],
  isChosen,
});
const columns = [column("name", 190, 2), column("score", 128), column("owner", 150, 1), column("city", 140, 0, false)];
const ids = (shown: readonly Column[]) => shown.map((each) => each.id);

describe("The columns of a list", () => {
  test("never need more room than there is, and always have the first, whatever was chosen", () => {
    const choices = [{}, { name: 800 }, { name: 1, owner: 5000 }, { score: Infinity, owner: -5 }, { name: 64.5 }];
    for (const widths of choices) {
      for (let room = leastWidth; room <= 2000; room += 7) {
        const fitted = fitColumns(columns, room, widths);
        const sum = fitted.reduce((total, { width }) => total + width, 0);
        assert.ok(sum <= room, `${sum} in ${room} with ${JSON.stringify(widths)}`);
        assert.equal(fitted[0]?.column.id, "name");
        for (const { width } of fitted) assert.ok(width >= leastWidth);
      }
    }
  });

  test("leave from the end, and those after one that has no room leave with it", () => {
    const shown = (room: number) => ids(fitColumns(columns, room, {}).map((each) => each.column));
    assert.deepEqual(shown(190), ["name"]);
    assert.deepEqual(shown(317), ["name"]);
    assert.deepEqual(shown(318), ["name", "score"]);
    assert.deepEqual(shown(608), ["name", "score", "owner", "city"]);
  });

  test("share what is left by what they can use of it, but for a width that somebody chose", () => {
    const widths = (chosen: Record<string, number>) =>
      fitColumns(columns.slice(0, 3), 768, chosen).map(({ width }) => width);
    assert.deepEqual(widths({}), [390, 128, 250]);
    assert.deepEqual(widths({ name: 200 }), [200, 128, 440]);
    assert.deepEqual(widths({ name: 200, owner: 150 }), [200, 128, 150]);
  });

  test("are at least one where there is no room at all", () => {
    assert.equal(fitColumns(columns, 0, {}).length, 1);
    assert.equal(fitColumns(columns, -100, {}).length, 1);
    assert.deepEqual(fitColumns([], 500, {}), []);
  });
});

describe("The columns somebody chose", () => {
  test("stand in their order, after the first, each once; what a kind lacks is left out", () => {
    assert.deepEqual(ids(chosenColumns(columns, null)), ["name", "score", "owner"]);
    assert.deepEqual(ids(chosenColumns(columns, ["city", "gone", "score", "city"])), ["name", "city", "score"]);
    assert.deepEqual(ids(chosenColumns(columns, ["score", "name"])), ["name", "score"]);
    assert.deepEqual(ids(chosenColumns(columns, [])), ["name"]);
    assert.deepEqual(chosenColumns([], ["name"]), []);
  });
});
