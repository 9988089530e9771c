import {
  type AggregateResponse,
  decodeAggregateResponse,
  decodeListHistoryResponse,
  decodeListOperationResultsResponse,
  decodeOperation,
  decodePermissionsResponse,
  decodeResolveResponse,
  decodeSearchRecordsResponse,
  type HistoryEntry,
  type Operation,
  type OperationResult,
  type ResolvedRecord,
  type SearchRecordsResponse,
} from "./api.generated";
import { words } from "../words/problems";
import { isOneOf } from "./cel";
import { type ApiClient, newIdempotencyKey, type Query, type ServedFile } from "./client";
import * as json from "./json";
import type { ListSearch } from "./listState";
import { ApiError, Refusal } from "./problem";
import type { ApiPart, Rec, RecordKind } from "./recordKind";
import type { RecordStore } from "./recordStore";

/** A page of a list; `next` is "" at the end, `previous` at the beginning. */
export interface RecordPage {
  ids: string[];
  next: string;
  previous: string;
  /** How many there are, and whether that is only a lower bound. */
  total: number;
  more: boolean;
  /** The services that did not answer: what they decide on is missing. */
  gaps?: readonly string[];
}

/** Where a page of a list begins; without a token at the list's beginning, with so many rows at first. */
export type ListPlace = { token: string; first?: number } | { end: true };

/** The records that an action is about. */
export type Chosen = { ids: readonly string[] } | { filter: string };

export const pageSize = 100;
/** A screenful, which is loaded first and fast. */
export const firstPageSize = 50;
/** The most ids that one call can ask about. */
export const mostIds = 200;
/** The most records that one call can name for an action. */
export const mostChosen = 1000;

/** The calls that every kind of record has. Their responses go into the store. */
export class RecordApi {
  constructor(
    readonly client: ApiClient,
    readonly store: RecordStore,
  ) {}

  async list(
    kind: RecordKind,
    search: ListSearch,
    fields: readonly string[],
    from: ListPlace,
    signal?: AbortSignal,
  ): Promise<RecordPage> {
    const asked = this.store.ask();
    const raw = await this.client.get(kind.api, listQuery(kind, search, fields, from), signal);
    const answer = json.object(raw);
    const records = json.list(answer[kind.rows], kind.decode);
    this.store.take(kind, records, fields, asked);
    const gaps = gapsOf(answer);
    return {
      ids: records.map((record) => record.id),
      next: json.text(answer["next_page_token"]),
      previous: json.text(answer["previous_page_token"]),
      total: json.number(answer["total_size"]),
      more: json.flag(answer["more_than_total_size"]),
      ...(gaps.length > 0 ? { gaps } : {}),
    };
  }

  async get(kind: RecordKind, id: string, signal?: AbortSignal): Promise<Rec> {
    const asked = this.store.ask();
    const record = kind.decode(await this.client.get(at(kind.api, id), {}, signal));
    this.store.take(kind, [record], null, asked);
    return record;
  }

  /**
   * Requests known records again, all in one call; those that are no longer visible are removed.
   *
   * @param ids - at most 200
   * @param fields - null for whole records
   */
  async refresh(
    kind: RecordKind,
    ids: readonly string[],
    fields: readonly string[] | null,
  ): Promise<void> {
    if (kind.lacks.has("filter")) return this.refreshEach(kind, ids);
    const asked = this.store.ask();
    const raw = await this.client.get(kind.api, {
      filter: isOneOf("id", ids),
      page_size: ids.length,
      fields: kind.lacks.has("fields") || fields === null ? undefined : fieldMask(kind, fields),
    });
    const answer = json.object(raw);
    const records = json.list(answer[kind.rows], kind.decode);
    this.store.take(kind, records, fields, asked);
    // While a service does not answer, what is not found may still be there.
    if (gapsOf(answer).length > 0) return;
    const found = new Set(records.map((record) => record.id));
    this.store.removeUnfound(kind.object, ids, found, asked);
  }

  private async refreshEach(kind: RecordKind, ids: readonly string[]): Promise<void> {
    const each = async (id: string) => {
      try {
        await this.get(kind, id);
      } catch (failure) {
        if (!(failure instanceof ApiError && failure.isMissing)) throw failure;
        this.store.remove(kind.object, id);
      }
    };
    await Promise.all(ids.map(each));
  }

  async create(
    kind: RecordKind,
    values: Readonly<Record<string, unknown>>,
    idempotencyKey: string,
  ): Promise<Rec> {
    const record = kind.decode(await this.client.post(kind.api, values, { idempotencyKey }));
    this.store.takeWritten(kind, record, "created");
    return record;
  }

  /** Changes just these fields, if the record's etag is still `etag`. A null value clears a field. */
  async update(
    kind: RecordKind,
    id: string,
    etag: string,
    values: Readonly<Record<string, unknown>>,
  ): Promise<Rec> {
    const sent = { asked: this.store.ask(), etag };
    const body = { ...withoutNulls(values), etag };
    const mask = Object.keys(values).join(",");
    const raw = await this.client.patch(at(kind.api, id), body, { update_mask: mask });
    const record = kind.decode(raw);
    this.store.takeWritten(kind, record, "changed", sent);
    return record;
  }

  /** Deletes it in whatever version it is: it can be restored for 30 days. */
  async delete(kind: RecordKind, id: string): Promise<void> {
    await this.client.delete(at(kind.api, id));
    this.store.remove(kind.object, id);
  }

  async undelete(kind: RecordKind, id: string): Promise<Rec> {
    const record = kind.decode(await this.client.post(`${at(kind.api, id)}:undelete`, {}));
    this.store.takeWritten(kind, record, "created");
    return record;
  }

  /** Calls a verb of the kind's own that returns the record. */
  async verb(
    kind: RecordKind,
    id: string,
    verb: string,
    body: unknown = {},
    idempotencyKey = newIdempotencyKey(),
  ): Promise<Rec> {
    const path = `${at(kind.api, id)}:${verb}`;
    const record = kind.decode(await this.client.post(path, body, { idempotencyKey }));
    this.store.takeWritten(kind, record, "changed");
    return record;
  }

  async history(
    kind: RecordKind,
    id: string,
    pageToken: string,
    signal?: AbortSignal,
  ): Promise<{ entries: HistoryEntry[]; next: string }> {
    const query = { page_size: 50, page_token: pageToken };
    const raw = await this.client.get(`${at(kind.api, id)}/history`, query, signal);
    const answer = decodeListHistoryResponse(raw);
    return { entries: answer.entries, next: answer.next_page_token };
  }

  async aggregate(
    kind: RecordKind,
    query: { group_by?: string; filter?: string },
    signal?: AbortSignal,
  ): Promise<AggregateResponse> {
    return decodeAggregateResponse(await this.client.get(`${kind.api}:aggregate`, query, signal));
  }

  /** How many visible records of a kind meet a condition. */
  async count(kind: RecordKind, filter: string, signal?: AbortSignal): Promise<number> {
    const { groups } = await this.aggregate(kind, { filter }, signal);
    return groups.reduce((sum, group) => sum + Number(group.count), 0);
  }

  async updateMany(
    kind: RecordKind,
    chosen: Chosen,
    values: Readonly<Record<string, unknown>>,
  ): Promise<Operation> {
    const body = {
      ...named(kind, chosen),
      [kind.body]: withoutNulls(values),
      update_mask: Object.keys(values).join(","),
    };
    return decodeOperation(await this.postOnce(`${kind.api}:batchUpdate`, body));
  }

  async deleteMany(kind: RecordKind, chosen: Chosen): Promise<Operation> {
    return decodeOperation(await this.postOnce(`${kind.api}:batchDelete`, named(kind, chosen)));
  }

  /** These fields of these records as CSV. */
  async export(kind: RecordKind, chosen: Chosen, fields: readonly string[]): Promise<ServedFile> {
    return this.client.file(`${kind.api}:export`, { ...named(kind, chosen), fields: fields.join(",") });
  }

  async operation(id: string, signal?: AbortSignal): Promise<Operation> {
    return decodeOperation(await this.client.get(at("/api/v1/operations", id), {}, signal));
  }

  async undoOperation(id: string): Promise<Operation> {
    return decodeOperation(await this.client.post(`${at("/api/v1/operations", id)}:undo`, {}));
  }

  async operationResults(id: string): Promise<OperationResult[]> {
    const raw = await this.client.get(`${at("/api/v1/operations", id)}/results`, { page_size: 100 });
    return decodeListOperationResultsResponse(raw).results;
  }

  /** The names of records of any kinds, at most 200. */
  async resolve(ids: readonly string[]): Promise<ResolvedRecord[]> {
    return decodeResolveResponse(await this.client.post("/api/v1/records:resolve", { ids })).records;
  }

  /** What the member may do with a record. */
  async actions(id: string): Promise<string[]> {
    return decodePermissionsResponse(await this.client.get(`${at("/api/v1/records", id)}/permissions`)).actions;
  }

  /** The first records of each kind that match these words, and which services did not answer. */
  async search(text: string, signal?: AbortSignal): Promise<SearchRecordsResponse> {
    return decodeSearchRecordsResponse(await this.client.get("/api/v1/search", { q: text }, signal));
  }

  private postOnce(path: string, body: unknown): Promise<unknown> {
    return this.client.post(path, body, { idempotencyKey: newIdempotencyKey() });
  }
}

/** The query of a page of a list, as far as the kind's API supports it. */
export function listQuery(
  kind: Pick<RecordKind, "lacks" | "parts">,
  search: ListSearch,
  fields: readonly string[],
  from: ListPlace,
) {
  const query: Query = {
    filter: search.filter,
    query: search.query,
    order_by: search.orderBy,
    page_size: "token" in from && from.token === "" ? (from.first ?? firstPageSize) : pageSize,
    page_token: "token" in from ? from.token : "",
    from_end: "end" in from ? "true" : "",
    fields: fieldMask(kind, fields),
  };
  return Object.fromEntries(Object.entries(query).filter(([name]) => !kind.lacks.has(name as ApiPart)));
}

/** The services that did not answer for a list whose records they decide on. */
function gapsOf(answer: Readonly<Record<string, unknown>>): string[] {
  return json.list(answer["gaps"], json.text);
}

/** The names of fields as a list is asked for them. */
function fieldMask({ parts }: Pick<RecordKind, "parts">, fields: readonly string[]): string {
  return fields.flatMap((name) => parts[name] ?? name).join(",");
}

/** The chosen records, if one call can name them. */
function named(kind: RecordKind, chosen: Chosen): Chosen {
  if (!("ids" in chosen) || chosen.ids.length <= mostChosen) return chosen;
  throw new Refusal(words.mostChosen(mostChosen, kind));
}

export function at(collection: string, id: string): string {
  return `${collection}/${encodeURIComponent(id)}`;
}

function withoutNulls(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
