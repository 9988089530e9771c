import type { RecordPage } from "./recordApi";

export type PageLoader = (
  from: { token: string } | { end: true },
  signal: AbortSignal,
) => Promise<RecordPage>;

/** What there is to show. A new object after every change. */
export interface RecordListView {
  /** Rows to make room for: those known, and some for those that are not. */
  room: number;
  /** How many rows came before the first one, all told, since the list began: what was at a row is at `row + shift` now. */
  shift: number;
  total: number;
  more: boolean;
  state: "loading" | "ready" | "failed";
  error: unknown;
  /** Whether the list has changed since, further up than is loaded again by itself. */
  isStale: boolean;
  version: number;
}

/** Rows that stand for those that are not known yet. */
const unknownRoom = 100;

/**
 * The ids of a list, page by page as they come into sight: from its beginning, or from its end after one
 * jumped there. The records themselves are in the store.
 */
export class RecordList {
  private ids: string[] = [];
  private next = "";
  private previous = "";
  private isLoaded = false;
  private wanted = { first: 0, end: 1 };
  private working = false;
  private readonly listeners = new Set<() => void>();
  private abort = new AbortController();
  private current: RecordListView = {
    room: 0,
    shift: 0,
    total: 0,
    more: false,
    state: "loading",
    error: null,
    isStale: false,
    version: 0,
  };

  constructor(private readonly load: PageLoader) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly view = (): RecordListView => this.current;

  /** The id at a row; undefined where it is not known yet. */
  id(row: number): string | undefined {
    return this.ids[row - this.head];
  }

  row(id: string): number {
    const place = this.ids.indexOf(id);
    return place < 0 ? -1 : place + this.head;
  }

  get known(): readonly string[] {
    return this.ids;
  }

  /** The rows that are known: from the first up to, not including, the end. */
  get range(): { first: number; end: number } {
    return { first: this.head, end: this.head + this.ids.length };
  }

  /** The records that are wanted now and known. */
  get inSight(): readonly string[] {
    const { first, end } = this.wanted;
    return this.ids.slice(Math.max(0, first - this.head), Math.max(0, end - this.head));
  }

  /** Whether all rows are known. */
  get isWhole(): boolean {
    return this.isLoaded && this.next === "" && this.previous === "";
  }

  /** Loads what is needed to show these rows. */
  want(first: number, end: number): void {
    this.wanted = { first, end };
    if (this.current.state !== "failed") void this.work();
  }

  retry(): void {
    this.publish({ state: this.isLoaded ? "ready" : "loading", error: null });
    void this.work();
  }

  /** Ends what is under way; the list is not used again. */
  close(): void {
    this.abort.abort();
    this.listeners.clear();
  }

  /** Begins again at the end of the list, in one request; at the beginning for "start". */
  async jump(to: "start" | "end"): Promise<void> {
    this.begin();
    const { signal } = this.abort;
    try {
      const page = await this.load(to === "end" ? { end: true } : { token: "" }, signal);
      if (signal.aborted) return;
      this.ids = page.ids;
      this.next = to === "end" ? "" : page.next;
      this.previous = to === "end" ? page.previous : "";
      this.isLoaded = true;
      this.publish({ state: "ready", total: page.total, more: page.more, isStale: false, error: null });
    } catch (error) {
      if (!signal.aborted) this.publish({ error, state: "failed" });
    }
  }

  /** Asks again for what is in sight, and for what is above it; the rows stay until it is there. */
  async refresh(): Promise<void> {
    if (!this.isLoaded) return;
    if (this.previous !== "") return this.jump("end");
    this.begin();
    const { signal } = this.abort;
    const ids: string[] = [];
    try {
      let token = "";
      let page: RecordPage;
      do {
        page = await this.load({ token }, signal);
        if (signal.aborted) return;
        ids.push(...page.ids);
        token = page.next;
      } while (token !== "" && ids.length < this.wanted.end);
      this.ids = ids;
      this.next = token;
      this.publish({ state: "ready", total: page.total, more: page.more, isStale: false, error: null });
    } catch (error) {
      // What is shown stays; it is only not the newest.
      if (!signal.aborted) this.publish({ isStale: true });
    }
  }

  /** Says that the list has changed: near its beginning it is asked for again, further down it is only marked. */
  changed(): void {
    const isNear = this.previous === "" && this.wanted.end <= 3 * unknownRoom;
    if (isNear) void this.refresh();
    else if (!this.current.isStale) this.publish({ isStale: true });
  }

  /** Takes a record out that is no longer to be seen. */
  drop(id: string): void {
    const place = this.ids.indexOf(id);
    if (place < 0) return;
    this.ids = this.ids.filter((each) => each !== id);
    const { total, more } = this.current;
    this.publish({ total: more ? total : Math.max(0, total - 1) });
  }

  /** Puts a record in that has come here by what was done on this page. */
  insert(id: string, before: string | null): void {
    const others = this.ids.filter((each) => each !== id);
    const place = before === null ? others.length : others.indexOf(before);
    others.splice(place < 0 ? others.length : place, 0, id);
    const grown = others.length - this.ids.length;
    this.ids = others;
    const { total, more } = this.current;
    this.publish({ total: more ? total : total + grown });
  }

  private get head(): number {
    return this.previous === "" ? 0 : unknownRoom;
  }

  private begin(): void {
    this.abort.abort();
    this.abort = new AbortController();
    this.working = false;
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    const { signal } = this.abort;
    try {
      while (!signal.aborted && (await this.step(signal)));
    } catch (error) {
      if (!signal.aborted) this.publish({ state: "failed", error });
    } finally {
      if (signal === this.abort.signal) this.working = false;
    }
  }

  /** Loads one page; false when there is none to load. */
  private async step(signal: AbortSignal): Promise<boolean> {
    const { first, end } = this.wanted;
    if (!this.isLoaded || (this.next !== "" && end > this.range.end)) {
      const page = await this.load({ token: this.next }, signal);
      if (signal.aborted) return false;
      const isFirst = !this.isLoaded;
      this.ids = [...this.ids, ...page.ids.filter((id) => isFirst || !this.ids.includes(id))];
      this.next = page.next;
      this.isLoaded = true;
      this.publish({ state: "ready", ...(isFirst ? { total: page.total, more: page.more } : {}) });
      return true;
    }
    if (this.previous !== "" && first < this.head) {
      const page = await this.load({ token: this.previous }, signal);
      if (signal.aborted) return false;
      const head = this.head;
      this.ids = [...page.ids, ...this.ids];
      this.previous = page.previous;
      const moved = page.ids.length + this.head - head;
      this.wanted = { first: first + moved, end: end + moved };
      this.publish({ shift: this.current.shift + moved });
      return true;
    }
    return false;
  }

  private publish(change: Partial<RecordListView>): void {
    const next = { ...this.current, ...change, version: this.current.version + 1 };
    const { end } = this.range;
    const known = this.head + this.ids.length;
    const isEnded = this.next === "";
    if (isEnded && this.previous === "") {
      next.total = this.isLoaded ? this.ids.length : next.total;
      next.more = this.isLoaded ? false : next.more;
    }
    next.room = isEnded ? known : Math.max(next.total, end + unknownRoom);
    this.current = next;
    for (const listener of this.listeners) listener();
  }
}
