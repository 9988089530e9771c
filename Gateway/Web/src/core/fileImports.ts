import {
  decodeImport,
  decodeListImportFaultsResponse,
  decodeListImportsResponse,
  decodeListRecordImportsResponse,
  decodeListRefusedRowsResponse,
  decodeRecordImport,
  decodeSuggestImportMappingResponse,
  decodeSuggestMappingResponse,
  type Import,
  type ImportedValue,
  type ImportFault,
  type ImportState,
  type RecordImport,
} from "./api.generated";
import type { ApiClient } from "./client";
import { at } from "./recordApi";
import type { ColumnMapping, Page } from "./types";
import type { ContentSink } from "./upload";

// Imports of files, whichever service runs them.

/** Files of leads have a service of their own; those of all other kinds share one. */
export type ImportService = "leads" | "records";

/** An import of either service. One of leads is never a dry run, and has no replaced values. */
export interface FileImport extends Omit<RecordImport, "state"> {
  service: ImportService;
  state: ImportState;
}

/** What became of a row with something at fault: a record without another that it names, or none. */
export type RowOutcome = "refused" | "created";

/** How a file is read. */
export interface ImportMapping {
  source_system: string;
  mapping: ColumnMapping[];
  /** "" if all values of a row together identify it. */
  external_id_column: string;
  values: ImportedValue[];
  /** "mdy" or "dmy"; "" for the order of the tenant's region. */
  date_order: string;
}

export interface NewImport extends ImportMapping {
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
};

const apis: Readonly<Record<ImportService, string>> = {
  leads: "/api/v1/imports",
  records: "/api/v1/record-imports",
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

  /** The service's suggestion for a file's headings. */
  async suggest(object: string, columns: readonly string[], signal?: AbortSignal): Promise<ImportMapping> {
    const body = this.service === "leads" ? { columns } : { columns, object };
    const raw: unknown = await this.client.post(`${this.api}:suggestMapping`, body, { signal });
    return this.service === "leads"
      ? { ...decodeSuggestMappingResponse(raw), values: [], date_order: "" }
      : { ...decodeSuggestImportMappingResponse(raw), date_order: "" };
  }

  async create(asked: NewImport, idempotencyKey: string): Promise<FileImport> {
    const { file_name, source_system, mapping, external_id_column } = asked;
    const ofLeads = { file_name, source_system, mapping, external_id_column };
    const body = this.service === "leads" ? ofLeads : asked;
    return this.read(await this.client.post(this.api, body, { idempotencyKey }));
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

  async start(id: string, sizeBytes: number): Promise<FileImport> {
    const body = { size_bytes: String(sizeBytes) };
    return this.read(await this.client.post(`${at(this.api, id)}:start`, body));
  }

  async cancel(id: string): Promise<FileImport> {
    return this.read(await this.client.post(`${at(this.api, id)}:cancel`, {}));
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
    return { rows: page.record_imports.map(importOfRecords), next: page.next_page_token };
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

  private read(raw: unknown): FileImport {
    if (this.service === "leads") return importOfLeads(decodeImport(raw));
    return importOfRecords(decodeRecordImport(raw));
  }
}

function importOfLeads(value: Import): FileImport {
  // Rows of leads name no other lead.
  const ofRecords = { object: "lead", validate_only: false, values: [], date_order: "", incomplete: "0" };
  return { ...value, ...ofRecords, service: "leads" };
}

function importOfRecords(value: RecordImport): FileImport {
  return { ...value, service: "records", state: value.state.replace(/^RECORD_/, "") as ImportState };
}
