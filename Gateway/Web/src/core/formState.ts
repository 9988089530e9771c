import type { Draft, Drafts } from "./drafts";
import { fieldErrors } from "./problem";

/** The values of a form, by the names of the API's fields; all can be JSON. */
export type FormValues = object;

export interface FormSnapshot<V> {
  values: V;
  /** A sentence for each field at fault. */
  errors: Readonly<Record<string, string>>;
  /** Why it was refused, if no single field is at fault; null otherwise. */
  failure: unknown;
  isWorking: boolean;
  isDirty: boolean;
  /** Whether what was typed would be there again after a reload. */
  isKept: boolean;
  /** How often it was refused. */
  refusals: number;
}

export interface FormSetup<V> {
  initial: V;
  /** Fields that are never kept: passwords. */
  secrets?: readonly (keyof V & string)[];
  /** Where what was typed is kept, and under which name. */
  draft?: { store: Drafts; form: string } | null;
  /** What errors call the record: "A status". */
  thing?: string | undefined;
  newKey: () => string;
}

/** A form from its first letter to its last response. */
export class FormState<V extends FormValues> {
  private initial: V;
  private values: V;
  private errors: Record<string, string> = {};
  private failure: unknown = null;
  private isWorking = false;
  private isKept = true;
  private refusals = 0;
  /** The last content that was sent, with its key. */
  private sent: { content: string; key: string } | null = null;
  private shown: FormSnapshot<V>;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly setup: FormSetup<V>) {
    this.initial = setup.initial;
    this.values = { ...setup.initial };
    this.restore();
    this.shown = this.snapshotNow();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): FormSnapshot<V> => this.shown;

  /** Changes values; errors of these fields no longer apply. */
  readonly set = (change: Partial<V>): void => {
    this.values = { ...this.values, ...change };
    if (Object.keys(this.errors).length > 0) {
      this.errors = Object.fromEntries(
        Object.entries(this.errors).filter(([name]) => !(name in change)),
      );
    }
    this.keep();
    this.tell();
  };

  /** The record has changed meanwhile: untouched fields take its values. */
  readonly rebase = (initial: V): void => {
    if (same(initial, this.initial)) return;
    const changes = this.changes();
    this.initial = initial;
    this.values = { ...initial, ...changes };
    this.keep();
    this.tell();
  };

  /**
   * Sends the values. With the key, sending the same values again has its effect only once.
   *
   * @returns what `send` returned; null if it was refused or is already being sent
   */
  async submit<R>(
    send: (values: V, key: string) => Promise<R>,
  ): Promise<{ result: R } | null> {
    if (this.isWorking) return null;
    this.isWorking = true;
    this.errors = {};
    this.failure = null;
    const { values } = this;
    const key = this.keyFor(values);
    this.keep();
    this.tell();
    try {
      const result = await send(values, key);
      this.initial = values;
      this.sent = null;
      this.isWorking = false;
      if (same(this.values, values)) this.setup.draft?.store.forget(this.setup.draft.form);
      else this.keep();
      this.tell();
      return { result };
    } catch (failure) {
      this.refuse(failure);
      return null;
    }
  }

  /** Discards what was typed, on purpose. */
  readonly forget = (): void => {
    this.values = { ...this.initial };
    this.errors = {};
    this.failure = null;
    this.setup.draft?.store.forget(this.setup.draft.form);
    this.tell();
  };

  private refuse(failure: unknown): void {
    this.isWorking = false;
    this.errors = fieldErrors(failure, Object.keys(this.values), this.setup.thing);
    this.failure = Object.keys(this.errors).length === 0 ? failure : null;
    this.refusals += 1;
    this.tell();
  }

  private keyFor(values: V): string {
    const content = JSON.stringify(values);
    if (this.sent?.content !== content) this.sent = { content, key: this.setup.newKey() };
    return this.sent.key;
  }

  private changes(): Partial<V> {
    const changed = Object.entries(this.values).filter(
      ([name, value]) => !same(value, this.initial[name as keyof V]),
    );
    return Object.fromEntries(changed) as Partial<V>;
  }

  private keep(): void {
    const { draft, secrets = [] } = this.setup;
    const changes = this.changes() as Record<string, unknown>;
    const names = Object.keys(changes);
    const hasSecret = secrets.some((name) => names.includes(name));
    for (const name of secrets) delete changes[name];
    if (draft === undefined || draft === null) {
      this.isKept = names.length === 0;
    } else if (Object.keys(changes).length === 0) {
      draft.store.forget(draft.form);
      this.isKept = !hasSecret;
    } else {
      const kept: Draft = { changes };
      const isAsSent = this.sent !== null && this.sent.content === JSON.stringify(this.values);
      if (isAsSent && !hasSecret && this.sent !== null) kept.key = this.sent.key;
      this.isKept = draft.store.write(draft.form, kept) && !hasSecret;
    }
  }

  /** Restores what was kept, as far as it fits this form: a field may have another type by now. */
  private restore(): void {
    const { draft, secrets = [] } = this.setup;
    const kept = draft?.store.read(draft.form) ?? null;
    if (kept === null) return;
    const secret: readonly string[] = secrets;
    const fitting = Object.entries(kept.changes).filter(
      ([name, value]) =>
        name in this.initial &&
        !secret.includes(name) &&
        fits(value, this.initial[name as keyof V]),
    );
    this.values = { ...this.values, ...(Object.fromEntries(fitting) as Partial<V>) };
    if (kept.key !== undefined) {
      this.sent = { content: JSON.stringify(this.values), key: kept.key };
    }
  }

  private tell(): void {
    this.shown = this.snapshotNow();
    for (const listener of [...this.listeners]) listener();
  }

  private snapshotNow(): FormSnapshot<V> {
    const { values, errors, failure, isWorking, isKept, refusals } = this;
    const isDirty = Object.keys(this.changes()).length > 0;
    return { values, errors, failure, isWorking, isDirty, isKept, refusals };
  }
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** Whether a kept value can replace `model`: null and an object can replace each other. */
function fits(value: unknown, model: unknown): boolean {
  return typeof value === typeof model && Array.isArray(value) === Array.isArray(model);
}
