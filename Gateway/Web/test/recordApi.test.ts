import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Refusal } from "../src/core/problem";
import { parcel } from "./fixtureKind";
import { rec, settled, slowApi } from "./store";

const search = { filter: `name == "a"`, query: "x", orderBy: "name desc" };

describe("A list", () => {
  test("is asked for with its columns, and its records are in the store", async () => {
    const { api, store, next } = slowApi();
    const page = api.list(parcel, search, ["id", "etag", "name"], { token: "t" });
    const { path, query, answer } = next();
    assert.equal(path, "/api/v1/parcels");
    assert.deepEqual([...query], [
      ["filter", `name == "a"`],
      ["query", "x"],
      ["order_by", "name desc"],
      ["page_size", "100"],
      ["page_token", "t"],
      ["fields", "id,etag,name"],
    ]);
    await answer({
      parcels: [rec("p1", "1", { name: "a", weight: 5 })],
      next_page_token: "n",
      previous_page_token: "p",
      total_size: 7,
      more_than_total_size: true,
    });
    assert.deepEqual(await page, { ids: ["p1"], next: "n", previous: "p", total: 7, more: true });
    assert.equal(store.get("p1")?.["name"], "a");
    assert.ok(!("weight" in (store.get("p1") ?? {})));
  });

  test("says which services did not answer, and takes nothing for gone that they decide on", async () => {
    const { api, store, next } = slowApi();
    const page = api.list(parcel, search, ["id"], { token: "" });
    await next().answer({ parcels: [rec("p1", "1")], gaps: ["stamps"] });
    assert.deepEqual((await page).gaps, ["stamps"]);
    const refreshed = api.refresh(parcel, ["p1"], null);
    await next().answer({ parcels: [], gaps: ["stamps"] });
    await refreshed;
    assert.equal(store.get("p1")?.id, "p1");
  });

  test("is asked for from its end, and is empty when the answer is strange", async () => {
    const { api, next } = slowApi();
    const page = api.list(parcel, { ...search, filter: "", query: "" }, ["id"], { end: true });
    const { query, answer } = next();
    assert.equal(query.get("from_end"), "true");
    assert.equal(query.get("page_token"), null);
    await answer(["what?"]);
    assert.deepEqual(await page, { ids: [], next: "", previous: "", total: 0, more: false });
  });

  test("of a kind whose API takes less is asked for with that only", async () => {
    const { api, next } = slowApi();
    const plain = { ...parcel, lacks: new Set(["fields", "filter", "query", "order_by"] as const) };
    void api.list(plain, search, ["id"], { token: "t" });
    assert.deepEqual([...next().query], [["page_size", "100"], ["page_token", "t"]]);
  });

  test("that takes no filter has its records asked for again one by one", async () => {
    const { api, store, next } = slowApi();
    const plain = { ...parcel, lacks: new Set(["filter"] as const) };
    store.take(plain, [rec("p1", "1"), rec("p2", "1")], null, store.ask());
    const refreshed = api.refresh(plain, ["p1", "p2"], null);
    const [first, second] = [next(), next()];
    assert.deepEqual([first.path, second.path], ["/api/v1/parcels/p1", "/api/v1/parcels/p2"]);
    await first.answer(rec("p1", "2"));
    await second.answer({}, 404);
    await refreshed;
    assert.deepEqual([store.get("p1")?.etag, store.get("p2")], ["2", undefined]);
  });

  test("that is given up is not taken", async () => {
    const { api, store, next } = slowApi();
    const stop = new AbortController();
    const page = api.list(parcel, search, ["id", "etag"], { token: "" }, stop.signal);
    page.catch(() => undefined);
    stop.abort();
    assert.ok(next().isAborted());
    await settled();
    assert.equal(store.get("p1"), undefined);
  });
});

describe("A record", () => {
  test("is changed in just the fields that are given, and an empty one is cleared", async () => {
    const { api, next } = slowApi();
    const changed = api.update(parcel, "p/1", "7", { name: "b", pieces: null });
    const { path, query, body, answer } = next();
    assert.equal(path, "/api/v1/parcels/p%2F1");
    assert.equal(query.get("update_mask"), "name,pieces");
    assert.deepEqual(body, { name: "b", etag: "7" });
    await answer(rec("p/1", "8", { name: "b" }));
    assert.equal((await changed).etag, "8");
  });

  test("is deleted, brought back and made, and lists hear of each", async () => {
    const { api, store, next } = slowApi();
    const news: string[] = [];
    store.listen("parcel", (each) => news.push(each.is));
    const made = api.create(parcel, { name: "a" }, "key");
    await next().answer(rec("p1", "1", { name: "a" }));
    await made;
    const deleted = api.delete(parcel, "p1");
    await next().answer({});
    await deleted;
    assert.equal(store.get("p1"), undefined);
    const back = api.undelete(parcel, "p1");
    assert.equal(next().path === "/api/v1/parcels/p1:undelete", true);
    void back.catch(() => undefined);
    assert.deepEqual(news, ["created", "gone"]);
  });

  test("is not found any more when an answer to many ids lacks it", async () => {
    const { api, store, next } = slowApi();
    store.take(parcel, [rec("p1", "1"), rec(`p"2`, "1")], null, store.ask());
    const asked = api.refresh(parcel, ["p1", `p"2`], null);
    const { query, answer } = next();
    assert.equal(query.get("filter"), `id in ["p1", "p\\"2"]`);
    assert.equal(query.get("fields"), null);
    await answer({ parcels: [rec("p1", "2")] });
    await asked;
    assert.equal(store.get("p1")?.etag, "2");
    assert.equal(store.get(`p"2`), undefined);
  });
});

describe("Many records", () => {
  test("are changed once, however often the call is sent", async () => {
    const { api, next } = slowApi();
    void api.updateMany(parcel, { filter: "true" }, { status: "lost", pieces: null }).catch(() => undefined);
    const { path, body, headers } = next();
    assert.equal(headers.get("Idempotency-Key")?.length, 32);
    assert.equal(path, "/api/v1/parcels:batchUpdate");
    assert.deepEqual(body, { filter: "true", parcel: { status: "lost" }, update_mask: "status,pieces" });
  });

  test("are counted", async () => {
    const { api, next } = slowApi();
    const count = api.count(parcel, "x");
    const { path, answer } = next();
    assert.equal(path, "/api/v1/parcels:aggregate");
    await answer({ groups: [{ count: "40" }, { count: "2" }] });
    assert.equal(await count, 42);
  });
});

describe("Many records", () => {
  test("are named in one call, up to a number that is said", async () => {
    const { api, next } = slowApi();
    const chosen = (count: number) => ({ ids: Array.from({ length: count }, (_, number) => `p${number}`) });
    void api.export(parcel, chosen(1000), ["name", "id"]);
    const { path, body } = next();
    assert.equal(path, "/api/v1/parcels:export");
    assert.deepEqual(body, { ...chosen(1000), fields: "name,id" });
    const says = /^Choose at most 1,000 parcels, or all that match\.$/;
    const refused = (error: unknown) => error instanceof Refusal && says.test(error.message);
    await assert.rejects(api.export(parcel, chosen(1001), ["id"]), refused);
    await assert.rejects(api.deleteMany(parcel, chosen(1001)), refused);
    await assert.rejects(api.updateMany(parcel, chosen(1001), { name: "a" }), refused);
  });
});
