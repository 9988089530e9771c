import type { RecordKind } from "../core/recordKind";
import type { RecordList } from "../core/recordList";

/** A board needs as many lists as it has columns. */
const limit = 30;

/** The last lists that were shown, with all that they have loaded, for when the member returns to them. */
export class ListMemory {
  private readonly lists = new Map<string, RecordList>();

  /** The list of a search, as it was left; a new one is made by `make`. */
  list(key: string, make: () => RecordList): RecordList {
    const list = this.lists.get(key) ?? make();
    this.lists.delete(key);
    this.lists.set(key, list);
    for (const oldest of this.lists.keys()) {
      if (this.lists.size <= limit) break;
      this.lists.delete(oldest);
    }
    return list;
  }

  private readonly left = new WeakMap<RecordList, number>();

  /** Notes how much news there was about a list's records when it was last on screen. */
  leave(list: RecordList, count: number): void {
    this.left.set(list, count);
  }

  /** What was noted when a list was left; null for a new one. */
  leftAt(list: RecordList): number | null {
    return this.left.get(list) ?? null;
  }

  private readonly lasts = new Map<string, { address: string; list: RecordList }>();

  /** Notes where a kind's list was last looked at. */
  looked(kind: RecordKind, address: string, list: RecordList): void {
    this.lasts.set(kind.object, { address, list });
  }

  /** The list of a kind that was looked at last. */
  last(kind: RecordKind): RecordList | null {
    return this.lasts.get(kind.object)?.list ?? null;
  }

  /** The address of that list, with its words and filters. */
  lastAddress(kind: RecordKind): string {
    return this.lasts.get(kind.object)?.address ?? kind.address;
  }

  clear(): void {
    for (const list of this.lists.values()) list.close();
    this.lists.clear();
    this.lasts.clear();
  }
}
