import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server.browser";
import { conditionSentence, type Condition, isFilterable } from "../src/core/conditions";
import type { Field } from "../src/core/fields";
import { listedFields, type Rec, recordKind } from "../src/core/recordKind";
import { FilterBar } from "../src/records/FilterBar";
import { FieldView } from "../src/records/FieldView";
import { FilterEditor } from "../src/records/FilterEditor";
import { GridCell } from "../src/records/GridCell";
import { RecordForm } from "../src/records/RecordForm";
import { RecordView } from "../src/records/RecordView";
import { FakeWorkspace } from "./fakeWorkspace";
import { names } from "./fixtures";
import { parcel } from "./fixtureKind";

const everything = ["read", "create", "edit", "delete"].map((verb) => `parcel.${verb}`);

function shown(children: ReactNode, permissions: readonly string[] = everything): string {
  return renderToStaticMarkup(<FakeWorkspace permissions={permissions}>{children}</FakeWorkspace>);
}

/** What is read of markup: its texts, without what only looks. */
function words(markup: string): string {
  return markup.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();
}

const record: Rec = parcel.decode({
  id: "parcel_1",
  etag: "1",
  name: "Books",
  contents: "Two novels\nand an atlas",
  recipient: "charles@example.com",
  pieces: 3,
  weight: 2.125,
  worth: { amount_minor: "123450", currency: "HUF" },
  handling: "5400",
  fragile: true,
  due: "2026-11-27",
  handed_over: "2020-01-31T09:30:00Z",
  carrier: "rail",
  status: "packed",
  owner_id: "member_1",
  tags: ["heavy", "gift"],
  driver_phone: "+12125550143",
  tracking: "https://parcels.example/1",
  zone: "Europe/Budapest",
  surcharge: "weight > 2.0",
  colour: "#0078d4",
  packer_ids: ["member_1"],
});

/** What says each value to a reader. */
const said: Record<string, RegExp> = {
  name: /Books/,
  contents: /Two novels/,
  recipient: /charles@example\.com/,
  pieces: /\b3\b/,
  weight: /2\.125/,
  worth: /1,234\.50/,
  handling: /1.h 30.min/,
  fragile: /Yes/,
  due: /Nov 27, 2026/,
  handed_over: /Jan 2020|2020/,
  carrier: /Rail/,
  status: /Packed/,
  owner_id: /Ada Lovelace/,
  tags: /heavy, gift/,
  driver_phone: /212.555.0143/,
  tracking: /parcels\.example/,
  zone: /Budapest/,
  surcharge: /weight &gt; 2\.0/,
  colour: /#0078d4|0078d4/i,
  packer_ids: /Ada Lovelace/,
};
const facts = [...parcel.fields.values()].filter((field) => field.name in said);

describe("A kind of record that says only what its fields are", () => {
  test("has a field of every kind that screens tell apart in a new record", () => {
    const kinds = new Set(facts.map((field) => field.kind));
    for (const kind of ["text", "lines", "email", "integer", "decimal", "duration", "money", "flag", "date"] as const) {
      assert.ok(kinds.has(kind), kind);
    }
    for (const kind of ["moment", "choice", "picklist", "reference", "references", "texts"] as const) {
      assert.ok(kinds.has(kind), kind);
    }
    for (const kind of ["phone", "url", "zone", "code", "colour"] as const) {
      assert.ok(kinds.has(kind), kind);
    }
  });

  test("has a list with a column for each of them, its name first", () => {
    assert.equal(parcel.columns[0]?.id, "name");
    assert.deepEqual(parcel.columns.map((column) => column.id).sort(), facts.map((field) => field.name).sort());
    const chosen = parcel.columns.filter((column) => column.isChosen);
    assert.ok(chosen.length >= 4 && chosen.length < parcel.columns.length);
    for (const column of chosen) assert.ok(column.fields.every((name) => listedFields(parcel).includes(name)));
    for (const column of parcel.columns) {
      const cell = words(shown(<GridCell kind={parcel} column={column} record={record} />));
      assert.match(cell, said[column.id] ?? /never/);
    }
  });

  test("has a list that sorts by what the API can sort by", () => {
    const sorted = parcel.columns.flatMap((column) => column.sort ?? []);
    assert.deepEqual(sorted.sort(), ["due", "handed_over", "handling", "name", "pieces", "weight", "worth"]);
    assert.deepEqual(parcel.firstList({ id: "member_1", role: "rep" }).sort, { field: "name", falling: false });
  });

  test("has a page with every fact, each where it can be changed", () => {
    const view = <RecordView kind={parcel} record={record} heading="h1" isGone={false} onDeleted={() => undefined} />;
    const page = shown(view);
    for (const field of facts) {
      assert.match(words(page), said[field.name] ?? /never/);
      assert.ok(page.includes(`Edit ${field.label}`) || page.includes(`>${field.label}<`), field.name);
    }
    assert.match(page, /Edit Contents/);
    assert.match(page, /Delete parcel/);
    const readOnly = shown(view, ["parcel.read"]);
    assert.doesNotMatch(readOnly, /Edit |Delete parcel/);
    assert.match(words(readOnly), /Ada Lovelace/);
  });

  test("says on its page what the service noted by itself, and who did it", () => {
    const letter = recordKind<Record<string, string>>({
      object: "letter",
      one: "letter",
      many: "letters",
      decode: (raw) => raw as Record<string, string>,
      schema: {
        subject: { label: "Subject", type: "text" },
        create_time: { label: "Create time", type: "timestamp", readOnly: true },
        created_by: { label: "Created by", type: "text", readOnly: true },
        read_time: { label: "Read", type: "timestamp", readOnly: true },
        lost_time: { label: "Lost", type: "timestamp", readOnly: true },
        turn_time: { label: "Turn", type: "timestamp", readOnly: true, implied: true },
      },
    });
    const sent: Rec = {
      id: "letter_1",
      etag: "1",
      subject: "Hello",
      create_time: "2020-01-31T09:30:00Z",
      created_by: "member_1",
      read_time: "2020-02-01T09:30:00Z",
      lost_time: "",
      turn_time: "2020-03-01T09:30:00Z",
    };
    const view = <RecordView kind={letter} record={sent} heading="h1" isGone={false} onDeleted={() => undefined} />;
    assert.match(words(shown(view, ["letter.read"])), /Times Created [^A-Z]*Jan[^A-Z]* by Ada Lovelace Read [^A-Z]*Feb[^A-Z]*$/);
  });

  test("says on its page what is gone", () => {
    const page = shown(<RecordView kind={parcel} record={record} heading="h2" isGone onDeleted={() => undefined} />);
    assert.match(words(page), /was deleted, or it is no longer shared/);
    assert.doesNotMatch(page, /Edit Contents/);
  });

  test("has a form that asks for each of them with a control of its kind", () => {
    const form = shown(<RecordForm kind={parcel} onClose={() => undefined} />);
    assert.match(form, /New parcel/);
    for (const field of facts) assert.ok(form.includes(`>${field.label}</label>`), field.name);
    for (const control of [
      /<textarea/,
      /type="email"/,
      /inputMode="numeric"/i,
      /aria-label="Currency"/,
      /type="checkbox"/,
      /role="combobox"/,
    ]) {
      assert.match(form, control);
    }
  });

  test("has a filter for each of them that has one value", () => {
    const conditions: Partial<Record<Field["kind"], Condition>> = {
      date: { is: "during", period: "this_week" },
      moment: { is: "between", from: "2026-01-01", to: "" },
      integer: { is: "between", from: "1", to: "3" },
    };
    for (const field of facts.filter(isFilterable)) {
      const condition = conditions[field.kind] ?? null;
      const editor = shown(
        <FilterEditor
          kind={parcel}
          field={field}
          condition={condition}
          onChange={() => undefined}
          close={() => undefined}
        />,
      );
      assert.match(editor, /<input/, field.name);
      if (condition !== null) assert.match(conditionSentence(field, condition, names), new RegExp(field.label));
    }
    const statuses = words(
      shown(
        <FilterEditor
          kind={parcel}
          field={parcel.fields.get("status") ?? (facts[0] as Field)}
          condition={{ is: "oneOf", values: ["packed"] }}
          onChange={() => undefined}
          close={() => undefined}
        />,
      ),
    );
    assert.match(statuses, /Packed On its way Lost \(retired\) Empty/);
  });

  test("offers the filters one looks for first, and sets every other", () => {
    const set = new Map<string, Condition>([["weight", { is: "between", from: "0.5", to: "" }]]);
    const bar = words(shown(<FilterBar kind={parcel} conditions={set} onChange={() => undefined} />));
    assert.match(bar, /Status .*Owner .*Carrier .*Fragile .*Weight is at least 0\.5/);
  });

  test("names the records that a list of ids has, of whichever kinds they are", () => {
    const anything = recordKind({
      object: "note",
      one: "note",
      many: "notes",
      schema: { id: { type: "id" }, about: { type: "ids", references: "any" } },
      decode: (raw) => raw as { id: string; about: string[] },
    });
    const note: Rec = { id: "note_1", etag: "1", about: ["lead_1", "unknown_kind_1"] };
    const field = anything.fields.get("about") as Field;
    const links = (permissions: readonly string[]) =>
      [...shown(<FieldView field={field} record={note} />, permissions).matchAll(/href="([^"]*)"/g)].map(([, to]) => to);
    assert.deepEqual(links(["lead.read", "unknown_kind.read"]), ["/leads/lead_1"]);
    assert.deepEqual(links([]), []);
    assert.doesNotMatch(shown(<FieldView field={field} record={note} isCell />, ["lead.read"]), /href/);
  });

  test("can be changed in bulk by what many share", () => {
    assert.deepEqual(
      parcel.bulk.map((field) => field.name),
      ["status", "owner_id"],
    );
  });
});
