import "./browser";
import "../src/app/areas";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server.browser";
import { importAddress, newImportAddress } from "../src/areas/imports/address";
import { ImportResult } from "../src/areas/imports/ImportResult";
import { importedKind } from "../src/areas/imports/kinds";
import { MappingTable } from "../src/areas/imports/MappingTable";
import NewImportScreen from "../src/areas/imports/NewImportScreen";
import { NextSteps } from "../src/areas/imports/NextSteps";
import { Remarks } from "../src/areas/imports/Remarks";
import { IncompleteRows, RefusedRows } from "../src/areas/imports/RowFaults";
import { ValueTables } from "../src/areas/imports/ValueTables";
import { decodeRecordImport } from "../src/core/api.generated";
import type { FileImport } from "../src/core/fileImports";
import { FakeWorkspace } from "./fakeWorkspace";

const everything = ["import.create", "import.read", "record_import.create", "record_import.read"];

function shown(children: ReactNode, permissions: readonly string[] = everything): string {
  return renderToStaticMarkup(<FakeWorkspace permissions={permissions}>{children}</FakeWorkspace>);
}

/** What is read of markup: its texts, without what only looks. */
function words(markup: string): string {
  return markup.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();
}

function ended(values: Record<string, unknown>): FileImport {
  const raw = { id: "import_1", object: "deal", created: "3", refused: "1", ...values };
  return { ...decodeRecordImport(raw), service: "records", state: "IMPORT_STATE_SUCCEEDED" };
}

describe("A new import", () => {
  test("asks what the file has, of that which one may import", () => {
    const all = shown(<NewImportScreen parts={{}} search="?of=deal" />);
    assert.match(words(all), /Import deals Leads Accounts Contacts Deals/);
    assert.match(all, /<input type="radio"[^>]*value="deal"[^>]*checked=""|checked=""[^>]*value="deal"/);
    const leadsAlone = words(shown(<NewImportScreen parts={{}} search="" />, ["import.create"]));
    assert.match(leadsAlone, /Import leads Choose a CSV file/);
    assert.match(words(shown(<NewImportScreen parts={{}} search="" />, ["record_import.create"])), /Import accounts/);
  });

  test("has an address for each kind", () => {
    assert.equal(newImportAddress("lead"), "/imports/new");
    assert.equal(newImportAddress("deal"), "/imports/new?of=deal");
    assert.equal(importAddress({ service: "leads", id: "import_1" }), "/imports/import_1");
    assert.equal(importAddress({ service: "records", id: "import_1" }), "/imports/records/import_1");
  });
});

test("the column that identifies the rows of a file is not said to be left out", () => {
  const mapping = [
    { column: "opportunity_id", field: "" },
    { column: "notes", field: "" },
  ];
  const table = (identity: string) =>
    shown(<MappingTable of={importedKind("deal")} mapping={mapping} rows={[]} identity={identity} onChange={() => undefined} />);
  const first = (markup: string) => [...markup.matchAll(/<option value=""[^>]*>(.*?)</g)].map(([, text]) => text);
  assert.deepEqual(first(table("opportunity_id")), ["Only identifies the row", "Leave out"]);
  assert.deepEqual(first(table("")), ["Leave out", "Leave out"]);
});

describe("The values of a file", () => {
  const mapping = {
    source_system: "csv",
    mapping: [
      { column: "agent", field: "owner_id" },
      { column: "why", field: "win_reason" },
      { column: "account", field: "account_id" },
    ],
    external_id_column: "",
    values: [],
    date_order: "",
  };
  const rows = [
    ["ada lovelace", "Packed", "Globex"],
    ["Ada Byron", "Nope", "GTXpro"],
  ];
  const tables = (unread: readonly { field: string; value: string }[]) =>
    shown(
      <ValueTables
        of={importedKind("deal")}
        mapping={mapping}
        rows={rows}
        unread={unread}
        onChange={() => undefined}
      />,
      [...everything, "account.read"],
    );

  test("are asked about where nothing is called so", () => {
    const markup = tables([]);
    for (const value of ["Ada Byron", "Nope"]) assert.ok(markup.includes(`What ${value} is read as`), value);
    for (const value of ["ada lovelace", "Packed", "Globex", "GTXpro"]) {
      assert.ok(!markup.includes(`What ${value} is read as`), value);
    }
    assert.match(words(markup), /account: Account Names are looked up when the file is read/);
  });

  test("are asked about where an import found nothing for them", () => {
    const markup = tables([{ field: "account_id", value: "GTXpro" }]);
    assert.ok(markup.includes("What GTXpro is read as"));
    assert.ok(!markup.includes("What Globex is read as"));
  });
});

describe("A dry run", () => {
  const dry = ended({ validate_only: true });

  test("says what would be, and links no records that there are not", () => {
    const markup = shown(<ImportResult value={dry} />);
    assert.match(words(markup), /Nothing was made.*Would be created 3 new deals.*Would be refused 1 cannot become a deal/);
    assert.match(words(markup), /of these, would be linked to another deal/);
    assert.doesNotMatch(markup, /href="\/deals/);
    assert.match(shown(<ImportResult value={ended({})} />), /href="\/deals\?sort=-create_time"/);
  });

  test("leads to the import that it tried, and back to its columns and values", () => {
    const markup = shown(<NextSteps value={dry} />);
    assert.match(words(markup), /^Import 3 deals Change columns and values$/);
    assert.match(markup, /href="\/imports\/new\?of=deal&amp;again=import_1"/);
    assert.match(words(shown(<NextSteps value={ended({})} />)), /^Change columns and values$/);
    assert.equal(shown(<NextSteps value={dry} />, ["record_import.read"]), "");
    assert.doesNotMatch(words(shown(<NextSteps value={ended({ validate_only: true, created: "0" })} />)), /Import/);
  });

  test("calls what was read in place of a value as people call it", () => {
    const remarks = [{ field: "win_reason", value: "x", text: "was read as “on_its_way”", rows: "2" }];
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

describe("Rows that became records without another that they name", () => {
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

  test("stand under a heading of their own, and are not to be imported again", () => {
    const alone = rows({ refused: "0", incomplete: "2" });
    assert.match(alone, /Not linked 2 of the new/);
    assert.match(alone, /Created, but not linked These rows are accounts now.*would come in twice\./);
    assert.doesNotMatch(alone, /Refused rows/);
    const both = rows({ incomplete: "2" });
    assert.match(both, /Refused rows Correct these lines.*Created, but not linked/);
    assert.doesNotMatch(rows({}), /linked$|Not linked|but not linked/);
  });

  test("are told in a dry run as what would be", () => {
    const dry = rows({ refused: "0", incomplete: "1", validate_only: true });
    assert.match(dry, /Would not be linked 1.*Would be created, but not linked Correct these lines/);
  });
});
