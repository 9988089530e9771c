import { mostIds } from "./recordApi";
import type { ResolvedRecord } from "./api.generated";
import { words } from "../words/fields";

const pause = 10;

/** What other records are called: asked for when a name is first needed, many in one call. */
export class NameBook {
  private readonly names = new Map<string, string>();
  private readonly waiting = new Set<string>();
  /** What is asked for now; what became known by other ways meanwhile is no longer in it. */
  private readonly asked = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private turn = 0;

  /** @param resolve - asks what at most 200 records are called */
  constructor(private readonly resolve: (ids: readonly string[]) => Promise<ResolvedRecord[]>) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Changes whenever a name became known. */
  readonly version = (): number => this.turn;

  /** A record's name; "" until it is known. */
  name(id: string): string {
    const name = this.names.get(id);
    if (name === undefined && id !== "" && !this.asked.has(id)) this.want(id);
    return name ?? "";
  }

  /** Takes a name that is known by other ways. */
  learn(id: string, name: string): void {
    this.waiting.delete(id);
    this.asked.delete(id);
    if (this.names.get(id) === name) return;
    this.names.set(id, name);
    this.tell();
  }

  /** Asks again for a name the next time it is needed. */
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
        // What has no answer has no name either, and is not asked for again and again.
        if (this.asked.delete(id)) this.names.set(id, names.get(id) ?? "");
      }
    } catch {
      // They are asked for again when they are next shown.
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
