import { ApiError } from "./problem";
import type { RecordApi } from "./recordApi";
import type { Rec, RecordKind } from "./recordKind";

/** A link of a record, with its details: a contact and its role. */
export type Link = Readonly<Record<string, unknown>>;

/** The links of a record in a field. */
export function linksIn(record: Rec, field: string): readonly Link[] {
  const value = record[field];
  return Array.isArray(value) ? (value as Link[]) : [];
}

/** The links with one more, or with other details of an existing one. */
export function withLink(links: readonly Link[], id: string, link: Link): readonly Link[] {
  const isThere = links.some((each) => each[id] === link[id]);
  return isThere ? links.map((each) => (each[id] === link[id] ? link : each)) : [...links, link];
}

export function withoutLink(links: readonly Link[], id: string, gone: unknown): readonly Link[] {
  return links.filter((each) => each[id] !== gone);
}

const attempts = 5;

/** Changes the present links of a record: those that others made meanwhile stay. */
export async function changeLinks(
  records: RecordApi,
  kind: RecordKind,
  id: string,
  field: string,
  change: (links: readonly Link[]) => readonly Link[],
): Promise<Rec> {
  for (let attempt = 1; ; attempt += 1) {
    const present = await records.get(kind, id);
    try {
      return await records.update(kind, id, present.etag, { [field]: change(linksIn(present, field)) });
    } catch (failure) {
      if (!(failure instanceof ApiError && failure.isStale) || attempt === attempts) throw failure;
    }
  }
}
