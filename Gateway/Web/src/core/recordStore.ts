import type { Rec, RecordKind } from "./recordKind";

/** What became of records of a kind, for the lists that hold them. */
export type RecordNews =
  | { is: "changed"; id: string; fields: ReadonlySet<string> | null }
  | { is: "created"; id: string }
  /** Deleted, or out of one's sight. */
  | { is: "gone"; id: string }
  /** More changes than are told one by one. */
  | { is: "many" };

interface Entry {
  kind: RecordKind;
  /** As the server last said. */
  record: Rec;
  /** Whether every field is known, and not only those that a list asked for. */
  isWhole: boolean;
  /** What was typed here and is on its way. */
  pending: Readonly<Record<string, unknown>>;
  /** The record with what is pending. */
  shown: Rec;
  /** An answer to a question from before this turn is older than the record. */
  turn: number;
}

type Listener = () => void;

/**
 * Every record that this page knows, by id. All answers go in here, and whatever is on screen is read from
 * here, so that one record is never shown in two states.
 */
export class RecordStore {
  private readonly entries = new Map<string, Entry>();
  private readonly watchers = new Map<string, Set<Listener>>();
  private readonly news = new Map<string, Set<(news: RecordNews) => void>>();
  private turn = 0;

  /** @param limit - how many records nobody looks at are kept */
  constructor(private readonly limit = 5000) {}

  /** Marks the moment in which something is asked; `take` tells by it which of two answers is newer. */
  ask(): number {
    this.turn += 1;
    return this.turn;
  }

  get(id: string): Rec | undefined {
    return this.entries.get(id)?.shown;
  }

  /** The record as the server last said, without what is on its way there. */
  saved(id: string): Rec | undefined {
    return this.entries.get(id)?.record;
  }

  kind(id: string): RecordKind | undefined {
    return this.entries.get(id)?.kind;
  }

  isWhole(id: string): boolean {
    return this.entries.get(id)?.isWhole ?? false;
  }

  isWatched(id: string): boolean {
    return this.watchers.has(id);
  }

  /** The ids of a kind's records that are on screen. */
  watched(kind: RecordKind): string[] {
    return [...this.watchers.keys()].filter((id) => this.entries.get(id)?.kind.object === kind.object);
  }

  watch(id: string, listener: Listener): () => void {
    const listeners = this.watchers.get(id) ?? new Set();
    this.watchers.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.watchers.get(id) === listeners) this.watchers.delete(id);
    };
  }

  /** Hears what becomes of the records of a kind. */
  listen(object: string, listener: (news: RecordNews) => void): () => void {
    const listeners = this.news.get(object) ?? new Set();
    this.news.set(object, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /**
   * Takes an answer.
   *
   * @param fields - those that were asked for; null when the records are whole
   * @param asked - the moment of the question, of `ask`
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

  /** Takes the answer to a change that was made here: nothing asked before it is newer. */
  takeWritten(kind: RecordKind, record: Rec, is: "changed" | "created"): void {
    const before = this.entries.get(record.id);
    this.takeOne(kind, record, null, this.ask());
    const entry = this.entries.get(record.id);
    if (entry !== undefined) entry.turn = this.ask();
    if (is === "created") this.tell(kind.object, { is, id: record.id });
    else this.tell(kind.object, { is, id: record.id, fields: changed(before?.record, record) });
  }

  private takeOne(
    kind: RecordKind,
    record: Rec,
    fields: readonly string[] | null,
    asked: number,
  ): void {
    const before = this.entries.get(record.id);
    if (before !== undefined && asked < before.turn) return;
    const known = fields === null ? record : picked(record, fields);
    const isSame = before !== undefined && before.record.etag === record.etag;
    const entry: Entry = {
      kind,
      record: before === undefined ? known : { ...before.record, ...known },
      isWhole: fields === null || (isSame && before.isWhole),
      pending: before?.pending ?? {},
      shown: known,
      turn: before === undefined ? asked : Math.max(asked, before.turn),
    };
    entry.shown = { ...entry.record, ...entry.pending };
    this.entries.delete(record.id);
    this.entries.set(record.id, entry);
    if (before !== undefined && sameRecord(before.shown, entry.shown)) {
      entry.shown = before.shown;
      if (before.isWhole === entry.isWhole) return;
    }
    this.wake(record.id);
  }

  /** Shows values that are on their way to the server. */
  patch(id: string, values: Readonly<Record<string, unknown>>): void {
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    entry.pending = { ...entry.pending, ...values };
    entry.shown = { ...entry.record, ...entry.pending };
    this.wake(id);
  }

  /** Ends the showing of values that have arrived or were refused. */
  settle(id: string, names: readonly string[]): void {
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    const pending = { ...entry.pending };
    for (const name of names) delete pending[name];
    entry.pending = pending;
    entry.shown = { ...entry.record, ...pending };
    this.wake(id);
  }

  /** Forgets a record that was deleted or is no longer to be seen. */
  remove(object: string, id: string): void {
    this.entries.delete(id);
    this.wake(id);
    this.tell(object, { is: "gone", id });
  }

  tell(object: string, news: RecordNews): void {
    for (const listener of [...(this.news.get(object) ?? [])]) listener(news);
  }

  clear(): void {
    const ids = [...this.entries.keys()];
    this.entries.clear();
    for (const id of ids) this.wake(id);
  }

  private wake(id: string): void {
    for (const listener of [...(this.watchers.get(id) ?? [])]) listener();
  }

  /** Drops the records that were taken longest ago and that nobody looks at. */
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
