import { decodeListSavedViewsResponse, decodeSavedView, type SavedView } from "./api.generated";
import type { ApiClient } from "./client";
import { isOneOf } from "./cel";
import { at } from "./recordApi";

const path = "/api/v1/saved-views";

/** Named lists: each has the part of a list's address after "?". */
export class SavedViews {
  constructor(private readonly client: ApiClient) {}

  /** The member's own views of a kind of record, and the shared ones. */
  async list(object: string, signal?: AbortSignal): Promise<SavedView[]> {
    const query = { filter: isOneOf("object", [object]), page_size: 1000 };
    const raw = await this.client.get(path, query, signal);
    return decodeListSavedViewsResponse(raw).saved_views;
  }

  async create(values: Partial<SavedView>, idempotencyKey: string): Promise<SavedView> {
    return decodeSavedView(await this.client.post(path, values, { idempotencyKey }));
  }

  async update(view: SavedView, values: Partial<SavedView>): Promise<SavedView> {
    const body = { ...values, etag: view.etag };
    const mask = Object.keys(values).join(",");
    return decodeSavedView(await this.client.patch(at(path, view.id), body, { update_mask: mask }));
  }

  async delete(view: SavedView): Promise<void> {
    await this.client.delete(at(path, view.id));
  }

  async undelete(view: SavedView): Promise<SavedView> {
    return decodeSavedView(await this.client.post(`${at(path, view.id)}:undelete`, {}));
  }
}
