import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lead } from "../src/areas/leads/lead";
import { relatives } from "../src/areas/leads/LeadLikeness";
import { resolveDuplicate } from "../src/core/duplicates";
import { typedValues } from "../src/records/DuplicatesWhileTyping";
import { settled, slowApi } from "./store";

describe("What a new record is compared by", () => {
  test("is what was typed into the fields that the service compares, without blanks around it", () => {
    const values = { email: " ada@example.org ", phone: "  ", last_name: "Lovelace", source: "web" };
    assert.deepEqual(typedValues(values, ["email", "phone", "first_name", "last_name"]), {
      email: "ada@example.org",
      last_name: "Lovelace",
    });
  });
});

describe("Whom a new lead may be about", () => {
  test("is each contact and account of the answer, with what both have", () => {
    const { found, isPartial } = relatives({
      contacts: [{ contact_id: "contact_1", display_name: "Ada Lovelace", matched_by: "email" }],
      accounts: [{ account_id: "account_1", name: "Globex", matched_by: "domain" }],
    });
    assert.deepEqual(
      found.map(({ kind, id, name, by }) => [kind.object, id, name, by]),
      [
        ["contact", "contact_1", "Ada Lovelace", "email"],
        ["account", "account_1", "Globex", "domain"],
      ],
    );
    assert.equal(isPartial, false);
  });

  test("has a name also where one may not see it", () => {
    const { found } = relatives({ contacts: [{ contact_id: "contact_1", matched_by: "phone" }] });
    assert.equal(found[0]?.name, "Contact without a name");
  });

  test("is known in part where Deals does not answer", () => {
    assert.equal(relatives({ deals_unanswered: true }).isPartial, true);
  });
});

describe("That a lead is no duplicate", () => {
  test("is said of it as it is at present, and taken back in the same way", async () => {
    const { api, store, next } = slowApi();
    for (const [status, original, before, after] of [
      ["skipped", "", "7", "8"],
      ["none", "lead_1", "8", "9"],
    ] as const) {
      const resolved = resolveDuplicate(api, lead, "lead_2", status);
      await settled();
      await next().answer({ id: "lead_2", etag: before });
      const { method, path, query, body, answer } = next();
      assert.deepEqual([method, path], ["PATCH", "/api/v1/leads/lead_2"]);
      assert.equal(query.get("update_mask"), "duplicate_resolution_status");
      assert.deepEqual(body, { duplicate_resolution_status: status, etag: before });
      await answer({ id: "lead_2", etag: after, duplicate_of: original });
      assert.equal((await resolved)["duplicate_of"], original);
      assert.equal(store.get("lead_2")?.["duplicate_of"], original);
    }
  });
});
