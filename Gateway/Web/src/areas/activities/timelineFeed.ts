import { isAbort } from "../../core/client";
import { continued, refreshed, type Told } from "./timeline";

/** Loads a page: `token` is "" for the first one. */
export type LoadPage = (token: string, size: number, signal: AbortSignal) => Promise<Told>;

export interface FeedView {
  /** Null until the first page has come. */
  told: Told | null;
  /** Why the last request failed; null if it did not. */
  error: unknown;
  /** Whether more is being loaded. */
  isLoading: boolean;
}

const step = 20;
/** The most entries of a page. */
const most = 200;
/** How many pages are requested in a row while they are nearly empty, as those of a narrow choice are. */
const tries = 5;
const enough = 10;

/** A timeline, page by page, whose beginning is requested again whenever it may have changed. */
export class TimelineFeed {
  private told: Told | null = null;
  private shown: FeedView = { told: null, error: null, isLoading: false };
  private readonly abort = new AbortController();
  private readonly listeners = new Set<() => void>();
  /** One request after the other. */
  private last: Promise<void> = Promise.resolve();
  private isRefreshAwaited = false;

  constructor(
    private readonly record: string,
    private readonly load: LoadPage,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly view = (): FeedView => this.shown;

  /** Whether an entry about another record is shown. */
  hasEntryOf(id: string): boolean {
    return this.told?.entries.some((entry) => entry.record_id === id) ?? false;
  }

  /** Requests what is shown again, as far as one page has room for it; the first page at the beginning. */
  refresh(): Promise<void> {
    if (this.isRefreshAwaited) return this.last;
    this.isRefreshAwaited = true;
    return this.next(async () => {
      this.isRefreshAwaited = false;
      const { told } = this;
      const page = await this.pages("", Math.min(most, Math.max(step, told?.entries.length ?? 0)));
      this.told = told === null ? page : refreshed(told, page, this.record);
    });
  }

  more(): Promise<void> {
    if (this.shown.isLoading) return this.last;
    this.publish({ isLoading: true });
    return this.next(async () => {
      const { told } = this;
      if (told === null || told.next === "") return;
      this.told = continued(told, await this.pages(told.next, step), this.record);
    });
  }

  close(): void {
    this.abort.abort();
  }

  private next(work: () => Promise<void>): Promise<void> {
    this.last = this.last.then(async () => {
      try {
        await work();
        this.publish({ told: this.told, error: null, isLoading: false });
      } catch (error) {
        if (!isAbort(error)) this.publish({ error, isLoading: false });
      }
    });
    return this.last;
  }

  /** A page with some entries, if there are any. */
  private async pages(token: string, size: number): Promise<Told> {
    const { signal } = this.abort;
    let told = await this.load(token, size, signal);
    for (let count = 1; count < tries && told.next !== "" && told.entries.length < enough; count += 1) {
      told = continued(told, await this.load(told.next, size, signal), this.record);
    }
    return told;
  }

  private publish(change: Partial<FeedView>): void {
    if (this.abort.signal.aborted) return;
    this.shown = { ...this.shown, ...change };
    for (const listener of [...this.listeners]) listener();
  }
}
