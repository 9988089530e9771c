import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Drafts, PageStorage } from "../src/core/drafts";
import { type FormSetup, FormState } from "../src/core/formState";
import { ApiError, FieldRefusal, readProblem } from "../src/core/problem";

interface Values {
  email: string;
  password: string;
  size: number | null;
}

const initial: Values = { email: "", password: "", size: null };

function form(store: Drafts | null = null, more: Partial<FormSetup<Values>> = {}) {
  let key = 0;
  return new FormState<Values>({
    initial,
    secrets: ["password"],
    draft: store && { store, form: "f" },
    newKey: () => `key${(key += 1)}`,
    ...more,
  });
}

const refuse = (error: unknown) => () => Promise.reject(error);
const invalid = (field: string, rule: string) =>
  new ApiError(readProblem(400, { reason: "INVALID_FIELDS", errors: [{ field, rule }] }));

describe("A form", () => {
  test("is dirty while it differs from what it began with", () => {
    const state = form();
    assert.equal(state.snapshot().isDirty, false);
    state.set({ email: "a" });
    assert.equal(state.snapshot().isDirty, true);
    state.set({ email: "" });
    assert.equal(state.snapshot().isDirty, false);
  });

  test("shows a broken rule at its field until that field changes", async () => {
    const state = form();
    state.set({ email: "x" });
    assert.equal(await state.submit(refuse(invalid("lead.email", "must be an address"))), null);
    assert.deepEqual(state.snapshot().errors, { email: "Enter an address." });
    assert.equal(state.snapshot().failure, null);
    assert.equal(state.snapshot().refusals, 1);
    state.set({ size: 1 });
    assert.ok(state.snapshot().errors["email"] !== undefined);
    state.set({ email: "x@y.z" });
    assert.deepEqual(state.snapshot().errors, {});
  });

  test("shows what this page refuses the same way, and all else as a whole", async () => {
    const state = form();
    await state.submit(refuse(new FieldRefusal({ size: "Enter a number." })));
    assert.deepEqual(state.snapshot().errors, { size: "Enter a number." });
    const down = new ApiError(readProblem(503, {}));
    await state.submit(refuse(down));
    assert.deepEqual(state.snapshot().errors, {});
    assert.equal(state.snapshot().failure, down);
  });

  test("keeps its idempotency key while the values stay the same", async () => {
    const state = form();
    const keys: string[] = [];
    const send = (_: Values, key: string) => {
      keys.push(key);
      return Promise.reject(new Error("no answer"));
    };
    state.set({ email: "a" });
    await state.submit(send);
    await state.submit(send);
    state.set({ email: "b" });
    await state.submit(send);
    assert.deepEqual(keys, ["key1", "key1", "key2"]);
  });

  test("is sent once at a time, and is at rest after", async () => {
    const state = form();
    state.set({ email: "a" });
    let answer: (value: string) => void = () => undefined;
    const first = state.submit(() => new Promise<string>((resolve) => (answer = resolve)));
    assert.equal(state.snapshot().isWorking, true);
    assert.equal(await state.submit(() => Promise.resolve("twice")), null);
    answer("once");
    assert.deepEqual(await first, { result: "once" });
    assert.equal(state.snapshot().isWorking, false);
    assert.equal(state.snapshot().isDirty, false);
  });

  test("takes the values of a changed record where nobody typed", () => {
    const state = form();
    state.set({ email: "mine" });
    state.rebase({ email: "theirs", password: "", size: 7 });
    assert.deepEqual(state.snapshot().values, { email: "mine", password: "", size: 7 });
  });
});

describe("What was typed into a form", () => {
  test("is there again after a reload, with the key it was sent with", async () => {
    const store = new Drafts(new PageStorage(), "m1");
    const first = form(store);
    first.set({ email: "a@b.c" });
    assert.equal(first.snapshot().isKept, true);
    await first.submit(refuse(new Error("no answer")));
    const second = form(store);
    assert.equal(second.snapshot().values.email, "a@b.c");
    assert.equal(second.snapshot().isDirty, true);
    let used = "";
    await second.submit(async (_, key) => void (used = key));
    assert.equal(used, "key1");
    assert.equal(store.read("f"), null);
  });

  test("loses its key when it is typed over", async () => {
    const store = new Drafts(new PageStorage(), "m1");
    const first = form(store);
    first.set({ email: "a" });
    await first.submit(refuse(new Error("no answer")));
    first.set({ email: "b" });
    assert.equal(store.read("f")?.key, undefined);
  });

  test("is kept without passwords and without the key of one", async () => {
    const storage = new PageStorage();
    const store = new Drafts(storage, "m1");
    const state = form(store);
    state.set({ email: "a", password: "hunter2hunter2" });
    await state.submit(refuse(new Error("no answer")));
    assert.equal(state.snapshot().isKept, false);
    const kept = storage.getItem(storage.key(0) ?? "") ?? "";
    assert.match(kept, /"email":"a"/);
    assert.ok(!/hunter2|key/.test(kept));
    state.set({ email: "" });
    assert.equal(storage.length, 0);
  });

  test("is dropped when it was sent, when it is given up and when it is as before", async () => {
    const storage = new PageStorage();
    const store = new Drafts(storage, "m1");
    const state = form(store);
    state.set({ email: "a" });
    state.forget();
    assert.equal(storage.length, 0);
    assert.equal(state.snapshot().values.email, "");
    state.set({ email: "b" });
    state.set({ email: "" });
    assert.equal(storage.length, 0);
    state.set({ email: "c" });
    await state.submit(async () => undefined);
    assert.equal(storage.length, 0);
  });

  test("is taken only as far as it is of this form", () => {
    const store = new Drafts(new PageStorage(), "m1");
    store.write("f", { changes: { email: 7, size: null, password: "p", other: "x" } });
    assert.deepEqual(form(store).snapshot().values, initial);
  });

  test("is at stake where nothing is kept", () => {
    const state = form();
    state.set({ email: "a" });
    assert.equal(state.snapshot().isKept, false);
  });
});
