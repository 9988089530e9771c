import type { RecordPage } from "./recordApi";

export type PageLoader = (
  from: { token: string } | { end: true },
  signal: AbortSignal,
) => Promise<RecordPage>;

/** What there is to show. A new object after every change. */
export interface RecordListView {
  /** Rows to make room for: the known ones, and some for unknown ones. */
  room: number;
  /** How many rows were inserted above since the list began: what was at a row is now at `row + shift`. */
  shift: number;
  /** The row to show after a jump; another object for each. */
  landing: { row: number } | null;
  total: number;
  more: boolean;
  /** The services that did not answer when it was requested. */
  gaps: readonly string[];
  state: "loading" | "ready" | "failed";
  error: unknown;
  /** Whether the list has changed since, above the part that is reloaded automatically. */
  isStale: boolean;
  version: number;
}

/** Rows of room for those that are not known yet. */
const unknownRoom = 100;

/**
 * The ids of a list, page by page as they come into sight: from its beginning, or from its end after a
 * jump there. The records themselves are in the store.
 */
export class RecordList {
  private ids: readonly string[] = [];
  private next = "";
  private previous = "";
  private isLoaded = false;
  private wanted = { first: 0, end: 1 };
  private doing: "nothing" | "paging" | "jumping" | "refreshing" = "nothing";
  /** Whether the list has changed since the running request was sent. */
  private isOvertaken = false;
  /** The services that did not answer for a page. */
  private missing: readonly string[] = [];
  /** How many callers need the rows to stay where they are. */
  private holds = 0;
  private readonly droppedLater = new Set<string>();
  private readonly awaitingRelease: (() => void)[] = [];
  /** What failed, to repeat it. */
  private failed: (() => void) | null = null;
  private readonly listeners = new Set<() => void>();
  private abort = new AbortController();
  private current: RecordListView = {
    room: 0,
    shift: 0,
    landing: null,
    total: 0,
    more: false,
    gaps: [],
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

  /** The id at a row; undefined if unknown so far. */
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

  /** The known rows: from the first up to, not including, the end. */
  get range(): { first: number; end: number } {
    return { first: this.head, end: this.head + this.ids.length };
  }

  /** The known records among the wanted rows. */
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

  /** Loads what is needed to show these rows too. */
  wantToo(first: number, end: number): void {
    this.want(Math.min(first, this.wanted.first), Math.max(end, this.wanted.end));
  }

  /** Repeats what failed. */
  retry(): void {
    const again = this.failed ?? (() => void this.work());
    this.failed = null;
    this.publish({ state: this.isLoaded ? "ready" : "loading", error: null });
    again();
  }

  /** Ends running requests; the list is not used again. */
  close(): void {
    this.abort.abort();
    this.listeners.clear();
  }

  /**
   * Keeps the rows in place while one of them is edited or moved. Changes in the meantime are applied once
   * the last caller releases them.
   */
  hold(): () => void {
    this.holds += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.holds -= 1;
      if (this.holds > 0) return;
      for (const id of [...this.droppedLater]) this.drop(id);
      for (const goOn of this.awaitingRelease.splice(0)) goOn();
      this.catchUp();
    };
  }

  /** Waits until no caller needs the rows to stay where they are. */
  private released(): Promise<void> {
    if (this.holds === 0) return Promise.resolve();
    return new Promise((resolve) => this.awaitingRelease.push(resolve));
  }

  /** Begins again at the end of the list, in one request; at the beginning for "start". */
  async jump(to: "start" | "end"): Promise<void> {
    const signal = this.begin("jumping");
    try {
      const page = await this.page(to === "end" ? { end: true } : { token: "" }, signal);
      await this.released();
      if (signal.aborted) return;
      this.ids = unique(page.ids);
      this.next = to === "end" ? "" : page.next;
      this.previous = to === "end" ? page.previous : "";
      this.isLoaded = true;
      const { first, end } = this.range;
      const row = to === "end" ? Math.max(first, end - 1) : 0;
      this.wanted = { first: row, end: row + 1 };
      const { total, more } = page;
      this.publish({ state: "ready", landing: { row }, total, more, isStale: false, error: null });
    } catch (error) {
      this.fail(signal, error, () => void this.jump(to));
    } finally {
      this.end(signal);
    }
  }

  /** Requests what is in sight and what is before it again; the rows stay until the response arrives. */
  async refresh(): Promise<void> {
    if (!this.isLoaded || this.doing === "jumping" || this.doing === "refreshing") {
      this.isOvertaken = true;
      return;
    }
    const signal = this.begin("refreshing");
    try {
      const found = await (this.previous === "" ? this.fromStart(signal) : this.fromEnd(signal));
      if (found === null) return;
      if (this.holds > 0) {
        // The request was running when somebody began to edit or move a row.
        this.isOvertaken = true;
        return;
      }
      const shift = this.replaced(found);
      const { total, more } = found;
      this.publish({ state: "ready", shift, total, more, isStale: false, error: null });
    } catch (error) {
      // What is shown stays; it just is not the newest.
      if (!signal.aborted) this.publish({ isStale: true });
    } finally {
      this.end(signal);
    }
  }

  /** Pages from the beginning to the last wanted row; null if aborted. */
  private async fromStart(signal: AbortSignal): Promise<RecordPage | null> {
    const ids = new Set<string>();
    let next = "";
    let page: RecordPage;
    do {
      page = await this.page({ token: next }, signal);
      if (signal.aborted) return null;
      for (const id of page.ids) ids.add(id);
      next = after(next, page.next);
    } while (next !== "" && ids.size < this.wanted.end);
    return { ...page, ids: [...ids], next, previous: "" };
  }

  /** Pages from the end back to the first wanted row; null if aborted. */
  private async fromEnd(signal: AbortSignal): Promise<RecordPage | null> {
    const last = await this.page({ end: true }, signal);
    let ids = unique(last.ids);
    let { previous } = last;
    while (!signal.aborted && previous !== "" && ids.length < this.range.end - this.wanted.first) {
      const page = await this.page({ token: previous }, signal);
      ids = unique([...page.ids, ...ids]);
      previous = after(previous, page.previous);
    }
    return signal.aborted ? null : { ...last, ids: [...ids], next: "", previous };
  }

  /** Tells that the list has changed: near its beginning it is requested again, further down it is only marked. */
  changed(): void {
    if (this.holds > 0 || this.doing === "jumping" || this.doing === "refreshing") {
      this.isOvertaken = true;
      return;
    }
    const isNear = this.previous === "" && this.wanted.end <= 3 * unknownRoom;
    if (isNear) void this.refresh();
    else if (!this.current.isStale) this.publish({ isStale: true });
  }

  /** Removes a record that the member can no longer see. */
  drop(id: string): void {
    if (this.holds > 0) this.droppedLater.add(id);
    else this.remove(id);
  }

  /** Removes a record that an action on this page moved elsewhere: at once, even while rows are held. */
  remove(id: string): void {
    this.droppedLater.delete(id);
    const place = this.ids.indexOf(id);
    if (place < 0) return;
    const isAbove = place + this.head < this.wanted.first;
    this.ids = this.ids.filter((each) => each !== id);
    const { total, more, shift } = this.current;
    this.publish({ total: more ? total : Math.max(0, total - 1), shift: shift + this.moved(isAbove ? -1 : 0) });
  }

  /** Inserts a record that an action on this page has moved here. */
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

  /** Replaces the known ids; what is in sight stays there, unless it is the beginning. */
  private replaced(found: Pick<RecordPage, "ids" | "next" | "previous">): number {
    const { first } = this.wanted;
    const anchor = first > 0 ? this.id(first) : undefined;
    this.ids = found.ids;
    this.next = found.next;
    this.previous = found.previous;
    const row = anchor === undefined ? -1 : this.row(anchor);
    return this.current.shift + this.moved(row < 0 ? 0 : row - first);
  }

  /** Notes that the wanted rows are now so many rows further down. */
  private moved(rows: number): number {
    this.wanted = { first: this.wanted.first + rows, end: this.wanted.end + rows };
    return rows;
  }

  private begin(doing: "jumping" | "refreshing"): AbortSignal {
    this.abort.abort();
    this.abort = new AbortController();
    this.doing = doing;
    this.isOvertaken = false;
    this.failed = null;
    this.missing = [];
    return this.abort.signal;
  }

  private async page(from: Parameters<PageLoader>[0], signal: AbortSignal): Promise<RecordPage> {
    const page = await this.load(from, signal);
    if (!signal.aborted && page.gaps !== undefined) this.missing = unique([...this.missing, ...page.gaps]);
    return page;
  }

  /** Continues with what else is wanted, unless something else has begun. */
  private end(signal: AbortSignal): void {
    if (signal !== this.abort.signal || signal.aborted) return;
    this.doing = "nothing";
    this.catchUp();
    if (this.current.state !== "failed") void this.work();
  }

  private catchUp(): void {
    if (!this.isOvertaken || this.current.state === "failed") return;
    this.isOvertaken = false;
    this.changed();
  }

  private fail(signal: AbortSignal, error: unknown, again: () => void): void {
    if (signal.aborted) return;
    this.failed = again;
    this.publish({ error, state: "failed" });
  }

  private async work(): Promise<void> {
    if (this.doing !== "nothing" || !this.isNeeded()) return;
    this.doing = "paging";
    const { signal } = this.abort;
    try {
      while (!signal.aborted && this.isNeeded()) await this.step(signal);
    } catch (error) {
      this.fail(signal, error, () => void this.work());
    } finally {
      this.end(signal);
    }
  }

  private isNeeded(): boolean {
    return !this.isLoaded || this.needsNext() || this.needsPrevious();
  }

  private needsNext(): boolean {
    return this.next !== "" && this.wanted.end > this.range.end;
  }

  private needsPrevious(): boolean {
    return this.previous !== "" && this.wanted.first < this.head;
  }

  /** Loads one page; rows that moved here from a known page stay where they are. */
  private async step(signal: AbortSignal): Promise<void> {
    const isNext = !this.isLoaded || this.needsNext();
    const token = isNext ? this.next : this.previous;
    const page = await this.page({ token }, signal);
    if (signal.aborted) return;
    const known = new Set(this.ids);
    const found = unique(page.ids).filter((id) => !known.has(id));
    if (isNext) {
      const isFirst = !this.isLoaded;
      this.ids = [...this.ids, ...found];
      this.next = after(token, page.next);
      this.isLoaded = true;
      this.publish({ state: "ready", ...(isFirst ? { total: page.total, more: page.more } : {}) });
      return;
    }
    const { head } = this;
    this.ids = [...found, ...this.ids];
    this.previous = after(token, page.previous);
    this.publish({ shift: this.current.shift + this.moved(found.length + this.head - head) });
  }

  private publish(change: Partial<RecordListView>): void {
    const next = { ...this.current, ...change, gaps: this.missing, version: this.current.version + 1 };
    const { end } = this.range;
    if (this.isWhole) {
      next.total = this.ids.length;
      next.more = false;
    } else if (next.total < this.ids.length) {
      // Not every API counts: there are as many as are known, and more.
      next.total = this.ids.length;
      next.more = true;
    }
    const unknown = next.more ? unknownRoom : 1;
    next.room = this.next === "" && this.isLoaded ? end : Math.max(next.total, end + unknown);
    this.current = next;
    for (const listener of [...this.listeners]) listener();
  }
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}

/** The token of the page after one; "" also if it would lead to the same page again. */
function after(token: string, next: string): string {
  return next === token ? "" : next;
}
