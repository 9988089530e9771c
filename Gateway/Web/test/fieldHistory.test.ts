import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { FieldChange, HistoryEntry } from "../src/core/api.generated";
import { fieldHistory } from "../src/core/fieldHistory";

function entry(time: string, ...changes: FieldChange[]): HistoryEntry {
  return { action: "update", actor: "system:deals", on_behalf_of: "", time, changes };
}

const score = (old: string, now: string): FieldChange => ({ field: "health_score", old, new: now });
const name: FieldChange = { field: "name", old: "Acme", new: "Ajax" };

/** A history of pages, and the tokens that it was asked with. */
function history(...pages: (readonly HistoryEntry[])[]) {
  const asked: string[] = [];
  const page = (token: string) => {
    asked.push(token);
    const place = Number(token);
    const next = place + 1 < pages.length ? String(place + 1) : "";
    return Promise.resolve({ entries: pages[place] ?? [], next });
  };
  return { asked, page };
}

describe("the history of a field", () => {
  test("has its changes alone, newest first, from all pages", async () => {
    const { asked, page } = history([entry("3", name, score("0", "25")), entry("2", name)], [entry("1", score("", "0"))]);
    assert.deepEqual(await fieldHistory(page, "health_score", 20), [
      { time: "3", from: "0", to: "25" },
      { time: "1", from: "", to: "0" },
    ]);
    assert.deepEqual(asked, ["", "1"]);
  });

  test("ends once there are as many as are wanted", async () => {
    const { asked, page } = history([entry("3", score("1", "2")), entry("2", score("0", "1"))], [entry("1", score("", "0"))]);
    assert.deepEqual((await fieldHistory(page, "health_score", 1)).map(({ time }) => time), ["3"]);
    assert.deepEqual(asked, [""]);
  });

  test("looks through five pages at most", async () => {
    const { asked, page } = history(...Array.from({ length: 9 }, () => [entry("1", name)]));
    assert.deepEqual(await fieldHistory(page, "health_score", 20), []);
    assert.equal(asked.length, 5);
  });
});
