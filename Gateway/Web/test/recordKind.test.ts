import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lead } from "../src/areas/leads/lead";
import { exportedFields } from "../src/core/exportedFields";
import * as json from "../src/core/json";
import { listedFields, type Rec, recordAddress, recordKind } from "../src/core/recordKind";
import { parcel } from "./fixtureKind";

interface Box {
  id: string;
  etag: string;
  label_text: string;
  held_by: string;
  size: number;
}

const decode = (raw: unknown): Box => {
  const from = json.object(raw);
  return {
    id: json.text(from["id"]),
    etag: json.text(from["etag"]),
    label_text: json.text(from["label_text"]),
    held_by: json.text(from["held_by"]),
    size: json.number(from["size"]),
  };
};
const schema: json.Schema<Box> = {
  id: { label: "Id", type: "id", readOnly: true },
  etag: { label: "Etag", type: "etag", readOnly: true },
  label_text: { label: "Label", type: "text" },
  held_by: { label: "Held by", type: "id", references: "member" },
  size: { label: "Size", type: "integer", sortable: true, readOnly: true },
};
const plain = recordKind<Box>({ object: "packing_box", one: "box", many: "packing boxes", schema, decode });
const viewer = { id: "member_1", role: "rep" } as const;

test("a file of a list has what its columns show, in their order, and the id to find its rows by", () => {
  const column = (...fields: readonly string[]) => ({ id: "any", title: "Any", width: 100, isChosen: true, fields });
  const columns = [
    column("display_name", "company_name", "converted"),
    column("phone", "phone_valid"),
    column("do_not_call"),
    column("company_name", "unknown"),
  ];
  const fields = ["display_name", "company_name", "phone", "do_not_call", "id"];
  assert.deepEqual(exportedFields(lead, columns), fields);
});

describe("What a kind does not say", () => {
  test("follows from its names", () => {
    assert.equal(plain.api, "/api/v1/packing-boxes");
    assert.equal(plain.rows, "packing_boxes");
    assert.equal(plain.body, "packing_box");
    assert.equal(plain.address, "/packing-boxes");
    assert.equal(recordAddress(plain, "a/b"), "/packing-boxes/a%2Fb");
  });

  test("follows from its fields", () => {
    assert.deepEqual(plain.titleFields, ["label_text"]);
    assert.equal(plain.title(plain.decode({ label_text: "Fragile" })), "Fragile");
    assert.equal(plain.title(plain.decode({})), "Box without a name");
    assert.equal(plain.owner, "");
    assert.equal(plain.board, null);
    assert.deepEqual(plain.firstList(viewer).sort, { field: "id", falling: false });
    assert.deepEqual(plain.form.flat().map((field) => field.name), ["label_text", "held_by"]);
    assert.deepEqual(plain.filters.map((field) => field.name), ["held_by"]);
    assert.equal(plain.columns.find((column) => column.id === "size")?.align, "end");
  });

  test("has every field that can be changed as a fact, once", () => {
    const facts = [...parcel.keys, ...parcel.groups.flatMap((group) => group.fields)].map((field) => field.name);
    assert.equal(new Set(facts).size, facts.length);
    for (const field of parcel.fields.values()) {
      assert.equal(facts.includes(field.name), field.readOnly !== true);
    }
  });
});

describe("What a kind says", () => {
  const said = recordKind<Box>({
    object: "box",
    one: "box",
    many: "boxes",
    path: "depot-boxes",
    address: "/depot",
    schema,
    decode,
    filled: ["held_by"],
    owner: "held_by",
    title: (record: Rec) => `#${String(record["size"])}`,
    titleFields: ["size"],
    columns: ["size", { id: "held_by", title: "Holder", width: 99, isChosen: false }, { id: "own", title: "Own" }],
    groups: [{ title: "All", fields: ["label_text"] }],
    form: [["label_text", "held_by"]],
    keys: [],
    bulk: ["held_by"],
    filters: ["size"],
    firstList: ({ role }) => (role === "rep" ? { sort: { field: "size", falling: true } } : {}),
  });

  test("counts before what its schema does", () => {
    assert.equal(said.api, "/api/v1/depot-boxes");
    assert.equal(said.address, "/depot");
    assert.equal(said.fields.get("held_by")?.required, true);
    assert.equal(plain.fields.get("held_by")?.required, undefined);
    assert.equal(said.title(said.decode({ size: 3 })), "#3");
    assert.deepEqual(said.keys, []);
    assert.equal(said.form[0]?.length, 2);
    const [size, holder, own] = said.columns;
    assert.deepEqual([size?.title, size?.sort, size?.isChosen], ["Size", "size", true]);
    assert.deepEqual([holder?.title, holder?.width, holder?.isChosen], ["Holder", 99, false]);
    assert.deepEqual(own?.fields, []);
    assert.deepEqual(said.firstList(viewer).sort, { field: "size", falling: true });
    assert.deepEqual(said.firstList({ ...viewer, role: "admin" }).sort, { field: "size", falling: false });
  });

  test("is asked of each record of a list: its title, its holders and the columns that are shown", () => {
    assert.deepEqual(listedFields(said), ["id", "etag", "size", "held_by"]);
    const box = { object: "box", one: "box", many: "boxes", schema, decode };
    const given = recordKind<Box>({ ...box, team: "held_by", columns: ["size"] });
    assert.deepEqual(listedFields(given), ["id", "etag", "label_text", "size", "held_by"]);
  });
});

describe("A kind that says what cannot be", () => {
  test("is refused at once where the field of its board has no choices", () => {
    const said = { object: "packing_box", one: "box", many: "boxes", schema, decode };
    for (const board of ["size", "held_by"] as const) {
      assert.throws(
        () => recordKind<Box>({ ...said, board }),
        (error) => error instanceof Error && /board of "packing_box" must be/.test(error.message),
      );
    }
  });
});
