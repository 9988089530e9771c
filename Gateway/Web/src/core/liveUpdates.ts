import type { LiveEvent } from "./eventStream";
import { mostIds, type RecordApi } from "./recordApi";
import type { RecordKind } from "./recordKind";

/** How long events are collected before the changed records are requested. */
const pause = 20;

/** A page that has been open for longer may have missed anything, even if it has heard nothing yet. */
const openingTime = 10_000;

/** What following others' changes needs from this page. */
export interface LivePage {
  kinds: () => Iterable<RecordKind>;
  /** Requests the session again. */
  sessionChanged: () => void;
  /** Something else than listed records changed: a status was renamed, a member joined. */
  otherChanged: (object: string) => void;
}

/**
 * Keeps what is on screen current: events say which records changed, and those in sight are requested
 * again, many in one call.
 */
export class LiveUpdates {
  private readonly waiting = new Map<string, Set<string>>();
  private readonly opened: number;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private hasBegun = false;

  constructor(
    private readonly api: RecordApi,
    private readonly page: LivePage,
    private readonly now: () => number = Date.now,
  ) {
    this.opened = now();
  }

  take(event: LiveEvent): void {
    switch (event.is) {
      case "hello":
        this.begin(event.resumed);
        break;
      case "reset":
        this.all();
        break;
      case "session":
        this.page.sessionChanged();
        break;
      case "many":
        this.many(event.object);
        break;
      case "change":
        this.changed(event);
    }
  }

  /**
   * Handles a new connection. If it is the first of a page that was just opened, all that can be missing is what
   * came between its first requests and now: open records and lists, but not every row of them.
   */
  private begin(resumed: boolean): void {
    const isFirst = !this.hasBegun && this.now() - this.opened < openingTime;
    this.hasBegun = true;
    if (resumed) return;
    if (!isFirst) return this.all();
    const { store } = this.api;
    this.page.otherChanged("");
    for (const kind of this.page.kinds()) {
      for (const id of store.watched(kind)) if (store.isWhole(id)) this.want(kind.object, id);
    }
    for (const object of store.heard()) store.tell(object, { is: "many" });
  }

  /** Requests again everything on screen, and the member's permissions: what was missed is unknown. */
  all(): void {
    this.page.sessionChanged();
    for (const object of this.api.store.heard()) this.many(object);
    this.page.otherChanged("");
  }

  /** Stops all requests. */
  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.waiting.clear();
  }

  /** The kind of records; one that only some screens load is known by the records of it on screen. */
  private kind(object: string): RecordKind | undefined {
    for (const kind of this.page.kinds()) if (kind.object === object) return kind;
    return this.api.store.kindOn(object);
  }

  private many(object: string): void {
    const kind = this.kind(object);
    const { store } = this.api;
    this.page.otherChanged(object);
    if (kind !== undefined) for (const id of store.watched(kind)) this.want(object, id);
    store.tell(object, { is: "many" });
  }

  private changed(event: Extract<LiveEvent, { is: "change" }>): void {
    const { object, id, action, etag } = event;
    const { store } = this.api;
    this.page.otherChanged(object);
    if (action === "gone" || action === "delete") {
      store.remove(object, id);
      return;
    }
    const known = store.saved(id);
    // An edit changes the etag, which tells whether it is known already; derived fields do not change it.
    const isEdit = event.fields.some((name) => store.kind(id)?.fields.get(name)?.readOnly !== true);
    if (known?.etag === etag && isEdit && !store.isStale(id)) return;
    if (known === undefined || action === "create" || action === "undelete") {
      store.tell(object, { is: "created", id });
    } else {
      // An event without an etag does not say which fields changed.
      store.tell(object, { is: "changed", id, fields: etag === "" ? null : new Set(event.fields) });
    }
    if (store.isWatched(id)) this.want(object, id);
  }

  private want(object: string, id: string): void {
    const ids = this.waiting.get(object) ?? new Set();
    this.waiting.set(object, ids.add(id));
    if (this.timer === null) this.timer = setTimeout(() => this.ask(), pause);
  }

  private ask(): void {
    this.timer = null;
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const [object, ids] of waiting) {
      const kind = this.kind(object);
      if (kind === undefined) continue;
      const { store } = this.api;
      const isListed = (id: string) => store.saved(id) !== undefined && !store.isWhole(id);
      const whole = [...ids].filter((id) => !isListed(id));
      const listed = [...ids].filter(isListed);
      for (const some of parts(whole)) void this.refresh(kind, some, null);
      for (const some of parts(listed)) void this.refresh(kind, some, this.known(some));
    }
  }

  /** Everything that is known of any of these records. */
  private known(ids: readonly string[]): string[] {
    return [...new Set(ids.flatMap((id) => Object.keys(this.api.store.saved(id) ?? {})))];
  }

  private async refresh(
    kind: RecordKind,
    ids: readonly string[],
    fields: readonly string[] | null,
  ): Promise<void> {
    try {
      await this.api.refresh(kind, ids, fields);
    } catch {
      // What cannot be requested now comes with the next event, or when the stream begins again.
    }
  }
}

function parts(ids: readonly string[]): string[][] {
  const all: string[][] = [];
  for (let start = 0; start < ids.length; start += mostIds) all.push(ids.slice(start, start + mostIds));
  return all;
}
