import { isOneOf } from "./cel";
import { type ApiClient, newIdempotencyKey, type Query } from "./client";
import {
  decodeAggregateResponse,
  decodeImport,
  decodeLead,
  decodeLeadStatus,
  decodeListImportsResponse,
  decodeListLeadSourcesResponse,
  decodeListLeadStatusesResponse,
  decodeListLeadsResponse,
  decodeListMembersResponse,
  decodeListRefusedRowsResponse,
  decodeListScoringRulesResponse,
  decodeMember,
  decodeRescoring,
  decodeScoringRule,
  decodeSuggestMappingResponse,
} from "./api.generated";
import { keep, kept } from "./kept";
import { ApiError } from "./problem";
import { sessionOf } from "./session";
import {
  type Import,
  type Lead,
  type LeadSource,
  type LeadStatus,
  type ListedLead,
  asListed,
  listedFields,
  type MappingSuggestion,
  type Member,
  type Page,
  type RefusedRow,
  type Rescoring,
  type ScoringRule,
  type Session,
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
      const session = sessionOf(await this.client.get("/api/v1/auth:session"));
      this.client.csrfToken = session.csrf_token;
      keep(signedIn, `${session.member.id} ${session.member.role}`);
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

  async leads(
    search: LeadSearch,
    pageToken: string,
    signal?: AbortSignal,
  ): Promise<Page<ListedLead>> {
    const page = decodeListLeadsResponse(
      await this.client.get("/api/v1/leads", leadQuery(search, pageToken), signal),
    );
    return {
      rows: page.leads.map(asListed),
      next: page.next_page_token,
      total: page.total_size,
      more: page.more_than_total_size,
    };
  }

  async lead(id: string, signal?: AbortSignal): Promise<Lead> {
    return decodeLead(await this.client.get(at("/api/v1/leads", id), {}, signal));
  }

  async createLead(values: Partial<Lead>, idempotencyKey: string): Promise<Lead> {
    return decodeLead(await this.client.post("/api/v1/leads", values, { idempotencyKey }));
  }

  /** Changes just these fields, if the lead is still at `etag`. A null value clears the field. */
  async updateLead(id: string, etag: string, values: Partial<Lead>): Promise<Lead> {
    const mask = Object.keys(values).join(",");
    const body = { ...withoutNulls(values), etag };
    const path = at("/api/v1/leads", id);
    return decodeLead(await this.client.patch(path, body, { update_mask: mask }));
  }

  /** Whatever state it is in: it can be brought back for 30 days. */
  async deleteLead(id: string): Promise<void> {
    await this.client.delete(at("/api/v1/leads", id));
  }

  async undeleteLead(id: string): Promise<Lead> {
    return decodeLead(await this.client.post(`${at("/api/v1/leads", id)}:undelete`, {}));
  }

  /** The owners of the leads one may see. */
  async leadOwners(signal?: AbortSignal): Promise<string[]> {
    const raw = await this.client.get("/api/v1/leads:aggregate", { group_by: "owner_id" }, signal);
    return decodeAggregateResponse(raw).groups.map((group) => group.keys[0] ?? "");
  }

  /** How many of the leads that one may see a member owns. */
  async ownedLeads(member: string): Promise<number> {
    const query = { group_by: "owner_id", filter: isOneOf("owner_id", [member]) };
    const raw = await this.client.get("/api/v1/leads:aggregate", query);
    return Number(decodeAggregateResponse(raw).groups[0]?.count ?? 0);
  }

  async members(): Promise<Member[]> {
    return decodeListMembersResponse(await this.client.get("/api/v1/members", allAtOnce)).members;
  }

  async createMember(values: Partial<Member>, password: string): Promise<Member> {
    return decodeMember(
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
    return decodeMember(await this.client.patch(path, body, { update_mask: mask }));
  }

  async deactivateMember(id: string): Promise<Member> {
    return decodeMember(await this.client.post(`${at("/api/v1/members", id)}:deactivate`, {}));
  }

  async reactivateMember(id: string): Promise<Member> {
    return decodeMember(await this.client.post(`${at("/api/v1/members", id)}:reactivate`, {}));
  }

  async leadStatuses(): Promise<LeadStatus[]> {
    const raw = await this.client.get("/api/v1/lead-statuses", allAtOnce);
    return decodeListLeadStatusesResponse(raw).lead_statuses;
  }

  async createLeadStatus(displayName: string): Promise<LeadStatus> {
    return decodeLeadStatus(
      await this.client.post(
        "/api/v1/lead-statuses",
        { display_name: displayName },
        { idempotencyKey: newIdempotencyKey() },
      ),
    );
  }

  async leadSources(): Promise<LeadSource[]> {
    const raw = await this.client.get("/api/v1/lead-sources", allAtOnce);
    return decodeListLeadSourcesResponse(raw).lead_sources;
  }

  async scoringRules(): Promise<ScoringRule[]> {
    const raw = await this.client.get("/api/v1/scoring-rules", allAtOnce);
    return decodeListScoringRulesResponse(raw).scoring_rules;
  }

  async createScoringRule(values: Partial<ScoringRule>, key: string): Promise<ScoringRule> {
    return decodeScoringRule(
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
    return decodeScoringRule(
      await this.client.patch(path, { ...values, etag }, { update_mask: mask }),
    );
  }

  async deleteScoringRule(id: string, etag: string): Promise<void> {
    await this.client.delete(at("/api/v1/scoring-rules", id), { etag });
  }

  async rescoring(signal?: AbortSignal): Promise<Rescoring> {
    return decodeRescoring(await this.client.get("/api/v1/rescoring", {}, signal));
  }

  async suggestMapping(columns: string[], signal?: AbortSignal): Promise<MappingSuggestion> {
    return decodeSuggestMappingResponse(
      await this.client.post("/api/v1/imports:suggestMapping", { columns }, { signal }),
    );
  }

  async createImport(values: Partial<Import>, idempotencyKey: string): Promise<Import> {
    return decodeImport(await this.client.post("/api/v1/imports", values, { idempotencyKey }));
  }

  /** `content` is base64, `sha256` hexadecimal. */
  async appendImportContent(
    id: string,
    offset: number,
    content: string,
    sha256: string,
    signal?: AbortSignal,
  ): Promise<Import> {
    return decodeImport(
      await this.client.post(
        `${at("/api/v1/imports", id)}:append`,
        { offset: String(offset), content, sha256 },
        { signal },
      ),
    );
  }

  async startImport(id: string, sizeBytes: number): Promise<Import> {
    return decodeImport(
      await this.client.post(`${at("/api/v1/imports", id)}:start`, {
        size_bytes: String(sizeBytes),
      }),
    );
  }

  async cancelImport(id: string): Promise<Import> {
    return decodeImport(await this.client.post(`${at("/api/v1/imports", id)}:cancel`, {}));
  }

  async importOf(id: string, signal?: AbortSignal): Promise<Import> {
    return decodeImport(await this.client.get(at("/api/v1/imports", id), {}, signal));
  }

  async imports(pageToken: string): Promise<Page<Import>> {
    const page = decodeListImportsResponse(
      await this.client.get("/api/v1/imports", { page_size: 50, page_token: pageToken }),
    );
    return { rows: page.imports, next: page.next_page_token };
  }

  async refusedRows(id: string, pageToken: string): Promise<Page<RefusedRow>> {
    const page = decodeListRefusedRowsResponse(
      await this.client.get(`${at("/api/v1/imports", id)}/refused-rows`, {
        page_size: 100,
        page_token: pageToken,
      }),
    );
    return { rows: page.refused_rows, next: page.next_page_token };
  }

  /** Who was signed in here last, so that asking ahead is likely of use; else null. */
  get lastMember(): { id: string; role: string } | null {
    const [id, role] = (kept(signedIn) ?? "").split(" ");
    return id && role ? { id, role } : null;
  }
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
    fields: listedFields.join(","),
  };
}

function at(collection: string, id: string): string {
  return `${collection}/${encodeURIComponent(id)}`;
}

function withoutNulls(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
