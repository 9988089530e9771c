/** An action that can be undone. */
export interface Undoable {
  id: number;
  /** What was done, in a few words: "Status changed to Contacted". */
  label: string;
  /** The id of the changed record. */
  about: string;
  /** @returns a message, if there is more to say than that it was undone */
  undo: () => Promise<string | void>;
}

/** The last actions on this page, newest last. */
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
   * Undoes the newest entry, or the named one; one that fails is removed too.
   *
   * @returns what was undone, and the message about it; null if there was nothing
   */
  async undo(id?: number): Promise<{ label: string; says: string } | null> {
    const entry = id === undefined ? this.latest() : this.entries.find((each) => each.id === id);
    if (entry === null || entry === undefined) return null;
    this.set(this.entries.filter((each) => each.id !== entry.id));
    const says = (await entry.undo()) ?? "";
    return { label: entry.label, says };
  }

  /** Removes what can no longer be undone because its record is gone. */
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
