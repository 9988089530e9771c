import { type Field, sameValue } from "./fields";
import { ApiError } from "./problem";
import type { RecordApi } from "./recordApi";
import type { Rec, RecordKind } from "./recordKind";

/** Somebody else gave the field another value while one was typing. */
export class Overtaken extends Error {
  constructor(
    readonly mine: unknown,
    readonly theirs: unknown,
  ) {
    super("overtaken");
  }
}

const attempts = 5;

/**
 * Saves fields one by one. Changes that others make to other fields meanwhile are kept without a question;
 * a change to the same field is one.
 */
export class FieldSaver {
  private readonly queues = new Map<string, Promise<unknown>>();

  constructor(private readonly api: RecordApi) {}

  /**
   * Gives a field a value; one after the other for each record.
   *
   * @param base - the field's value when somebody began to change it
   * @throws Overtaken, ApiError - after which the field is shown as it is
   */
  save(kind: RecordKind, id: string, field: Field, value: unknown, base: unknown): Promise<Rec> {
    const values = { [field.name]: value };
    this.api.store.patch(id, values);
    const before = this.queues.get(id) ?? Promise.resolve();
    const saved = before
      .then(() => this.send(kind, id, field, value, base))
      .finally(() => this.api.store.settle(id, values));
    const queue = saved.catch(() => undefined);
    this.queues.set(id, queue);
    void queue.then(() => {
      if (this.queues.get(id) === queue) this.queues.delete(id);
    });
    return saved;
  }

  private async send(
    kind: RecordKind,
    id: string,
    field: Field,
    value: unknown,
    base: unknown,
  ): Promise<Rec> {
    const { api } = this;
    const isKnown = !api.store.lacks(id, [field.name]);
    let present = (isKnown ? api.store.saved(id) : undefined) ?? (await api.get(kind, id));
    for (let attempt = 1; ; attempt += 1) {
      const theirs = present[field.name];
      if (sameValue(theirs, value) && !sameValue(theirs, base)) return present;
      if (!sameValue(theirs, base)) throw new Overtaken(value, theirs);
      try {
        return await api.update(kind, id, present.etag, { [field.name]: value });
      } catch (failure) {
        const isStale = failure instanceof ApiError && failure.isStale;
        if (!isStale || attempt === attempts) throw failure;
        present = await api.get(kind, id);
      }
    }
  }
}
