import "./browser";
import "../src/app/areas";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server.browser";
import { importAddress, newImportAddress } from "../src/areas/imports/address";
import { ImportResult } from "../src/areas/imports/ImportResult";
import NewImportScreen from "../src/areas/imports/NewImportScreen";
import { NextSteps } from "../src/areas/imports/NextSteps";
import { PreviewRows } from "../src/areas/imports/PreviewRows";
import { ReadyImport } from "../src/areas/imports/ReadyImport";
import { Remarks } from "../src/areas/imports/Remarks";
import { IncompleteRows, RefusedRows } from "../src/areas/imports/RowFaults";
import { RowRemarks } from "../src/areas/imports/RowRemarks";
import { daysToUndo, UndoResult } from "../src/areas/imports/UndoImport";
import type { FollowedImport } from "../src/areas/imports/useImport";
import { type FileImport, noChoices } from "../src/core/fileImports";
import { decodeImportSample, decodeRecordImport } from "../src/core/importApi.generated";
import { settingsOf } from "../src/core/importReading";
import { FakeWorkspace } from "./fakeWorkspace";
import { readImport } from "./importFixtures";

const everything = ["import", "record_import", "task_import"].flatMap((each) => [`${each}.create`, `${each}.read`]);

function shown(children: ReactNode, permissions: readonly string[] = everything): string {
  return renderToStaticMarkup(<FakeWorkspace permissions={permissions}>{children}</FakeWorkspace>);
}

/** What is read of markup: its texts, without what only looks. */
function words(markup: string): string {
  return markup.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();
}

function ended(values: Record<string, unknown>): FileImport {
  const raw = { id: "import_1", object: "deal", created: "3", refused: "1", ...values };
  return { ...decodeRecordImport(raw), choices: noChoices, service: "records", state: "IMPORT_STATE_SUCCEEDED" };
}

describe("A new import", () => {
  test("asks what the file has, of that which one may import", () => {
    const all = shown(<NewImportScreen parts={{}} search="?of=deal" />);
    assert.match(words(all), /Import deals Leads Accounts Contacts Deals Tasks/);
    assert.match(all, /<input type="radio"[^>]*value="deal"[^>]*checked=""|checked=""[^>]*value="deal"/);
    const leadsAlone = words(shown(<NewImportScreen parts={{}} search="" />, ["import.create"]));
    assert.match(leadsAlone, /Import leads Choose a file/);
    assert.match(words(shown(<NewImportScreen parts={{}} search="" />, ["record_import.create"])), /Import accounts/);
  });

  test("has an address for each kind", () => {
    assert.equal(newImportAddress("lead"), "/imports/new");
    assert.equal(newImportAddress("deal"), "/imports/new?of=deal");
    assert.equal(importAddress({ service: "leads", id: "import_1" }), "/imports/import_1");
    assert.equal(importAddress({ service: "records", id: "import_1" }), "/imports/records/import_1");
    assert.equal(importAddress({ service: "tasks", id: "import_1" }), "/imports/records/import_1?of=task");
    assert.equal(importAddress({ service: "leads", id: "import_1" }, { after: "import_2" }), "/imports/import_1?after=import_2");
  });
});

/** A page of an import that was read. */
function ready(value: FileImport, permissions = everything, isChanging = false): string {
  if (value.reading === null) throw new Error("it was not read");
  const settings = settingsOf(value);
  const followed = { value, settings, isChanging, error: null, sending: null, asked: "" } as unknown as FollowedImport;
  return shown(
    <ReadyImport followed={followed} value={value} reading={value.reading} settings={settings} after="" />,
    permissions,
  );
}

/** The part of a page below one of its headings. */
function below(markup: string, heading: string): string {
  const [, after = ""] = markup.split(heading);
  return words(after.split(/<h2/)[0] ?? "");
}

describe("A file that was read", () => {
  const value = readImport();

  test("says what it is, and how its columns are read, in groups", () => {
    const markup = ready(value);
    assert.match(words(markup), /Text in UTF-8, separated by commas, 12 rows\./);
    assert.match(markup, /value="Salesforce"/);
    assert.match(words(markup), /5 columns are imported .*1 column is left out .*1 column has no values/);
    const numbers = below(markup, "Numbers, dates, yes and no");
    assert.match(numbers, /Revenue: decimal point, as the column’s other values show|Revenue: decimal point, as the column/);
  });

  test("shows new values and unknown owners with their counts", () => {
    const values = below(ready(value), "Values that are not known here");
    assert.match(values, /State of it: Status In the file Rows Is read as Warm 3/);
    assert.match(values, /Who: owners who are no members .*Eve Moe 2/);
  });

  test("asks for a sheet or a file where it has such parts", () => {
    const file = readImport();
    assert.doesNotMatch(words(ready(file)), /Sheet, or file in the archive/);
    if (file.reading !== null) file.reading.part = "Leads";
    assert.match(words(ready(file)), /Sheet, or file in the archive/);
  });

  test("can be started once nothing is open, and says what is", () => {
    const start = (markup: string) => /<button[^>]*>Start import</.exec(markup)?.[0] ?? "";
    assert.doesNotMatch(start(ready(value)), /disabled/);
    assert.match(words(ready(value)), /12 rows are ready to become leads\./);
    const questions = [
      { decision: "IMPORT_DECISION_DECIMAL", column: "Revenue", text: "?", examples: ["1.234"] },
      { decision: "IMPORT_DECISION_NEW_VALUES", column: "State of it", text: "?", examples: [] },
    ];
    const open = ready(readImport({ questions }));
    assert.match(start(open), /disabled/);
    assert.match(words(open), /Decide first: how decimals are written what becomes of new values/);
    assert.match(below(open, "Numbers, dates, yes and no"), /Revenue can be read in two ways\. .*Such as “1\.234”\./);
    const answered = ready(readImport({ questions, choices: { decimal: "point", new_values: "add" } }));
    assert.doesNotMatch(start(answered), /disabled/);
  });

  test("cannot be started while every row would be refused", () => {
    const reading = { ...value.reading, columns: value.reading?.columns.filter(({ field }) => field !== "email") };
    const markup = ready(readImport({ reading }));
    assert.match(words(markup), /No column fills E-mail or Phone: every row would be refused\./);
    assert.match(/<button[^>]*>Start import</.exec(markup)?.[0] ?? "", /disabled/);
  });

  test("says which ids are not trusted, and why", () => {
    const reason = "“Ref” is no id, as its values are repeated";
    const [ref, ...others] = value.reading?.columns ?? [];
    const reading = { ...value.reading, columns: [{ ...ref, distrusted: reason }, ...others] };
    assert.ok(below(ready(readImport({ reading })), "Rows that were imported before").includes(reason));
  });

  test("is changed by whoever sent it alone", () => {
    assert.match(ready(readImport({ creator: "member_2" })), /<fieldset[^>]*disabled/);
    assert.doesNotMatch(ready(value), /<fieldset[^>]*disabled/);
  });

  test("keeps its place while it is read again", () => {
    assert.match(words(ready(value, everything, true)), /Reading the file again…/);
  });

  test("offers to add new values only to members who may, and only to lists that an import adds to", () => {
    const add = (markup: string) => /<input[^>]*value="add"[^>]*>/.exec(markup)?.[0] ?? "";
    assert.match(add(ready(value)), /disabled/);
    assert.doesNotMatch(add(ready(value, [...everything, "lead_status.create"])), /disabled/);
  });
});

test("The first rows are shown as they will be stored, in the columns that they have", () => {
  const value = (field: string, label: string, text: string) => ({ field, label, value: text });
  const samples = [
    {
      line: "2",
      outcome: "IMPORT_ROW_OUTCOME_CREATED",
      values: [value("last_name", "Last name", "Berg"), value("status", "Status", "on_its_way")],
    },
    { line: "3", outcome: "IMPORT_ROW_OUTCOME_REFUSED", refusal: "Mail: must have a value" },
    {
      line: "4",
      outcome: "IMPORT_ROW_OUTCOME_UPDATED",
      values: [value("city", "City", "Troy")],
      remarks: [{ line: "4", column: "Size", value: "x", text: "was left out" }],
    },
  ];
  const rows = samples.map((each) => decodeImportSample(each));
  const text = words(shown(<PreviewRows object="lead" rows={rows} isOld={false} />));
  assert.match(text, /Line Becomes Last name City Status Remark 2 New Berg On its way 3 Refused Mail: must have a value\. /);
  assert.match(text, / 4 Updated Troy Size: “x” was left out\.$/);
  assert.equal(shown(<PreviewRows object="lead" rows={[]} isOld={false} />), "");
});

describe("Undoing an import", () => {
  const done = ended({ end_time: "2026-11-01T00:00:00Z", updated: "2" });
  const at = (time: string) => new Date(time);

  test("can be done for 30 days, if it did something", () => {
    assert.equal(daysToUndo(done, at("2026-11-01T01:00:00Z")), 30);
    assert.equal(daysToUndo(done, at("2026-11-30T23:00:00Z")), 1);
    assert.equal(daysToUndo(done, at("2026-12-02T00:00:00Z")), 0);
    const nothing = { ...done, created: "0", updated: "0" };
    for (const value of [nothing, { ...done, validate_only: true }, { ...done, state: "IMPORT_STATE_UNDONE" as const }]) {
      assert.equal(daysToUndo(value, at("2026-11-01T01:00:00Z")), 0);
    }
  });

  test("says what went to the trash, what was put back, and what was left", () => {
    const value = { ...done, state: "IMPORT_STATE_UNDONE" as const, undo: { deleted: "3", put_back: "1", left: "1" } };
    const text = words(shown(<UndoResult value={value} />));
    assert.match(text, /In the trash 3 deals that it had made Put back 1 .*Left 1 deals that somebody has changed since/);
    assert.match(text, /look through them by hand\./);
  });
});

test("Rows with remarks are shown with the value and what was done with it", () => {
  const row_remarks = [{ line: "7", column: "Employees", value: "10-Jan", text: "was left out: is a date" }];
  const text = words(shown(<RowRemarks value={ended({ row_remarks, remarked: "1" })} />));
  assert.match(text, /Remarks on rows 1 row was taken with a remark\. .*7 Employees “10-Jan” was left out: is a date$/);
});

describe("A dry run", () => {
  const dry = ended({ validate_only: true });

  test("says what would be, and links no records that there are not", () => {
    const markup = shown(<ImportResult value={dry} />);
    assert.match(words(markup), /Nothing was made.*Would be created 3 new deals.*Would be refused 1 cannot become a deal/);
    assert.match(words(markup), /of these, would be linked to another deal/);
    assert.doesNotMatch(markup, /href="\/deals/);
    const made = shown(<ImportResult value={ended({ object: "account", duplicates: "1" })} />);
    assert.match(words(made), /Show the 3 accounts it created/);
    assert.match(made, /href="\/accounts\?import_id=%3Dimport_1&amp;sort=-create_time"/);
  });

  test("leads to the import that it is for, and back to its columns and values", () => {
    const markup = shown(<NextSteps value={dry} tries="import_0" />);
    assert.match(words(markup), /^Import 3 deals Change columns and values$/);
    assert.match(markup, /href="\/imports\/records\/import_0\?after=import_1"/);
    const alone = shown(<NextSteps value={dry} tries="" />);
    assert.match(alone, /href="\/imports\/new\?of=deal&amp;again=import_1"/);
    assert.match(words(shown(<NextSteps value={ended({})} tries="" />)), /^Import again with other settings$/);
    assert.equal(shown(<NextSteps value={dry} tries="" />, ["record_import.read"]), "");
    const none = ended({ validate_only: true, created: "0" });
    assert.doesNotMatch(words(shown(<NextSteps value={none} tries="" />)), /Import \d/);
  });

  test("calls what was read in place of a value as people call it", () => {
    const remarks = [{ field: "win_reason", value: "x", text: "was read as “on_its_way”", read_as: "on_its_way", rows: "2" }];
    const text = words(shown(<Remarks value={ended({ remarks })} />));
    assert.match(text, /Win reason 1 value “x” was read as “On its way” \(2 rows\)/);
  });

  test("folds what is good to know by field once it is more than a few", () => {
    const of = (count: number) =>
      shown(
        <Remarks
          value={ended({
            remarks: Array.from({ length: count }, (_, place) => ({ field: "account_id", value: `a${place}`, text: "?" })),
          })}
        />,
      );
    assert.match(of(3), /<details[^>]* open=""/);
    assert.doesNotMatch(of(4), /<details[^>]* open/);
    assert.match(words(of(4)), /^Good to know Account 4 values/);
    assert.equal(of(0), "");
  });
});

describe("Rows that lack another record that they name", () => {
  const rows = (values: Record<string, unknown>) => {
    const value = ended({ object: "account", ...values });
    return words(
      shown(
        <>
          <ImportResult value={value} />
          <RefusedRows value={value} />
          <IncompleteRows value={value} />
        </>,
      ),
    );
  };

  test("stand under a heading of their own, and say what importing them again does", () => {
    const alone = rows({ refused: "0", incomplete: "2" });
    assert.match(alone, /Not linked 2 of these rows/);
    assert.match(alone, /Taken, but not linked These rows lack another record.*others come in twice\./);
    assert.doesNotMatch(alone, /Refused rows/);
    const both = rows({ incomplete: "2" });
    assert.match(both, /Refused rows Save these rows.*Taken, but not linked/);
    assert.doesNotMatch(rows({}), /linked$|Not linked|but not linked/);
  });

  test("are told in a dry run as what would be", () => {
    const dry = rows({ refused: "0", incomplete: "1", validate_only: true });
    assert.match(dry, /Would not be linked 1.*Would be taken, but not linked Correct these lines/);
  });
});
