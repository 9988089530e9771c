import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { account } from "../src/areas/accounts/account";
import { deal } from "../src/areas/deals/deal";
import type { RecordKind } from "../src/core/recordKind";
import { toldChanges } from "../src/core/toldChanges";
import { parcel } from "./fixtureKind";

function told(kind: RecordKind, names: readonly string[]) {
  const { open, folded } = toldChanges(
    kind,
    names.map((field) => ({ field, old: "1", new: "2" })),
  );
  const fields = (changes: typeof open) => changes.map(({ field }) => field);
  return { open: fields(open), folded: fields(folded) };
}

describe("What a history tells of a change in the open", () => {
  test("is all of a few fields, whoever sets them", () => {
    const few = ["status", "stage", "rot_time"];
    assert.deepEqual(told(deal, few), { open: few, folded: [] });
  });

  test("is the stage of a deal first, and what else people set, but not what follows from it", () => {
    const follows = ["weighted_amount", "status", "forecast_category", "forecast_date", "cycle_days", "rot_time"];
    assert.deepEqual(told(deal, ["probability", ...follows, "stage", "win_reason"]), {
      open: ["stage", "probability", "win_reason"],
      folded: follows,
    });
  });

  test("is of any kind what people set, as far as that is a few fields", () => {
    const follows = ["health_score", "health", "has_open_deal", "last_won_date", "no_longer_there", "create_time"];
    assert.deepEqual(told(account, ["name", ...follows]), { open: ["name"], folded: follows });
    const set = ["name", "contents", "recipient", "pieces", "weight", "worth", "carrier", "due"];
    assert.deepEqual(told(parcel, set), {
      open: ["carrier", "name", "contents", "recipient", "pieces", "weight"],
      folded: ["worth", "due"],
    });
  });
});
