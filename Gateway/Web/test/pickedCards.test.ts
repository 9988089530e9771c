import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { deal } from "../src/areas/deals/deal";
import { MovedAway, moveDeal } from "../src/areas/deals/moving";
import { PickedCards } from "../src/core/pickedCards";
import { ApiError } from "../src/core/problem";
import type { Rec } from "../src/core/recordKind";
import { settled, slowApi } from "./store";

const rec = (etag: string, stage: string): Rec => deal.decode({ id: "deal_1", etag, stage, status: "open" });

function board() {
  const all = slowApi();
  const cards = new PickedCards((id) => all.store.get(id));
  const take = (record: Rec) => all.store.take(deal, [record], null, all.store.ask());
  const move = (stage: string) =>
    cards.move("deal_1", async (seen) => {
      await moveDeal(all.api, seen, { stage, position: 0 });
      return true;
    });
  take(rec("1", "new"));
  return { ...all, cards, take, move };
}

describe("A card that is held", () => {
  test("stays where somebody else moves it meanwhile, though that is known before it is dropped", async () => {
    const { cards, take, move, next } = board();
    cards.pick("deal_1");
    take(rec("5", "proposal"));
    const moved = assert.rejects(move("demo"), (error) => error instanceof MovedAway);
    const sent = next();
    assert.equal(sent.body["etag"], "1");
    const metadata = { stage: "proposal", etag: "5", updated_by: "member_2" };
    await sent.answer({ reason: "STALE_ETAG", code: "ABORTED", detail: "changed", metadata }, 409);
    await moved;
  });

  test("is moved as it has become by its holder's own move, once that has come to an end", async () => {
    const { cards, move, next, asked } = board();
    cards.pick("deal_1");
    const first = move("demo");
    const sent = next();
    cards.pick("deal_1");
    const second = move("proposal");
    await settled();
    assert.equal(asked.length, 0);
    await sent.answer(rec("2", "demo"));
    assert.equal(await first, true);
    const again = next();
    assert.equal(again.body["etag"], "2");
    await again.answer(rec("3", "proposal"));
    assert.equal(await second, true);
  });

  test("is not moved on where its move before was refused", async () => {
    const { cards, move, next, asked } = board();
    cards.pick("deal_1");
    const isRefusal = (error: unknown) => error instanceof ApiError;
    const first = assert.rejects(move("demo"), isRefusal);
    const second = assert.rejects(move("proposal"), isRefusal);
    await next().answer({ code: "INVALID_ARGUMENT", detail: "no" }, 400);
    await first;
    await second;
    assert.equal(asked.length, 0);
  });

  test("is as it is known where nobody picked it up, and is not moved where it is gone", async () => {
    const { cards, take, move, next, store } = board();
    take(rec("5", "new"));
    const moved = move("demo");
    const sent = next();
    assert.equal(sent.body["etag"], "5");
    await sent.answer(rec("6", "demo"));
    assert.equal(await moved, true);
    store.remove("deal", "deal_1");
    cards.pick("deal_1");
    assert.equal(await move("proposal"), false);
  });
});
