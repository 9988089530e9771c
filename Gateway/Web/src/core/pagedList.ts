import type { Page } from "./types";

export type PageLoader<T> = (token: string, signal: AbortSignal) => Promise<Page<T>>;

interface LoadedPage<T> {
  token: string;
  first: number;
  count: number;
  /** Null when the page was put aside to save memory; its token brings it back. */
  rows: T[] | null;
}

/** What there is to show. A new object after every change. */
export interface PagedListView {
  /** Rows to make room for: those known, and a few more while others follow. */
  roomFor: number;
  total: number;
  more: boolean;
  state: "loading" | "ready" | "failed";
  error: unknown;
  version: number;
}

/**
 * A list that is loaded by page tokens as it comes into sight. Pages are learnt in order, since only
 * a page knows the next one's token; the rows of pages long out of sight are let go.
 */
export class PagedList<T extends { id: string }> {
  private readonly pages: LoadedPage<T>[] = [];
  private next: string | null = "";
  private wanted = { first: 0, end: 1 };
  private readonly listeners = new Set<() => void>();
  private readonly abort = new AbortController();
  private working = false;
  private current: PagedListView = {
    roomFor: 0,
    total: 0,
    more: false,
    state: "loading",
    error: null,
    version: 0,
  };

  /**
   * @param load - fetches the page of a token
   * @param keep - how many pages' rows to hold
   */
  constructor(
    private readonly load: PageLoader<T>,
    private readonly keep = 12,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly view = (): PagedListView => this.current;

  row(index: number): T | undefined {
    const page = this.pages.find((each) => index >= each.first && index < each.first + each.count);
    return page?.rows?.[index - page.first];
  }

  /** How many rows are known, whether or not they are held. */
  get known(): number {
    const last = this.pages[this.pages.length - 1];
    return last === undefined ? 0 : last.first + last.count;
  }

  /** Loads what is needed to show these rows. */
  want(first: number, end: number): void {
    this.wanted = { first, end };
    if (this.current.state !== "failed") void this.work();
  }

  retry(): void {
    this.publish({ state: this.pages.length === 0 ? "loading" : "ready", error: null });
    void this.work();
  }

  /** Ends what is under way; the list is not used again. */
  close(): void {
    this.abort.abort();
    this.listeners.clear();
  }

  holds(id: string): boolean {
    return this.pages.some((page) => page.rows?.some((row) => row.id === id) ?? false);
  }

  /** Puts a changed row in the place of its old self, if that is held. */
  replace(row: T): void {
    for (const page of this.pages) {
      if (!page.rows?.some((each) => each.id === row.id)) continue;
      page.rows = page.rows.map((each) => (each.id === row.id ? row : each));
      this.publish({});
    }
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      for (let page = this.missing(); page !== null; page = this.missing()) await this.fill(page);
    } catch (error) {
      if (!this.abort.signal.aborted) this.publish({ state: "failed", error });
    } finally {
      this.working = false;
    }
  }

  /** The page to load now: one in sight that was put aside, or the next unknown one. */
  private missing(): LoadedPage<T> | null {
    if (this.abort.signal.aborted) return null;
    const { first, end } = this.wanted;
    const aside = this.pages.find(
      (page) => page.rows === null && page.first < end && page.first + page.count > first,
    );
    if (aside !== undefined) return aside;
    if (this.next === null || end <= this.known - 1) return null;
    return { token: this.next, first: this.known, count: 0, rows: null };
  }

  private async fill(page: LoadedPage<T>): Promise<void> {
    const answer = await this.load(page.token, this.abort.signal);
    if (this.abort.signal.aborted) return;
    const isNew = !this.pages.includes(page);
    page.rows = isNew ? answer.rows : answer.rows.slice(0, page.count);
    if (isNew) {
      page.count = answer.rows.length;
      this.pages.push(page);
      this.next = answer.next === "" ? null : answer.next;
    }
    this.letGo();
    const total = isNew ? (answer.total ?? this.known) : this.current.total;
    const more = isNew ? (answer.more ?? this.next !== null) : this.current.more;
    this.publish({ state: "ready", total, more, roomFor: this.room(total) });
  }

  private letGo(): void {
    const held = this.pages.filter((page) => page.rows !== null);
    const middle = (this.wanted.first + this.wanted.end) / 2;
    const distance = (page: LoadedPage<T>) => Math.abs(page.first + page.count / 2 - middle);
    held.sort((a, b) => distance(a) - distance(b));
    for (const page of held.slice(this.keep)) page.rows = null;
  }

  private room(total: number): number {
    if (this.next === null) return this.known;
    return Math.max(total, this.known + 100);
  }

  private publish(change: Partial<PagedListView>): void {
    this.current = { ...this.current, ...change, version: this.current.version + 1 };
    for (const listener of this.listeners) listener();
  }
}
