import type { Rec, RecordKind } from "./recordKind";

/** What happened to records of a kind, for the lists that have them. */
export type RecordNews =
  | { is: "changed"; id: string; fields: ReadonlySet<string> | null }
  | { is: "created"; id: string }
  /** Deleted, or no longer visible to the member. */
  | { is: "gone"; id: string }
  /** Too many changes to report one by one. */
  | { is: "many" };

interface Entry {
  kind: RecordKind;
  /** As the server last returned it. */
  record: Rec;
  /** Whether every field is known, and not only those of a list. */
  isWhole: boolean;
  /** Fields that are known from before the record's last change. */
  stale: ReadonlySet<string>;
  /** Values that were entered here and are being sent. */
  pending: Readonly<Record<string, unknown>>;
  /** The record with what is pending. */
  shown: Rec;
  /** A response to a request from before this turn is older than the record. */
  turn: number;
  /** The etag that the last change made here replaced: a response with it is older. */
  replaced: string;
}

/** What is known of a change when it is sent. */
export interface SentChange {
  /** The time, from `ask`. */
  asked: number;
  /** The etag that the record had. */
  etag: string;
}

const none: ReadonlySet<string> = new Set();
/** How many removed records are remembered, so that late responses do not bring them back. */
const mostGone = 2000;
const mostNews = 100;

type Listener = () => void;

/**
 * Every record that this page knows, by id. All responses go in here, and everything on screen is read from
 * here, so that one record is never shown in two states.
 */
export class RecordStore {
  private readonly entries = new Map<string, Entry>();
  private readonly watchers = new Map<string, Set<Listener>>();
  private readonly news = new Map<string, Set<(news: RecordNews) => void>>();
  /** The latest news of each kind of record. */
  private readonly told = new Map<string, { count: number; last: RecordNews[] }>();
  /** When records were removed. */
  private readonly gone = new Map<string, number>();
  private turn = 0;

  /** @param limit - how many records that nobody looks at are kept */
  constructor(private readonly limit = 5000) {}

  /** Marks the time of a request; by it, `take` tells which of two responses is newer. */
  ask(): number {
    this.turn += 1;
    return this.turn;
  }

  get(id: string): Rec | undefined {
    return this.entries.get(id)?.shown;
  }

  /** The record as the server last returned it, without values that are being sent. */
  saved(id: string): Rec | undefined {
    return this.entries.get(id)?.record;
  }

  kind(id: string): RecordKind | undefined {
    return this.entries.get(id)?.kind;
  }

  isWhole(id: string): boolean {
    return this.entries.get(id)?.isWhole ?? false;
  }

  /** Whether a part of a record, or one of its fields, is from before its last change. */
  isStale(id: string, field?: string): boolean {
    const stale = this.entries.get(id)?.stale ?? none;
    return field === undefined ? stale.size > 0 : stale.has(field);
  }

  /** Whether one of these fields of a record is unknown or outdated. */
  lacks(id: string, fields: readonly string[]): boolean {
    const entry = this.entries.get(id);
    return entry === undefined || fields.some((name) => !(name in entry.record) || entry.stale.has(name));
  }

  isWatched(id: string): boolean {
    return this.watchers.has(id);
  }

  /** The ids of a kind's records that are on screen. */
  watched(kind: RecordKind): string[] {
    return [...this.watchers.keys()].filter((id) => this.entries.get(id)?.kind.object === kind.object);
  }

  /** The kind of the records of this name that are on screen. */
  kindOn(object: string): RecordKind | undefined {
    const kinds = [...this.watchers.keys()].map((id) => this.kind(id));
    return kinds.find((kind) => kind?.object === object);
  }

  watch(id: string, listener: Listener): () => void {
    const listeners = this.watchers.get(id) ?? new Set();
    this.watchers.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.watchers.get(id) === listeners) this.watchers.delete(id);
    };
  }

  /** Listens to what happens to the records of a kind. */
  listen(object: string, listener: (news: RecordNews) => void): () => void {
    const listeners = this.news.get(object) ?? new Set();
    this.news.set(object, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** The kinds whose records somebody listens to, or that are known. */
  heard(): ReadonlySet<string> {
    const listened = [...this.news].filter(([, listeners]) => listeners.size > 0).map(([object]) => object);
    const known = [...this.entries.values()].map(({ kind }) => kind.object);
    return new Set([...listened, ...known, ...this.told.keys()]);
  }

  /** The number of news items about a kind's records, for `newsSince`. */
  newsCount(object: string): number {
    return this.told.get(object)?.count ?? 0;
  }

  /** The news of a kind's records after a count; null if more than is remembered. */
  newsSince(object: string, count: number): readonly RecordNews[] | null {
    const { count: now, last } = this.told.get(object) ?? { count: 0, last: [] };
    const missed = now - count;
    return missed > last.length ? null : last.slice(last.length - missed);
  }

  /**
   * Takes over a response.
   *
   * @param fields - the requested fields; null if the records are whole
   * @param asked - the time of the request, from `ask`
   */
  take(
    kind: RecordKind,
    records: readonly Rec[],
    fields: readonly string[] | null,
    asked: number,
  ): void {
    for (const record of records) this.takeOne(kind, record, fields, asked);
    this.letGo();
  }

  /**
   * Takes over the response to a change that was made here.
   *
   * @param sent - for a change of a record with a known etag: it tells which responses are older
   */
  takeWritten(kind: RecordKind, record: Rec, is: "changed" | "created", sent?: SentChange): void {
    const before = this.entries.get(record.id);
    const isGone = sent !== undefined && (this.gone.get(record.id) ?? 0) > sent.asked;
    if (!isGone && !isOvertaken(before, record, sent)) {
      this.gone.delete(record.id);
      this.takeOne(kind, record, null, this.ask());
      const entry = this.entries.get(record.id);
      if (entry !== undefined) {
        entry.turn = sent?.asked ?? this.ask();
        entry.replaced = sent?.etag ?? "";
      }
    }
    if (is === "created") this.tell(kind.object, { is, id: record.id });
    else this.tell(kind.object, { is, id: record.id, fields: changed(before?.record, record) });
  }

  private takeOne(
    kind: RecordKind,
    record: Rec,
    fields: readonly string[] | null,
    asked: number,
  ): void {
    if ((this.gone.get(record.id) ?? 0) > asked) return;
    this.gone.delete(record.id);
    const before = this.entries.get(record.id);
    if (before !== undefined && isReplaced(before, record)) return;
    const given = fields === null ? record : picked(record, fields);
    const isLate = before !== undefined && asked < before.turn;
    if (isLate && before.record.etag !== record.etag) return;
    // A late response may still have fields that are unknown, of the same version of the record.
    const known = isLate ? unknownOf(before, given) : given;
    const entry: Entry = {
      kind,
      record: before === undefined ? known : { ...before.record, ...known },
      isWhole: fields === null || (before?.isWhole ?? false),
      stale: before === undefined ? none : staleAfter(before, known),
      pending: before?.pending ?? {},
      shown: known,
      turn: before === undefined ? asked : Math.max(asked, before.turn),
      replaced: before?.replaced ?? "",
    };
    entry.shown = { ...entry.record, ...entry.pending };
    this.entries.delete(record.id);
    this.entries.set(record.id, entry);
    if (before !== undefined && sameRecord(before.shown, entry.shown)) {
      entry.shown = before.shown;
      if (before.isWhole === entry.isWhole && before.stale.size === entry.stale.size) return;
    }
    this.wake(record.id);
  }

  /** Shows values that are being sent to the server. */
  patch(id: string, values: Readonly<Record<string, unknown>>): void {
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    entry.pending = { ...entry.pending, ...values };
    entry.shown = { ...entry.record, ...entry.pending };
    this.wake(id);
  }

  /** Stops showing values that were saved or refused; a newer one that is being sent stays. */
  settle(id: string, values: Readonly<Record<string, unknown>>): void {
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    const pending = { ...entry.pending };
    for (const [name, value] of Object.entries(values)) {
      if (pending[name] === value) delete pending[name];
    }
    entry.pending = pending;
    entry.shown = { ...entry.record, ...pending };
    this.wake(id);
  }

  /** Forgets a record that was deleted or is no longer visible. */
  remove(object: string, id: string): void {
    this.entries.delete(id);
    this.gone.delete(id);
    this.gone.set(id, this.ask());
    for (const oldest of this.gone.keys()) {
      if (this.gone.size <= mostGone) break;
      this.gone.delete(oldest);
    }
    this.wake(id);
    this.tell(object, { is: "gone", id });
  }

  /** Removes those of these records that a response lacks, unless something newer is known of them. */
  removeUnfound(object: string, ids: readonly string[], found: ReadonlySet<string>, asked: number): void {
    for (const id of ids) {
      const isNewer = (this.entries.get(id)?.turn ?? 0) > asked;
      if (!found.has(id) && !isNewer) this.remove(object, id);
    }
  }

  tell(object: string, news: RecordNews): void {
    const { count, last } = this.told.get(object) ?? { count: 0, last: [] };
    this.told.set(object, { count: count + 1, last: [...last, news].slice(-mostNews) });
    for (const listener of [...(this.news.get(object) ?? [])]) listener(news);
  }

  private wake(id: string): void {
    for (const listener of [...(this.watchers.get(id) ?? [])]) listener();
  }

  /** Drops the oldest records that nobody looks at. */
  private letGo(): void {
    if (this.entries.size <= this.limit * 1.1) return;
    for (const [id, entry] of this.entries) {
      if (this.entries.size <= this.limit) return;
      const isIdle = Object.keys(entry.pending).length === 0;
      if (isIdle && !this.watchers.has(id)) this.entries.delete(id);
    }
  }
}

function picked(record: Rec, fields: readonly string[]): Rec {
  const known: Record<string, unknown> = { id: record.id, etag: record.etag };
  for (const name of fields) known[name] = record[name];
  return known as Rec;
}

/** Whether a response is from before the last change that was made here. */
function isReplaced(before: Entry, record: Rec): boolean {
  return before.replaced !== "" && record.etag === before.replaced && record.etag !== before.record.etag;
}

/**
 * Whether a change by somebody else, made after one from here, became known before the response to the latter:
 * what is known is from after it was sent, and is neither what it changed nor its result.
 */
function isOvertaken(before: Entry | undefined, record: Rec, sent: SentChange | undefined): boolean {
  if (before === undefined || sent === undefined || before.turn <= sent.asked) return false;
  return before.record.etag !== sent.etag && before.record.etag !== record.etag;
}

function unknownOf(before: Entry, given: Rec): Rec {
  const isUnknown = (name: string) => !(name in before.record) || before.stale.has(name);
  return Object.fromEntries(Object.entries(given).filter(([name]) => isUnknown(name))) as Rec;
}

/** The fields that are from before a record's last change, after more of it has become known. */
function staleAfter(before: Entry, known: Rec): ReadonlySet<string> {
  const isSame = !("etag" in known) || known.etag === before.record.etag;
  const suspects = isSame ? before.stale : Object.keys(before.record);
  const stale = new Set([...suspects].filter((name) => !(name in known)));
  return stale.size === 0 ? none : stale;
}

function sameRecord(a: Rec, b: Rec): boolean {
  const names = Object.keys(b);
  return (
    names.length === Object.keys(a).length &&
    names.every((name) => a[name] === b[name] || JSON.stringify(a[name]) === JSON.stringify(b[name]))
  );
}

function changed(before: Rec | undefined, after: Rec): ReadonlySet<string> | null {
  if (before === undefined) return null;
  return new Set(
    Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])),
  );
}
