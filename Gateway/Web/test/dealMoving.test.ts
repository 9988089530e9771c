import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { deal } from "../src/areas/deals/deal";
import { MovedAway, moveDeal, positionAmongAll, positionIn } from "../src/areas/deals/moving";
import { wordsFilter } from "../src/areas/deals/useDealBoard";
import type { Rec } from "../src/core/recordKind";
import { settled, slowApi } from "./store";

const rec = (etag: string, values: Record<string, unknown> = {}): Rec =>
  deal.decode({ id: "deal_1", etag, name: "Machines", stage: "new", status: "open", rank: "7", ...values });

function moving(besides: Record<string, unknown> = {}, position = 2) {
  const all = slowApi();
  all.store.take(deal, [rec("1")], null, all.store.ask());
  const seen: { result?: Rec; error?: unknown } = {};
  moveDeal(all.api, rec("1"), { stage: "demo", position }, besides).then(
    (result) => {
      seen.result = result;
    },
    (error: unknown) => {
      seen.error = error;
    },
  );
  return { ...all, seen };
}

const stale = (metadata: Record<string, string>) => ({ reason: "STALE_ETAG", code: "ABORTED", detail: "changed", metadata });

describe("A deal that is moved", () => {
  test("goes to a stage and a place, as it was seen", async () => {
    const { next, seen, store } = moving();
    const sent = next();
    assert.equal(`${sent.method} ${sent.path}`, "POST /api/v1/deals/deal_1:move");
    assert.deepEqual(sent.body, { stage: "demo", position: 2, etag: "1" });
    await sent.answer(rec("2", { stage: "demo" }));
    assert.equal(seen.result?.["stage"], "demo");
    assert.equal(store.get("deal_1")?.etag, "2");
  });

  test("goes there also when somebody changed another field meanwhile", async () => {
    const { next, seen } = moving();
    await next().answer(stale({ stage: "new", etag: "5", updated_by: "member_2" }), 409);
    const again = next();
    assert.equal(again.body["etag"], "5");
    await again.answer(rec("6", { stage: "demo" }));
    assert.equal(seen.result?.etag, "6");
  });

  test("stays where somebody else moved it, who is named", async () => {
    const { next, asked, seen } = moving();
    await next().answer(stale({ stage: "proposal", etag: "5", updated_by: "member_2" }), 409);
    assert.ok(seen.error instanceof MovedAway);
    const { by, stage } = seen.error as MovedAway;
    assert.deepEqual([by, stage], ["member_2", "proposal"]);
    assert.equal(asked.length, 0);
  });

  test("is read where somebody else moved it to the same stage", async () => {
    const { next, seen } = moving();
    await next().answer(stale({ stage: "demo", etag: "5", updated_by: "member_2" }), 409);
    const read = next();
    assert.equal(`${read.method} ${read.path}`, "GET /api/v1/deals/deal_1");
    await read.answer(rec("5", { stage: "demo" }));
    assert.equal(seen.result?.etag, "5");
  });

  test("is given up when it never stops changing, or nothing is said of how it is", async () => {
    const { next, seen } = moving();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await next().answer(stale({ stage: "new", etag: String(attempt), updated_by: "" }), 409);
    }
    assert.ok(seen.error !== undefined && !(seen.error instanceof MovedAway));
    const other = moving();
    await other.next().answer(stale({}), 409);
    assert.ok(other.seen.error !== undefined && !(other.seen.error instanceof MovedAway));
  });

  test("takes the reason of its end along, in one call", async () => {
    const { next } = moving({ loss_reason: "price" });
    assert.deepEqual(next().body, { stage: "demo", position: 2, etag: "1", loss_reason: "price" });
  });

  test("is given what else its stage needs in one edit, and then its place", async () => {
    const amount = { amount_minor: "500", currency: "EUR" };
    const { next, seen } = moving({ amount, win_reason: "price" });
    const edit = next();
    assert.equal(edit.method, "PATCH");
    assert.deepEqual(edit.body, { amount, win_reason: "price", stage: "demo", etag: "1" });
    assert.equal(edit.query.get("update_mask"), "amount,win_reason,stage");
    await edit.answer(rec("2", { stage: "demo" }));
    const placed = next();
    assert.deepEqual(placed.body, { position: 2, etag: "2" });
    await placed.answer(rec("2", { stage: "demo" }));
    assert.equal(seen.result?.etag, "2");
  });

  test("comes first by the edit alone", async () => {
    const { next, seen, asked } = moving({ next_step: "Call" }, 0);
    await next().answer(rec("2", { stage: "demo" }));
    assert.equal(asked.length, 0);
    assert.equal(seen.result?.etag, "2");
  });

  test("goes back from a closed stage by opening it again, and by an edit else", () => {
    const { api, next, asked } = slowApi();
    void deal.takeBack(api, rec("3", { status: "lost", stage: "closed_lost" }), "stage", "demo");
    const sent = next();
    assert.equal(sent.path, "/api/v1/deals/deal_1:reopen");
    assert.deepEqual(sent.body, { stage: "demo", etag: "3" });
    assert.equal(deal.takeBack(api, rec("3"), "stage", "demo"), null);
    assert.equal(deal.takeBack(api, rec("3", { status: "won" }), "next_step", ""), null);
    assert.equal(asked.length, 0);
  });
});

describe("The place of a card", () => {
  const list = { known: ["a", "deal_1", "b", "c"] };

  test("is counted without itself, and at the end after all", () => {
    assert.equal(positionIn(list, "deal_1", "a"), 0);
    assert.equal(positionIn(list, "deal_1", "b"), 1);
    assert.equal(positionIn(list, "deal_1", "c"), 2);
    assert.equal(positionIn(list, "deal_1", null), 3);
    assert.equal(positionIn({ known: [] }, "deal_1", null), 0);
  });

  test("is none beyond what can be asked for", () => {
    const known = Array.from({ length: 1200 }, (_, place) => `d${place}`);
    assert.equal(positionIn({ known }, "deal_1", null), 1000);
  });

  test("among cards of which some are filtered out is asked for", async () => {
    const { api, store, next } = slowApi();
    store.take(deal, [deal.decode({ id: "b", rank: "40" }), deal.decode({ id: "c", rank: "50" })], null, store.ask());
    const column = { pipeline: "pipeline_1", stage: "demo" };
    const before = positionAmongAll(api, column, list, "deal_1", "b");
    await settled();
    const asked = next();
    assert.equal(asked.path, "/api/v1/deals:aggregate");
    assert.equal(
      asked.query.get("filter"),
      'pipeline_id == "pipeline_1" && stage == "demo" && rank < 40 && id != "deal_1"',
    );
    await asked.answer({ groups: [{ count: "17" }] });
    assert.equal(await before, 17);
    const last = positionAmongAll(api, column, list, "deal_1", null);
    await settled();
    const end = next();
    assert.match(String(end.query.get("filter")), /rank <= 50/);
    await end.answer({ groups: [{ count: "30" }] });
    assert.equal(await last, 30);
  });

  test("in a column without cards is the first", async () => {
    const { api, asked } = slowApi();
    const column = { pipeline: "pipeline_1", stage: "demo" };
    assert.equal(await positionAmongAll(api, column, { known: [] }, "deal_1", null), 0);
    assert.equal(asked.length, 0);
  });
});

describe("The words of a search on a board", () => {
  test("must each occur in one of the fields that lists look in", () => {
    assert.equal(wordsFilter("  "), "");
    assert.equal(
      wordsFilter('big "deal'),
      '(name.containsLoosely("big") || competitor.containsLoosely("big") || next_step.containsLoosely("big")) && ' +
        '(name.containsLoosely("\\"deal") || competitor.containsLoosely("\\"deal") || ' +
        'next_step.containsLoosely("\\"deal"))',
    );
  });
});
