import type { ApiClient } from "./client";
import {
  decodeImport,
  decodeImportChoices,
  decodeListImportFaultsResponse,
  decodeListImportsResponse,
  decodeListRecordImportsResponse,
  decodeListRefusedRowsResponse,
  decodeRecordImport,
  type Import,
  type ImportChoices,
  type ImportedValue,
  type ImportFault,
  type ImportState,
  type RecordImport,
} from "./importApi.generated";
import { at } from "./recordApi";
import type { ColumnMapping, Page } from "./types";
import type { ContentSink } from "./upload";

// Imports of files, whichever service runs them.

/** Files of leads and of tasks have a service of their own each; those of the other kinds share one. */
export type ImportService = "leads" | "records" | "tasks";

/** An import of any service. */
export interface FileImport extends Omit<RecordImport, "state" | "choices"> {
  service: ImportService;
  state: ImportState;
  choices: ImportChoices;
}

/** What became of a row with something at fault: a record without another that it names, or none. */
export type RowOutcome = "refused" | "created";

/** Which rows of a file are downloaded: the refused ones, or these and those that were taken with a remark. */
export type KeptRows = "refused" | "all";

/** How a file is read, and what is done with its rows. */
export interface ImportSettings {
  /** "" for what the headings show. */
  source_system: string;
  /** Empty for what the headings show. */
  mapping: ColumnMapping[];
  /** "" if all values of a row together identify it. */
  external_id_column: string;
  values: ImportedValue[];
  /** "mdy" or "dmy"; "" for what each column shows. */
  date_order: string;
  choices: ImportChoices;
}

export interface NewImport extends ImportSettings {
  /** The kind of the records. */
  object: string;
  file_name: string;
  /** Whether it is a dry run. */
  validate_only: boolean;
}

/** The object of a service's imports in permissions. */
export const importObjects: Readonly<Record<ImportService, string>> = {
  leads: "import",
  records: "record_import",
  tasks: "task_import",
};

const apis: Readonly<Record<ImportService, string>> = {
  leads: "/api/v1/imports",
  records: "/api/v1/record-imports",
  tasks: "/api/v1/task-imports",
};

/** Everything is as the file shows, and as is usual. */
export const noChoices: ImportChoices = decodeImportChoices({});

export const noSettings: ImportSettings = {
  source_system: "",
  mapping: [],
  external_id_column: "",
  values: [],
  date_order: "",
  choices: noChoices,
};

/** The calls of one service. */
export class FileImports implements ContentSink {
  private readonly api: string;

  constructor(
    private readonly client: ApiClient,
    readonly service: ImportService,
  ) {
    this.api = apis[service];
  }

  async create(asked: NewImport, idempotencyKey: string): Promise<FileImport> {
    const { object, ...settings } = asked;
    // Those of leads are of no other kind, and do not say so.
    const body = this.service === "leads" ? settings : { object, ...settings };
    return this.read(await this.client.post(this.api, body, { idempotencyKey }));
  }

  /** Changes an import that has not started. */
  async update(id: string, change: Partial<ImportSettings>): Promise<FileImport> {
    const mask = Object.keys(change).join(",");
    return this.read(await this.client.patch(at(this.api, id), change, { update_mask: mask }));
  }

  /** `content` is base64, `sha256` hexadecimal. */
  async appendImportContent(
    id: string,
    offset: number,
    content: string,
    sha256: string,
    signal?: AbortSignal,
  ): Promise<FileImport> {
    const body = { offset: String(offset), content, sha256 };
    return this.read(await this.client.post(`${at(this.api, id)}:append`, body, { signal }));
  }

  /** Has the file read, to see what is in it. */
  async survey(id: string, sizeBytes: number): Promise<FileImport> {
    const body = { size_bytes: String(sizeBytes) };
    return this.read(await this.client.post(`${at(this.api, id)}:survey`, body));
  }

  async start(id: string, sizeBytes: number): Promise<FileImport> {
    const body = { size_bytes: String(sizeBytes) };
    return this.read(await this.client.post(`${at(this.api, id)}:start`, body));
  }

  /** Stops it until it is started again. */
  async pause(id: string): Promise<FileImport> {
    return this.read(await this.client.post(`${at(this.api, id)}:pause`, {}));
  }

  async cancel(id: string): Promise<FileImport> {
    return this.read(await this.client.post(`${at(this.api, id)}:cancel`, {}));
  }

  /** Takes back what an import did. */
  async undo(id: string): Promise<FileImport> {
    return this.read(await this.client.post(`${at(this.api, id)}:undo`, {}));
  }

  async get(id: string, signal?: AbortSignal): Promise<FileImport> {
    return this.read(await this.client.get(at(this.api, id), {}, signal));
  }

  /** Newest first, without their mappings. */
  async list(pageToken: string): Promise<Page<FileImport>> {
    const raw: unknown = await this.client.get(this.api, { page_size: 50, page_token: pageToken });
    if (this.service === "leads") {
      const page = decodeListImportsResponse(raw);
      return { rows: page.imports.map(importOfLeads), next: page.next_page_token };
    }
    const page = decodeListRecordImportsResponse(raw);
    return {
      rows: page.record_imports.map((each) => importOfRecords(each, this.service)),
      next: page.next_page_token,
    };
  }

  /** What is wrong with the rows of an outcome, by line. */
  async faults(id: string, outcome: RowOutcome, pageToken: string, pageSize = 100): Promise<Page<ImportFault>> {
    const query = { page_size: pageSize, page_token: pageToken };
    if (this.service === "leads") {
      if (outcome === "created") return { rows: [], next: "" };
      const raw: unknown = await this.client.get(`${at(this.api, id)}/refused-rows`, query);
      const page = decodeListRefusedRowsResponse(raw);
      return { rows: page.refused_rows.map((row) => ({ ...row, created: false })), next: page.next_page_token };
    }
    const asked = outcome === "created" ? { ...query, created: "true" } : query;
    const page = decodeListImportFaultsResponse(await this.client.get(`${at(this.api, id)}/faults`, asked));
    return { rows: page.faults, next: page.next_page_token };
  }

  /** All that is wrong with the rows of an outcome, by line. */
  async allFaults(id: string, outcome: RowOutcome): Promise<ImportFault[]> {
    const faults: ImportFault[] = [];
    let next = "";
    do {
      const page = await this.faults(id, outcome, next, 1000);
      faults.push(...page.rows);
      next = page.next;
    } while (next !== "");
    return faults;
  }

  /** The rows themselves, as CSV with the columns of the file and the reasons. */
  async keptRows(id: string, which: KeptRows): Promise<Blob> {
    const query = which === "refused" ? "?refused=true" : "";
    return (await this.client.file(`${at(this.api, id)}/rows${query}`)).content;
  }

  private read(raw: unknown): FileImport {
    if (this.service === "leads") return importOfLeads(decodeImport(raw));
    return importOfRecords(decodeRecordImport(raw), this.service);
  }
}

function importOfLeads(value: Import): FileImport {
  // Rows of leads name no other lead.
  const ofRecords = { object: "lead", incomplete: "0" };
  return { ...value, ...ofRecords, choices: value.choices ?? noChoices, service: "leads" };
}

function importOfRecords(value: RecordImport, service: ImportService): FileImport {
  const state = value.state.replace(/^RECORD_/, "") as ImportState;
  return { ...value, state, choices: value.choices ?? noChoices, service };
}
