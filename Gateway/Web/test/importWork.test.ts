import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { FileImport, ImportSettings } from "../src/core/fileImports";
import { type HeldFile, type ImportCalls, ImportWork, type WorkState } from "../src/core/importWork";
import { readImport } from "./importFixtures";

/** A service that has one import, and what it was asked. */
class FakeService {
  value: FileImport;
  readonly asked: string[] = [];
  readonly changes: Partial<ImportSettings>[] = [];
  /** The states of the next answers to `get`. */
  next: FileImport["state"][] = [];
  refuses: unknown = null;

  constructor(state: FileImport["state"], received = "0") {
    this.value = { ...readImport(), state, received_bytes: received };
  }

  readonly calls: ImportCalls = {
    get: async () => {
      const state = this.next.shift();
      return state === undefined ? this.value : this.in(state);
    },
    update: async (_, change) => {
      this.changes.push(change);
      if (this.refuses !== null) throw this.refuses;
      return this.in(change.mapping === undefined ? "IMPORT_STATE_READY" : "IMPORT_STATE_SURVEYING");
    },
    survey: async () => this.did("survey", "IMPORT_STATE_SURVEYING"),
    start: async () => this.did("start", "IMPORT_STATE_RUNNING"),
    pause: async () => this.did("pause", "IMPORT_STATE_PAUSED"),
    cancel: async () => this.did("cancel", "IMPORT_STATE_CANCELLED"),
    undo: async () => this.did("undo", "IMPORT_STATE_UNDOING"),
    appendImportContent: async (_, offset, content) => {
      this.asked.push("append");
      const received = String(offset + atob(content).length);
      return (this.value = { ...this.value, received_bytes: received });
    },
  };

  private did(what: string, state: FileImport["state"]): FileImport {
    this.asked.push(what);
    return this.in(state);
  }

  private in(state: FileImport["state"]): FileImport {
    const reading = state === "IMPORT_STATE_SURVEYING" ? null : readImport().reading;
    return (this.value = { ...this.value, state, reading });
  }
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(() => resolve()));

/** Follows an import until nothing more happens. */
function followed(service: FakeService, held: HeldFile | null = null) {
  const shown: WorkState[] = [];
  const ends: string[] = [];
  let turns = 0;
  const work = new ImportWork({
    id: "import_1",
    calls: service.calls,
    held: () => held,
    sent: () => ends.push("sent"),
    ended: () => ends.push("ended"),
    // What is at work for good is not followed for good.
    pause: () => ((turns += 1) < 100 ? nextTurn() : new Promise(() => undefined)),
    show: (state) => shown.push(state),
  });
  /** Waits until it is in a state, or what goes on is over. */
  const settled = async (state?: FileImport["state"]) => {
    const isThere = () => state === undefined || shown.at(-1)?.value?.state === state;
    // A digest takes as long as it takes.
    for (let turn = 0; turn < 50 || (!isThere() && turn < 100_000); turn += 1) await nextTurn();
  };
  const last = () => shown.at(-1) as WorkState;
  return { work, shown, ends, settled, last };
}

const file = new File(["a,b\n1,2\n"], "leads.csv");

describe("An import", () => {
  test("is sent and read when the page has its file, and waits to be started", async () => {
    const service = new FakeService("IMPORT_STATE_RECEIVING");
    service.next = ["IMPORT_STATE_RECEIVING", "IMPORT_STATE_SURVEYING", "IMPORT_STATE_READY"];
    const { work, settled, last, ends } = followed(service, { file, starts: false });
    work.follow();
    await settled("IMPORT_STATE_READY");
    assert.deepEqual(service.asked, ["append", "survey"]);
    assert.equal(last().value?.state, "IMPORT_STATE_READY");
    assert.equal(last().settings?.fields[1], "last_name");
    assert.equal(last().sending, null);
    assert.deepEqual(ends, ["sent"]);
  });

  test("starts by itself where that was wanted", async () => {
    const service = new FakeService("IMPORT_STATE_RECEIVING");
    service.next = ["IMPORT_STATE_RECEIVING", "IMPORT_STATE_RUNNING", "IMPORT_STATE_SUCCEEDED"];
    const { work, settled, last, ends } = followed(service, { file, starts: true });
    work.follow();
    await settled("IMPORT_STATE_SUCCEEDED");
    assert.deepEqual(service.asked, ["append", "start"]);
    assert.equal(last().value?.state, "IMPORT_STATE_SUCCEEDED");
    assert.deepEqual(ends, ["sent", "ended"]);
  });

  test("waits for its file when the page does not have it", async () => {
    const service = new FakeService("IMPORT_STATE_RECEIVING");
    const { work, settled, last } = followed(service);
    work.follow();
    await settled();
    assert.deepEqual(service.asked, []);
    assert.equal(last().value?.state, "IMPORT_STATE_RECEIVING");
  });

  test("can be cancelled while it waits, and undone once it has ended", async () => {
    const service = new FakeService("IMPORT_STATE_RECEIVING");
    const { work, settled, last } = followed(service);
    work.follow();
    await settled();
    work.order("cancel");
    await settled();
    assert.equal(last().value?.state, "IMPORT_STATE_CANCELLED");
    service.next = ["IMPORT_STATE_UNDOING", "IMPORT_STATE_UNDONE"];
    work.order("undo");
    await settled();
    assert.deepEqual(service.asked, ["cancel", "undo"]);
    assert.equal(last().value?.state, "IMPORT_STATE_UNDONE");
    assert.equal(last().asked, "");
  });
});

test("An import that runs can be paused, and goes on", async () => {
  const service = new FakeService("IMPORT_STATE_RUNNING", "8");
  const { work, settled, last, ends } = followed(service);
  work.follow();
  await settled();
  work.order("pause");
  await settled();
  assert.equal(last().value?.state, "IMPORT_STATE_PAUSED");
  assert.equal(last().asked, "");
  work.order("start");
  service.next = ["IMPORT_STATE_SUCCEEDED"];
  await settled();
  assert.deepEqual(service.asked, ["pause", "start"]);
  assert.equal(last().value?.state, "IMPORT_STATE_SUCCEEDED");
  assert.deepEqual(ends, ["ended"]);
});

describe("A change of settings", () => {
  async function open() {
    const service = new FakeService("IMPORT_STATE_READY", "8");
    const all = followed(service);
    all.work.follow();
    await all.settled();
    return { service, ...all };
  }

  test("is shown at once, and sent with just what it is about", async () => {
    const { service, work, settled, last } = await open();
    work.set({ date_order: "dmy" });
    assert.equal(last().settings?.date_order, "dmy");
    assert.equal(last().isChanging, true);
    await settled();
    assert.deepEqual(service.changes, [{ date_order: "dmy" }]);
    assert.equal(last().isChanging, false);
  });

  test("of columns has the file read again, and what was read before stays meanwhile", async () => {
    const { service, work, settled, last, shown } = await open();
    service.next = ["IMPORT_STATE_SURVEYING", "IMPORT_STATE_READY"];
    const fields = [...(last().settings?.fields ?? [])];
    fields[0] = "city";
    work.set({ fields });
    await settled();
    assert.deepEqual(service.changes[0]?.mapping?.[0], { column: "Ref", field: "city", place: 1 });
    const reading = shown.filter(({ value }) => value?.state === "IMPORT_STATE_SURVEYING");
    assert.ok(reading.length > 0 && reading.every(({ value, isChanging }) => value?.reading !== null && isChanging));
    assert.equal(last().isChanging, false);
  });

  test("waits for the one before, and several go together", async () => {
    const { service, work, settled, last } = await open();
    service.next = ["IMPORT_STATE_READY"];
    work.set({ fields: last().settings?.fields ?? [] });
    work.set({ date_order: "mdy" });
    work.set({ external_id_column: "Ref" });
    await settled();
    assert.equal(service.changes.length, 2);
    assert.deepEqual(Object.keys(service.changes[1] ?? {}).sort(), ["date_order", "external_id_column", "mapping"]);
    // All columns are named beside one that identifies rows.
    assert.equal(service.changes[1]?.mapping?.length, 7);
  });

  test("comes before the start that was asked for after it", async () => {
    const { service, work, settled, last } = await open();
    work.set({ date_order: "mdy" });
    work.order("start");
    service.next = ["IMPORT_STATE_SUCCEEDED"];
    await settled();
    assert.deepEqual([service.changes.length, service.asked], [1, ["start"]]);
    assert.equal(last().value?.state, "IMPORT_STATE_SUCCEEDED");
  });

  test("that is refused is taken back, with the reason", async () => {
    const { service, work, settled, last } = await open();
    service.refuses = new Error("no");
    work.set({ date_order: "mdy" });
    await settled();
    assert.equal(last().settings?.date_order, "");
    assert.equal(last().error, service.refuses);
    assert.equal(last().isChanging, false);
  });

  test("of the system has the headings read as its", async () => {
    const { service, work, settled } = await open();
    work.readAs({ source_system: "zoho", mapping: [], external_id_column: "", values: [] });
    service.next = ["IMPORT_STATE_READY"];
    await settled();
    assert.deepEqual(service.changes[0], { source_system: "zoho", mapping: [], external_id_column: "", values: [] });
  });
});
