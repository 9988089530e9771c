import type { Page } from "./types";

interface Source<T> {
  load: (token: string) => Promise<Page<T>>;
  /** Loaded, and not returned yet. */
  rows: T[];
  /** Null once there are no more pages. */
  next: string | null;
}

/** Several lists in the same order as one list, page by page. */
export class MergedPages<T> {
  private readonly sources: readonly Source<T>[];

  /**
   * @param loads - the pages of each list
   * @param precedes - whether one comes before another
   */
  constructor(
    loads: readonly ((token: string) => Promise<Page<T>>)[],
    private readonly precedes: (one: T, other: T) => boolean,
  ) {
    this.sources = loads.map((load) => ({ load, rows: [], next: "" }));
  }

  /** The next rows: as many as can be ordered. After a failure the same ones. */
  async more(): Promise<Page<T>> {
    await Promise.all(this.sources.map(refill));
    const rows: T[] = [];
    for (let first = this.first(); first !== null; first = this.first()) {
      rows.push(...first.rows.splice(0, 1));
    }
    const isAtEnd = this.sources.every((source) => source.rows.length === 0 && source.next === null);
    return { rows, next: isAtEnd ? "" : "more" };
  }

  /** The list whose first row comes next; null if more must be loaded first. */
  private first(): Source<T> | null {
    let first: Source<T> | null = null;
    for (const source of this.sources) {
      const [row] = source.rows;
      if (row === undefined) {
        if (source.next !== null) return null;
        continue;
      }
      const [before] = first?.rows ?? [];
      if (before === undefined || this.precedes(row, before)) first = source;
    }
    return first;
  }
}

/** Loads until there is a row, or no page is left. */
async function refill<T>(source: Source<T>): Promise<void> {
  while (source.rows.length === 0 && source.next !== null) {
    const page = await source.load(source.next);
    source.rows = page.rows;
    source.next = page.next === "" ? null : page.next;
  }
}
