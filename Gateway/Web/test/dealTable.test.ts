import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { deal } from "../src/areas/deals/deal";
import { type ListState, withCondition } from "../src/core/listState";

const first = deal.firstList({ id: "member_1", role: "rep" });
const open = { is: "oneOf", values: ["open"] } as const;

function turned(state: Partial<ListState>, isBoard: boolean) {
  return Object.fromEntries(deal.turned({ ...first, ...state }, isBoard));
}

describe("The table of deals", () => {
  test("is of open ones when the board is turned into it, which is one again without that", () => {
    assert.equal(first.isBoard, true);
    const { owner_id, ...others } = turned({}, false);
    assert.deepEqual([owner_id, others], [{ is: "oneOf", values: ["me"] }, { status: open }]);
    const conditions = withCondition(first.conditions, "status", open);
    assert.deepEqual(turned({ conditions }, true), { owner_id });
  });

  test("is of what somebody asks for", () => {
    const asked: readonly Partial<ListState>[] = [
      { query: "machines" },
      { conditions: new Map([["status", { is: "oneOf", values: ["won", "open"] }]]) },
      { conditions: new Map([["stage", { is: "oneOf", values: ["closed_won"] }]]) },
      { conditions: new Map([["close_date", { is: "filled" }]]) },
    ];
    for (const state of asked) {
      const before = Object.fromEntries({ ...first, ...state }.conditions);
      assert.deepEqual(turned(state, false), before);
      assert.deepEqual(turned(state, true), before);
    }
  });
});
