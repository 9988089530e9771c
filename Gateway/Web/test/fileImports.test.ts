import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ApiClient } from "../src/core/client";
import { FileImports, type ImportService, noChoices } from "../src/core/fileImports";

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
  mapping: [{ column: "stage", field: "stage", place: 1 }],
  external_id_column: "id",
  values: [{ column: "stage", from: "Won", to: "closed_won", place: 1 }],
  date_order: "mdy",
  choices: noChoices,
  validate_only: true,
};

describe("Imports of files", () => {
  test("are asked of the service of their kind", async () => {
    const paths: Record<ImportService, string> = {
      leads: "/api/v1/imports",
      records: "/api/v1/record-imports",
      tasks: "/api/v1/task-imports",
    };
    for (const [service, path] of Object.entries(paths) as [ImportService, string][]) {
      const { imports, sent } = importsAnswering(service, { id: "import_1", validate_only: true, object: "deal" });
      const made = await imports.create(asked, "key");
      assert.equal(sent[0]?.path, path);
      const { object, ...settings } = asked;
      // Imports of leads are of no other kind, and refuse to be told one.
      assert.deepEqual(sent[0]?.body, service === "leads" ? settings : { object, ...settings });
      assert.deepEqual([made.service, made.validate_only], [service, true]);
      assert.equal(made.object, service === "leads" ? "lead" : "deal");
      assert.deepEqual(made.choices, noChoices);
    }
  });

  test("are changed in what is named, and nothing else", async () => {
    const { imports, sent } = importsAnswering("records", {});
    await imports.update("import_1", { date_order: "dmy", values: [] });
    assert.equal(sent[0]?.method, "PATCH");
    assert.equal(sent[0]?.path, "/api/v1/record-imports/import_1?update_mask=date_order%2Cvalues");
    assert.deepEqual(sent[0]?.body, { date_order: "dmy", values: [] });
  });

  test("are surveyed, started, paused and taken back", async () => {
    const { imports, sent } = importsAnswering("tasks", {}, {}, {}, {});
    await imports.survey("import_1", 12);
    await imports.start("import_1", 12);
    await imports.pause("import_1");
    await imports.undo("import_1");
    assert.deepEqual(
      sent.map(({ path, body }) => [path.replace("/api/v1/task-imports/import_1", ""), body]),
      [
        [":survey", { size_bytes: "12" }],
        [":start", { size_bytes: "12" }],
        [":pause", {}],
        [":undo", {}],
      ],
    );
  });

  test("have the rows that were kept as a file", async () => {
    const { imports, sent } = importsAnswering("leads", {}, {});
    await imports.keptRows("import_1", "refused");
    await imports.keptRows("import_1", "all");
    assert.deepEqual(
      sent.map(({ method, path }) => `${method} ${path}`),
      [
        "GET /api/v1/imports/import_1/rows?refused=true",
        "GET /api/v1/imports/import_1/rows",
      ],
    );
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
});
