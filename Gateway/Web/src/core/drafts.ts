// What was typed into forms and not sent yet. It survives a reload of the tab and the end of a
// session, in the tab's own storage; it is kept under the member's id, never shown to another one,
// and deleted when its member signs out.

/** The part of a browser's storage that drafts need. */
export type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

export interface Draft {
  /** The fields that differ from the form's initial values. */
  changes: Record<string, unknown>;
  /** The idempotency key with which they were sent, if they were. */
  key?: string;
}

const prefix = "leadmesh.draft/";
/** In UTF-16 units; a longer draft is not kept. */
const longest = 100_000;
/** The oldest are deleted when there are more. */
const most = 30;

/** The drafts of one member. */
export class Drafts {
  constructor(
    private readonly storage: DraftStorage,
    private readonly memberId: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** @returns null if there is none, or if it cannot be read */
  read(form: string): Draft | null {
    try {
      const kept: unknown = JSON.parse(this.storage.getItem(this.keyOf(form)) ?? "null");
      return isDraft(kept) ? kept : null;
    } catch {
      return null;
    }
  }

  /** @returns whether it is kept: a draft may be too long, and a browser may have no storage */
  write(form: string, draft: Draft): boolean {
    const text = JSON.stringify({ ...draft, at: this.now() });
    if (text.length > longest) {
      this.forget(form);
      return false;
    }
    try {
      this.storage.setItem(this.keyOf(form), text);
      this.makeRoom();
      return true;
    } catch {
      return false;
    }
  }

  forget(form: string): void {
    remove(this.storage, this.keyOf(form));
  }

  /** Deletes what other members of this browser left behind. */
  forgetOthers(): void {
    for (const key of draftKeys(this.storage)) {
      if (!key.startsWith(this.keyOf(""))) remove(this.storage, key);
    }
  }

  private keyOf(form: string): string {
    return `${prefix}${encodeURIComponent(this.memberId)}/${form}`;
  }

  private makeRoom(): void {
    const keys = draftKeys(this.storage);
    if (keys.length <= most) return;
    const age = (key: string) => {
      const at = /"at":(\d+)\}$/.exec(this.storage.getItem(key) ?? "");
      return Number(at?.[1] ?? 0);
    };
    const oldest = keys.sort((a, b) => age(a) - age(b));
    for (const key of oldest.slice(0, keys.length - most)) remove(this.storage, key);
  }
}

/** Deletes the drafts of all members, when somebody signs out. */
export function forgetDrafts(storage: DraftStorage): void {
  for (const key of draftKeys(storage)) remove(storage, key);
}

/** The tab's own storage; if a browser has none, one that lasts as long as the page. */
export function tabStorage(): DraftStorage {
  try {
    return window.sessionStorage;
  } catch {
    return pageStorage;
  }
}

/** Keeps texts in memory. */
export class PageStorage implements DraftStorage {
  private readonly texts = new Map<string, string>();

  get length(): number {
    return this.texts.size;
  }

  key(place: number): string | null {
    return [...this.texts.keys()][place] ?? null;
  }

  getItem(key: string): string | null {
    return this.texts.get(key) ?? null;
  }

  setItem(key: string, text: string): void {
    this.texts.set(key, text);
  }

  removeItem(key: string): void {
    this.texts.delete(key);
  }
}

const pageStorage = new PageStorage();

function draftKeys(storage: DraftStorage): string[] {
  const keys: string[] = [];
  for (let place = 0; place < storage.length; place += 1) {
    const key = storage.key(place);
    if (key?.startsWith(prefix)) keys.push(key);
  }
  return keys;
}

function remove(storage: DraftStorage, key: string): void {
  try {
    storage.removeItem(key);
  } catch {
    return;
  }
}

function isDraft(kept: unknown): kept is Draft {
  const { changes, key } = (kept ?? {}) as Partial<Draft>;
  const isFields = typeof changes === "object" && changes !== null && !Array.isArray(changes);
  return isFields && (key === undefined || typeof key === "string");
}
