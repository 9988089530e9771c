import type { HistoryEntry } from "./api.generated";

/** A change of one field: "" means no value. */
export interface FieldMoment {
  time: string;
  from: string;
  to: string;
}

/** How many pages of a history are searched. */
const mostPages = 5;

/**
 * The changes of one field of a record, newest first, as far back as some pages of its history go.
 *
 * @param page - requests the page of a token; "" for the first
 * @param most - the most changes to return
 */
export async function fieldHistory(
  page: (token: string) => Promise<{ entries: readonly HistoryEntry[]; next: string }>,
  field: string,
  most: number,
): Promise<readonly FieldMoment[]> {
  const found: FieldMoment[] = [];
  let token = "";
  for (let count = 0; count < mostPages; count += 1) {
    const { entries, next } = await page(token);
    for (const { time, changes } of entries) {
      const change = changes.find((each) => each.field === field);
      if (change !== undefined) found.push({ time, from: change.old, to: change.new });
    }
    if (next === "" || found.length >= most) break;
    token = next;
  }
  return found.slice(0, most);
}
