import type { ApiClient } from "./client";
import { isOneOf } from "./cel";
import * as json from "./json";
import { at } from "./recordApi";

/** A list with a name. */
export interface SavedView {
  id: string;
  etag: string;
  object: string;
  name: string;
  /** What the list's address says after "?". */
  address: string;
  /** Whether everybody in the workspace has it. */
  shared: boolean;
  owner_id: string;
}

const path = "/api/v1/saved-views";

export class SavedViews {
  constructor(private readonly client: ApiClient) {}

  /** One's own views of a kind of record, and the shared ones. */
  async list(object: string, signal?: AbortSignal): Promise<SavedView[]> {
    const query = { filter: isOneOf("object", [object]), page_size: 1000 };
    const raw = await this.client.get(path, query, signal);
    return json.list(json.object(raw)["saved_views"], readView);
  }

  async create(values: Partial<SavedView>, idempotencyKey: string): Promise<SavedView> {
    return readView(await this.client.post(path, values, { idempotencyKey }));
  }

  async update(view: SavedView, values: Partial<SavedView>): Promise<SavedView> {
    const body = { ...values, etag: view.etag };
    const mask = Object.keys(values).join(",");
    return readView(await this.client.patch(at(path, view.id), body, { update_mask: mask }));
  }

  async delete(view: SavedView): Promise<void> {
    await this.client.delete(at(path, view.id));
  }

  async undelete(view: SavedView): Promise<SavedView> {
    return readView(await this.client.post(`${at(path, view.id)}:undelete`, {}));
  }
}

function readView(raw: unknown): SavedView {
  const from = json.object(raw);
  return {
    id: json.text(from["id"]),
    etag: json.text(from["etag"]),
    object: json.text(from["object"]),
    name: json.text(from["name"]),
    address: json.text(from["address"]),
    shared: json.flag(from["shared"]),
    owner_id: json.text(from["owner_id"]),
  };
}
