import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ApiClient } from "../src/core/client";
import { SavedViews } from "../src/core/savedViews";

function viewsAnswering(answer: unknown) {
  const sent: { method: string; path: string; body: string; key: string | null }[] = [];
  const client = new ApiClient(async (address, request) => {
    const key = new Headers(request?.headers).get("Idempotency-Key");
    sent.push({ method: request?.method ?? "", path: String(address), body: String(request?.body ?? ""), key });
    return new Response(JSON.stringify(answer));
  });
  return { views: new SavedViews(client), sent };
}

describe("Saved views", () => {
  test("are those of one kind of record, in the order of the API", async () => {
    const { views, sent } = viewsAnswering({
      saved_views: [{ id: "v2", name: "Öfter" }, { id: "v1", name: "hot", shared: true, address: "sort=-score" }, 7],
    });
    const found = await views.list(`le"ad`);
    assert.deepEqual(
      found.map((view) => [view.id, view.name, view.shared]),
      [["v2", "Öfter", false], ["v1", "hot", true], ["", "", false]],
    );
    assert.equal(new URL(sent[0]?.path ?? "", "https://x").searchParams.get("filter"), `object == "le\\"ad"`);
  });

  test("are none when the answer is strange", async () => {
    assert.deepEqual(await viewsAnswering("what?").views.list("lead"), []);
  });

  test("are made once, and changed only as they were seen", async () => {
    const { views, sent } = viewsAnswering({ id: "v/1", etag: "2", name: "Hot" });
    const view = await views.create({ name: "Hot", object: "lead", address: "" }, "key");
    assert.equal(sent[0]?.key, "key");
    await views.update(view, { shared: true });
    assert.equal(sent[1]?.path, "/api/v1/saved-views/v%2F1?update_mask=shared");
    assert.equal(sent[1]?.body, `{"shared":true,"etag":"2"}`);
    await views.delete(view);
    await views.undelete(view);
    assert.deepEqual(
      sent.slice(2).map(({ method, path }) => [method, path]),
      [["DELETE", "/api/v1/saved-views/v%2F1"], ["POST", "/api/v1/saved-views/v%2F1:undelete"]],
    );
  });
});
