import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { FoundGroup } from "../src/core/api.generated";
import type { Names } from "../src/core/fieldText";
import { foundKinds } from "../src/core/search";
import { parcel } from "./fixtureKind";
import { slowApi } from "./store";

const names: Names = {
  entry: (picklist, key) => `${picklist} ${key}`,
  record: (id) => `the ${id}`,
  choice: (field, key) => `${field.label} by ${key}`,
};

function group(said: Partial<FoundGroup>): FoundGroup {
  return { object: "parcel", records: [], more: false, subtitle_fields: [], ...said };
}

function details(subtitle: string, fields: string[]): string[] {
  const records = [{ id: "p1", title: "Box", subtitle }];
  const [kind] = foundKinds([group({ records, subtitle_fields: fields })], () => parcel, names);
  return kind?.records.map(({ detail }) => detail) ?? [];
}

describe("What was found", () => {
  test("is of the kinds that have screens, in the order of the answer", () => {
    const groups = [group({ object: "stamp" }), group({ more: true }), group({ object: "letter" })];
    const letter = { ...parcel, object: "letter" };
    const known = (object: string) => [letter, parcel].find((kind) => kind.object === object);
    const found = foundKinds(groups, known, names);
    assert.deepEqual(
      found.map(({ kind, more }) => [kind.object, more]),
      [
        ["parcel", true],
        ["letter", false],
      ],
    );
  });

  test("begins with the kind that is on screen", () => {
    const letter = { ...parcel, object: "letter", address: "/letters" };
    const known = (object: string) => [letter, parcel].find((kind) => kind.object === object);
    const groups = [group({}), group({ object: "letter" })];
    const at = (path: string) => foundKinds(groups, known, names, path).map(({ kind }) => kind.object);
    for (const path of ["/letters", "/letters/l1"]) assert.deepEqual(at(path), ["letter", "parcel"]);
    assert.deepEqual(at("/lettersets"), ["parcel", "letter"]);
  });

  test("has a key in the words that its field has for it, and any other text as it is", () => {
    assert.deepEqual(details("rail", ["carrier"]), ["Carrier by rail"]);
    assert.deepEqual(details("lost", ["status"]), ["parcel_status lost"]);
    assert.deepEqual(details("ada lovelace", ["name"]), ["ada lovelace"]);
    assert.deepEqual(details("rail lost", ["carrier", "status"]), ["rail lost"]);
    assert.deepEqual(details("rail", ["unknown"]), ["rail"]);
    assert.deepEqual(details("", ["carrier"]), [""]);
  });

  test("is called as its kind calls what has no name", () => {
    const records = [{ id: "p1", title: "", subtitle: "" }];
    const [kind] = foundKinds([group({ records })], () => parcel, names);
    assert.deepEqual(kind?.records, [{ id: "p1", title: parcel.title({ id: "p1", etag: "" }), detail: "" }]);
    assert.notEqual(kind?.records[0]?.title, "");
  });

  test("is asked for in one call for all kinds", async () => {
    const { api, next } = slowApi();
    const asked = api.search("ada & bob");
    const { path, query, answer } = next();
    assert.equal(path, "/api/v1/search");
    assert.deepEqual([...query], [["q", "ada & bob"]]);
    await answer({ groups: [{ object: "lead", records: [{ id: "l1", title: "Ada" }] }] });
    assert.deepEqual(await asked, {
      groups: [
        { object: "lead", records: [{ id: "l1", title: "Ada", subtitle: "" }], more: false, subtitle_fields: [] },
      ],
      unavailable: [],
    });
  });
});
