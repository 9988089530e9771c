import type { RecordApi } from "./recordApi";
import type { Rec, RecordKind } from "./recordKind";

/**
 * Marks a record, as it is at present, as no duplicate of its originals ("skipped"), or puts that
 * question back ("none").
 */
export async function resolveDuplicate(
  records: RecordApi,
  kind: RecordKind,
  id: string,
  status: "none" | "skipped",
): Promise<Rec> {
  const { etag } = await records.get(kind, id);
  return records.update(kind, id, etag, { duplicate_resolution_status: status });
}
