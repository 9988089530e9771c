/** Something that was done and can be taken back. */
export interface Undoable {
  id: number;
  /** What was done, in a few words: "Status changed to Contacted". */
  label: string;
  /** The id of the record it was done to. */
  about: string;
  /** @returns what to say of it, where that is more than that it was taken back */
  undo: () => Promise<string | void>;
}

/** The last things done on this page, newest last. */
export class UndoStack {
  private entries: readonly Undoable[] = [];
  private nextId = 1;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly limit = 20) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly latest = (): Undoable | null => this.entries[this.entries.length - 1] ?? null;

  push(label: string, undo: Undoable["undo"], about = ""): Undoable {
    const entry = { id: this.nextId, label, about, undo };
    this.nextId += 1;
    this.set([...this.entries, entry].slice(-this.limit));
    return entry;
  }

  /**
   * Takes back the newest entry, or the one named; one that fails is gone all the same.
   *
   * @returns what was taken back, and what there is to say of it; null where there was nothing
   */
  async undo(id?: number): Promise<{ label: string; says: string } | null> {
    const entry = id === undefined ? this.latest() : this.entries.find((each) => each.id === id);
    if (entry === null || entry === undefined) return null;
    this.set(this.entries.filter((each) => each.id !== entry.id));
    const says = (await entry.undo()) ?? "";
    return { label: entry.label, says };
  }

  /** Drops what can no longer be taken back because its record is gone. */
  forget(about: string): void {
    this.set(this.entries.filter((each) => each.about !== about));
  }

  clear(): void {
    this.set([]);
  }

  private set(entries: readonly Undoable[]): void {
    this.entries = entries;
    for (const listener of this.listeners) listener();
  }
}
