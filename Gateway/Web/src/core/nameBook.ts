import { mostIds } from "./recordApi";
import type { ResolvedRecord } from "./api.generated";
import { words } from "../words/fields";

const pause = 10;

/** The names of other records: requested when a name is first needed, many in one call. */
export class NameBook {
  private readonly names = new Map<string, string>();
  private readonly waiting = new Set<string>();
  /** What is being requested; names that became known in another way meanwhile are removed from it. */
  private readonly asked = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private turn = 0;

  /** @param resolve - requests the names of at most 200 records */
  constructor(private readonly resolve: (ids: readonly string[]) => Promise<ResolvedRecord[]>) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Changes whenever a name becomes known. */
  readonly version = (): number => this.turn;

  /** A record's name; "" until it is known. */
  name(id: string): string {
    const name = this.names.get(id);
    if (name === undefined && id !== "" && !this.asked.has(id)) this.want(id);
    return name ?? "";
  }

  /** Takes over a name that became known in another way. */
  learn(id: string, name: string): void {
    this.waiting.delete(id);
    this.asked.delete(id);
    if (this.names.get(id) === name) return;
    this.names.set(id, name);
    this.tell();
  }

  /** Requests a name again the next time it is needed. */
  forget(id: string): void {
    this.asked.delete(id);
    if (this.names.delete(id)) this.tell();
  }

  private want(id: string): void {
    this.waiting.add(id);
    if (this.timer === null) this.timer = setTimeout(() => void this.ask(), pause);
  }

  private async ask(): Promise<void> {
    this.timer = null;
    const ids = [...this.waiting].slice(0, mostIds);
    for (const id of ids) {
      this.waiting.delete(id);
      this.asked.add(id);
    }
    if (this.waiting.size > 0) this.timer = setTimeout(() => void this.ask(), pause);
    if (ids.length === 0) return;
    try {
      const records = await this.resolve(ids);
      const names = new Map(records.map((record) => [record.id, nameOf(record)]));
      for (const id of ids) {
        // A record without a response has no name either, and is not requested again and again.
        if (this.asked.delete(id)) this.names.set(id, names.get(id) ?? "");
      }
    } catch {
      // They are requested again when they are next shown.
      for (const id of ids) this.asked.delete(id);
      return;
    }
    this.tell();
  }

  private tell(): void {
    this.turn += 1;
    for (const listener of [...this.listeners]) listener();
  }
}

function nameOf(record: ResolvedRecord): string {
  return record.exists ? record.title : words.unseen;
}
