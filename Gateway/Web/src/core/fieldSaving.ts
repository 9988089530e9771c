import { type Field, sameValue } from "./fields";
import { ApiError } from "./problem";
import type { RecordApi } from "./recordApi";
import type { Rec, RecordKind } from "./recordKind";

/** Somebody else gave the field another value during the edit. */
export class Overtaken extends Error {
  constructor(
    readonly mine: unknown,
    readonly theirs: unknown,
  ) {
    super("overtaken");
  }
}

type Values = Readonly<Record<string, unknown>>;

/** The known values of the fields that the service changes together with a field. */
export function movingAlong(kind: RecordKind, field: string, record: Rec | undefined): Values {
  const names = (kind.movesAlong[field] ?? []).filter((name) => record !== undefined && name in record);
  return Object.fromEntries(names.map((name) => [name, record?.[name]]));
}

/**
 * Undoes an edit: restores the field, and those that changed with it and nobody has changed since.
 *
 * @param present - the record as it is now
 * @param after - as the edit left it
 * @param along - the fields that changed with it, as they were before
 */
export async function takeEditBack(
  api: RecordApi,
  kind: RecordKind,
  present: Rec,
  after: Rec,
  edit: { field: string; before: unknown; along: Values },
): Promise<void> {
  const left = Object.entries(edit.along).filter(([name]) => sameValue(present[name], after[name]));
  const along = left.map(([name, value]) => [name, value ?? null] as const);
  const values = { ...Object.fromEntries(along), [edit.field]: edit.before ?? null };
  const back = await api.update(kind, present.id, present.etag, values);
  // Undoing may have changed them again.
  const moved = along.filter(([name, value]) => !sameValue(back[name], value));
  if (moved.length > 0) await api.update(kind, back.id, back.etag, Object.fromEntries(moved));
}

const attempts = 5;

/**
 * Saves fields one by one. Changes that others make to other fields meanwhile are kept without asking;
 * a change to the same field is a conflict.
 */
export class FieldSaver {
  private readonly queues = new Map<string, Promise<unknown>>();

  constructor(private readonly api: RecordApi) {}

  /**
   * Gives a field a value; one edit after the other for each record.
   *
   * @param base - the field's value when the edit began
   * @param besides - further fields to set with it
   * @throws Overtaken, ApiError - afterwards the field shows its saved value
   */
  save(
    kind: RecordKind,
    id: string,
    field: Field,
    value: unknown,
    base: unknown,
    besides: Readonly<Record<string, unknown>> = {},
  ): Promise<Rec> {
    const values = { ...besides, [field.name]: value };
    this.api.store.patch(id, values);
    const before = this.queues.get(id) ?? Promise.resolve();
    const saved = before
      .then(() => this.send(kind, id, field, values, base))
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
    values: Readonly<Record<string, unknown>>,
    base: unknown,
  ): Promise<Rec> {
    const { api } = this;
    const value = values[field.name];
    const isKnown = !api.store.lacks(id, [field.name]);
    let present = (isKnown ? api.store.saved(id) : undefined) ?? (await api.get(kind, id));
    for (let attempt = 1; ; attempt += 1) {
      const theirs = present[field.name];
      if (sameValue(theirs, value) && !sameValue(theirs, base)) return present;
      if (!sameValue(theirs, base)) throw new Overtaken(value, theirs);
      try {
        return await api.update(kind, id, present.etag, values);
      } catch (failure) {
        const isStale = failure instanceof ApiError && failure.isStale;
        if (!isStale || attempt === attempts) throw failure;
        present = await api.get(kind, id);
      }
    }
  }
}
