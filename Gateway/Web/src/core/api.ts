import { type ApiClient, newIdempotencyKey, type Query } from "./client";
import * as decode from "./decode";
import { keep, kept } from "./kept";
import { ApiError } from "./problem";
import type {
  Import,
  Lead,
  LeadSource,
  LeadStatus,
  MappingSuggestion,
  Member,
  Page,
  RefusedRow,
  Rescoring,
  ScoringRule,
  Session,
} from "./types";

/** What a list of leads is asked with. */
export interface LeadSearch {
  /** In CEL; "" for all. */
  filter: string;
  query: string;
  orderBy: string;
}

/** Every call this page makes. */
export class Api {
  constructor(readonly client: ApiClient) {}

  async session(): Promise<Session> {
    try {
      const session = decode.session(await this.client.get("/api/v1/auth:session"));
      this.client.csrfToken = session.csrf_token;
      keep(signedIn, "yes");
      return session;
    } catch (error) {
      if (error instanceof ApiError && error.problem.status === 401) keep(signedIn, null);
      throw error;
    }
  }

  async signIn(email: string, password: string): Promise<Session> {
    await this.client.post("/api/v1/auth:login", { email, password });
    return this.session();
  }

  /** Keeps the session from ending while the page stands open. */
  async renew(): Promise<void> {
    await this.client.post("/api/v1/auth:renew", {});
  }

  async signOut(): Promise<void> {
    await this.client.post("/api/v1/auth:logout", {});
  }

  /** Asks already for what the lead list will ask for first. */
  prefetchLeadList(search: LeadSearch): void {
    this.client.prefetch("/api/v1/leads", leadQuery(search, ""));
    for (const path of ["/api/v1/members", "/api/v1/lead-statuses", "/api/v1/lead-sources"]) {
      this.client.prefetch(path, allAtOnce);
    }
  }

  async leads(search: LeadSearch, pageToken: string, signal?: AbortSignal): Promise<Page<Lead>> {
    const raw = await this.client.get<RawLeadPage>(
      "/api/v1/leads",
      leadQuery(search, pageToken),
      signal,
    );
    return {
      rows: (raw.leads ?? []).map(decode.lead),
      next: raw.next_page_token ?? "",
      total: raw.total_size ?? 0,
      more: raw.more_than_total_size ?? false,
    };
  }

  async lead(id: string, signal?: AbortSignal): Promise<Lead> {
    return decode.lead(await this.client.get(at("/api/v1/leads", id), {}, signal));
  }

  async createLead(values: Partial<Lead>, idempotencyKey: string): Promise<Lead> {
    return decode.lead(await this.client.post("/api/v1/leads", values, { idempotencyKey }));
  }

  /** Changes just these fields, if the lead is still at `etag`. A null value clears the field. */
  async updateLead(id: string, etag: string, values: Partial<Lead>): Promise<Lead> {
    const mask = Object.keys(values).join(",");
    const body = { ...withoutNulls(values), etag };
    const path = at("/api/v1/leads", id);
    return decode.lead(await this.client.patch(path, body, { update_mask: mask }));
  }

  async deleteLead(id: string, etag: string): Promise<void> {
    await this.client.delete(at("/api/v1/leads", id), { etag });
  }

  async members(): Promise<Member[]> {
    const raw = await this.client.get<{ members?: Member[] }>("/api/v1/members", allAtOnce);
    return (raw.members ?? []).map(decode.member);
  }

  async createMember(values: Partial<Member>, password: string): Promise<Member> {
    return decode.member(
      await this.client.post(
        "/api/v1/members",
        { member: values, password },
        { idempotencyKey: newIdempotencyKey() },
      ),
    );
  }

  async updateMember(id: string, etag: string, values: Partial<Member>): Promise<Member> {
    const mask = Object.keys(values).join(",");
    const body = { ...withoutNulls(values), etag };
    const path = at("/api/v1/members", id);
    return decode.member(await this.client.patch(path, body, { update_mask: mask }));
  }

  async deactivateMember(id: string): Promise<Member> {
    return decode.member(await this.client.post(`${at("/api/v1/members", id)}:deactivate`, {}));
  }

  async leadStatuses(): Promise<LeadStatus[]> {
    type Raw = { lead_statuses?: LeadStatus[] };
    const raw = await this.client.get<Raw>("/api/v1/lead-statuses", allAtOnce);
    return (raw.lead_statuses ?? []).map(decode.leadStatus);
  }

  async createLeadStatus(displayName: string): Promise<LeadStatus> {
    return decode.leadStatus(
      await this.client.post(
        "/api/v1/lead-statuses",
        { display_name: displayName },
        { idempotencyKey: newIdempotencyKey() },
      ),
    );
  }

  async leadSources(): Promise<LeadSource[]> {
    type Raw = { lead_sources?: LeadSource[] };
    const raw = await this.client.get<Raw>("/api/v1/lead-sources", allAtOnce);
    return (raw.lead_sources ?? []).map(decode.leadSource);
  }

  async scoringRules(): Promise<ScoringRule[]> {
    type Raw = { scoring_rules?: ScoringRule[] };
    const raw = await this.client.get<Raw>("/api/v1/scoring-rules", allAtOnce);
    return (raw.scoring_rules ?? []).map(decode.scoringRule);
  }

  async createScoringRule(values: Partial<ScoringRule>, key: string): Promise<ScoringRule> {
    return decode.scoringRule(
      await this.client.post("/api/v1/scoring-rules", values, { idempotencyKey: key }),
    );
  }

  async updateScoringRule(
    id: string,
    etag: string,
    values: Partial<ScoringRule>,
  ): Promise<ScoringRule> {
    const mask = Object.keys(values).join(",");
    const path = at("/api/v1/scoring-rules", id);
    return decode.scoringRule(
      await this.client.patch(path, { ...values, etag }, { update_mask: mask }),
    );
  }

  async deleteScoringRule(id: string, etag: string): Promise<void> {
    await this.client.delete(at("/api/v1/scoring-rules", id), { etag });
  }

  async rescoring(signal?: AbortSignal): Promise<Rescoring> {
    return decode.rescoring(await this.client.get("/api/v1/rescoring", {}, signal));
  }

  async suggestMapping(columns: string[], signal?: AbortSignal): Promise<MappingSuggestion> {
    return decode.mappingSuggestion(
      await this.client.post("/api/v1/imports:suggestMapping", { columns }, { signal }),
    );
  }

  async createImport(values: Partial<Import>, idempotencyKey: string): Promise<Import> {
    return decode.importOf(await this.client.post("/api/v1/imports", values, { idempotencyKey }));
  }

  /** `content` is base64, `sha256` hexadecimal. */
  async appendImportContent(
    id: string,
    offset: number,
    content: string,
    sha256: string,
    signal?: AbortSignal,
  ): Promise<Import> {
    return decode.importOf(
      await this.client.post(
        `${at("/api/v1/imports", id)}:append`,
        { offset: String(offset), content, sha256 },
        { signal },
      ),
    );
  }

  async startImport(id: string, sizeBytes: number): Promise<Import> {
    return decode.importOf(
      await this.client.post(`${at("/api/v1/imports", id)}:start`, {
        size_bytes: String(sizeBytes),
      }),
    );
  }

  async cancelImport(id: string): Promise<Import> {
    return decode.importOf(await this.client.post(`${at("/api/v1/imports", id)}:cancel`, {}));
  }

  async importOf(id: string, signal?: AbortSignal): Promise<Import> {
    return decode.importOf(await this.client.get(at("/api/v1/imports", id), {}, signal));
  }

  async imports(pageToken: string): Promise<Page<Import>> {
    type Raw = { imports?: Import[]; next_page_token?: string };
    const raw = await this.client.get<Raw>("/api/v1/imports", {
      page_size: 50,
      page_token: pageToken,
    });
    return { rows: (raw.imports ?? []).map(decode.importOf), next: raw.next_page_token ?? "" };
  }

  async refusedRows(id: string, pageToken: string): Promise<Page<RefusedRow>> {
    type Raw = { refused_rows?: RefusedRow[]; next_page_token?: string };
    const raw = await this.client.get<Raw>(`${at("/api/v1/imports", id)}/refused-rows`, {
      page_size: 100,
      page_token: pageToken,
    });
    return {
      rows: (raw.refused_rows ?? []).map(decode.refusedRow),
      next: raw.next_page_token ?? "",
    };
  }

  /** Whether somebody was signed in here last, so that asking ahead is likely of use. */
  get wasSignedIn(): boolean {
    return kept(signedIn) !== null;
  }
}

interface RawLeadPage {
  leads?: Partial<Lead>[];
  next_page_token?: string;
  total_size?: number;
  more_than_total_size?: boolean;
}

const signedIn = "signedIn";
const allAtOnce = { page_size: 1000 };

function leadQuery(search: LeadSearch, pageToken: string): Query {
  return {
    filter: search.filter,
    query: search.query,
    order_by: search.orderBy,
    page_size: 100,
    page_token: pageToken,
  };
}

function at(collection: string, id: string): string {
  return `${collection}/${encodeURIComponent(id)}`;
}

function withoutNulls(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
