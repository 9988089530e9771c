import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { deal } from "../src/areas/deals/deal";
import { type ListState, type ShownAs, withCondition } from "../src/core/listState";

const first = deal.firstList({ id: "member_1", role: "rep" });
const open = { is: "oneOf", values: ["open"] } as const;

function turned(state: Partial<ListState>, as: ShownAs) {
  return Object.fromEntries(deal.turned({ ...first, ...state }, as));
}

describe("The table of deals", () => {
  test("is of open ones when the board is turned into it, which is one again without that", () => {
    assert.equal(first.as, "board");
    const { owner_id, ...others } = turned({}, "table");
    assert.deepEqual([owner_id, others], [{ is: "oneOf", values: ["me"] }, { status: open }]);
    const conditions = withCondition(first.conditions, "status", open);
    assert.deepEqual(turned({ conditions }, "board"), { owner_id });
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
      assert.deepEqual(turned(state, "table"), before);
      assert.deepEqual(turned(state, "board"), before);
    }
  });
});
