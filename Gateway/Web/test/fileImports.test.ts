import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ApiClient } from "../src/core/client";
import { FileImports, type ImportService } from "../src/core/fileImports";

function importsAnswering(service: ImportService, ...answers: unknown[]) {
  const sent: { method: string; path: string; body: unknown }[] = [];
  const client = new ApiClient(async (address, request) => {
    const body: unknown = request?.body === undefined ? null : JSON.parse(String(request.body));
    sent.push({ method: request?.method ?? "", path: String(address), body });
    return new Response(JSON.stringify(answers.shift() ?? {}));
  });
  return { imports: new FileImports(client, service), sent };
}

const asked = {
  object: "deal",
  file_name: "deals.csv",
  source_system: "csv",
  mapping: [{ column: "stage", field: "stage" }],
  external_id_column: "id",
  values: [{ column: "stage", from: "Won", to: "closed_won" }],
  date_order: "mdy",
  validate_only: true,
};

describe("Imports of files", () => {
  test("are asked of leads with what their service knows, and of other kinds with all", async () => {
    const leads = importsAnswering("leads", { id: "import_1", state: "IMPORT_STATE_RECEIVING" });
    const made = await leads.imports.create(asked, "key");
    assert.equal(leads.sent[0]?.path, "/api/v1/imports");
    assert.deepEqual(Object.keys(leads.sent[0]?.body as object).sort(), [
      "external_id_column",
      "file_name",
      "mapping",
      "source_system",
    ]);
    assert.deepEqual([made.service, made.object, made.validate_only], ["leads", "lead", false]);

    const records = importsAnswering("records", { id: "import_2", object: "deal", validate_only: true });
    const dry = await records.imports.create(asked, "key");
    assert.equal(records.sent[0]?.path, "/api/v1/record-imports");
    assert.deepEqual(records.sent[0]?.body, asked);
    assert.deepEqual([dry.service, dry.object, dry.validate_only], ["records", "deal", true]);
  });

  test("are in the same states, whichever service they are of", async () => {
    const { imports } = importsAnswering("records", { state: "RECORD_IMPORT_STATE_RUNNING" });
    assert.equal((await imports.get("import_1")).state, "IMPORT_STATE_RUNNING");
  });

  test("have faults by page, and all of them", async () => {
    const pages = [
      { faults: [{ line: "2" }], next_page_token: "more" },
      { faults: [{ line: "3" }], next_page_token: "" },
    ];
    const { imports, sent } = importsAnswering("records", ...pages);
    assert.deepEqual(
      (await imports.allFaults("import_1", "refused")).map(({ line }) => line),
      ["2", "3"],
    );
    assert.equal(sent[1]?.path, "/api/v1/record-imports/import_1/faults?page_size=1000&page_token=more");
    const ofLeads = importsAnswering("leads", { refused_rows: [{ line: "7" }] });
    assert.deepEqual((await ofLeads.imports.faults("import_1", "refused", "")).rows.map(({ line }) => line), ["7"]);
    assert.match(ofLeads.sent[0]?.path ?? "", /^\/api\/v1\/imports\/import_1\/refused-rows/);
  });

  test("have what rows lack that became records apart", async () => {
    const { imports, sent } = importsAnswering("records", { faults: [{ line: "4", created: true }] });
    assert.deepEqual((await imports.allFaults("import_1", "created")).map(({ line }) => line), ["4"]);
    assert.match(sent[0]?.path ?? "", /\/faults\?.*created=true$/);
    // Rows of leads name no other lead.
    const ofLeads = importsAnswering("leads");
    assert.deepEqual(await ofLeads.imports.allFaults("import_1", "created"), []);
    assert.equal(ofLeads.sent.length, 0);
  });

  test("ask what columns mean with the kind, where a service knows several", async () => {
    const { imports, sent } = importsAnswering("records", { values: [{ column: "s", from: "Won", to: "won" }] });
    const suggested = await imports.suggest("deal", ["s"]);
    assert.deepEqual(sent[0]?.body, { columns: ["s"], object: "deal" });
    assert.equal(suggested.values[0]?.to, "won");
    const leads = importsAnswering("leads", {});
    assert.deepEqual((await leads.imports.suggest("lead", ["s"])).values, []);
    assert.deepEqual(leads.sent[0]?.body, { columns: ["s"] });
  });
});
