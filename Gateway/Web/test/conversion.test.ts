import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decodeLeadConversionCandidates, decodeMember, decodeSession } from "../src/core/api.generated";
import { checkedChoices, type ConversionValues } from "../src/areas/leads/conversionChecks";
import {
  conversionBody,
  conversionRefusal,
  isReopenable,
  likeliest,
  namesakes,
} from "../src/core/conversion";
import { Permissions } from "../src/core/permissions";
import { ApiError, FieldRefusal, fieldErrors, readProblem } from "../src/core/problem";
import { recordKind } from "../src/core/recordKind";

const candidates = decodeLeadConversionCandidates({
  accounts: [
    { account_id: "account_1", name: "Acme Holding", matched_by: "domain" },
    { account_id: "account_2", name: "ACME", matched_by: "name" },
  ],
  contacts: [
    { contact_id: "contact_1", display_name: "W. Doe", matched_by: "phone" },
    { contact_id: "contact_2", display_name: "Wanda Doe", matched_by: "email" },
  ],
});
const nobody = decodeLeadConversionCandidates({});

describe("What a lead is most likely about", () => {
  test("is the account of its name, and the contact of its address", () => {
    assert.deepEqual(likeliest(candidates, "acme"), { account: "account_2", contact: "contact_2" });
  });

  test("is the first candidate else, and something new without any", () => {
    const first = { ...candidates, contacts: candidates.contacts.slice(0, 1) };
    assert.deepEqual(likeliest(first, "Other"), { account: "account_1", contact: "contact_1" });
    assert.deepEqual(likeliest(nobody, "Other"), { account: "", contact: "" });
  });
});

test("accounts of one name are told, in any case", () => {
  const ids = (name: string) => namesakes(name, candidates.accounts).map((each) => each.account_id);
  assert.deepEqual(ids(" Acmé "), ["account_2"]);
  assert.deepEqual(ids("Other"), []);
  assert.deepEqual(ids(""), []);
});

test("only what is filled in is asked for", () => {
  const asked = {
    account_id: "account_1",
    contact_id: "",
    override_reason: " ",
    etag: "7",
    deal: null,
  };
  assert.deepEqual(conversionBody(asked), { account_id: "account_1", etag: "7" });
  const amount = { amount_minor: "500", currency: "EUR" };
  const deal = { name: " ", amount, pipeline_id: "pipeline_1", expected_close_date: "2026-12-01" };
  assert.deepEqual(conversionBody({ ...asked, override_reason: " urgent ", deal }), {
    account_id: "account_1",
    etag: "7",
    override_reason: "urgent",
    deal: { amount, pipeline_id: "pipeline_1", expected_close_date: "2026-12-01" },
  });
  assert.deepEqual(conversionBody({ ...asked, account_id: "", contact_id: "contact_2" }), {
    contact_id: "contact_2",
    etag: "7",
    new_account: true,
  });
  const nothing = { name: "", amount: null, pipeline_id: "", expected_close_date: null };
  assert.deepEqual(conversionBody({ ...asked, deal: nothing })["deal"], {});
});

test("a refusal of what would be made is said where it is chosen, one of the deal at its fields", () => {
  const refused = (...errors: { field: string; rule: string }[]) =>
    conversionRefusal(new ApiError(readProblem(400, { errors })));
  const said = (failure: unknown) => fieldErrors(failure, ["account_id", "contact_id", "name"]);
  const rule = "must have at most 200 characters";
  assert.deepEqual(said(refused({ field: "account.name", rule }, { field: "contact.last_name", rule })), {
    account_id: "Name must have at most 200 characters.",
    contact_id: "Last name must have at most 200 characters.",
  });
  assert.deepEqual(Object.keys(said(refused({ field: "deal.name", rule }))), ["name"]);
  assert.deepEqual(Object.keys(said(refused({ field: "account_id", rule: "does not exist" }))), ["account_id"]);
});

test("a conversion can be taken back for 24 hours", () => {
  const time = "2026-11-28T10:00:00Z";
  assert.equal(isReopenable(time, new Date("2026-11-29T10:00:00Z")), true);
  assert.equal(isReopenable(time, new Date("2026-11-29T10:00:01Z")), false);
  assert.equal(isReopenable("", new Date("2026-11-28T10:00:00Z")), false);
});

describe("What is filled in to convert a lead", () => {
  const values: ConversionValues = {
    account_id: "",
    contact_id: "",
    other_account: "",
    other_contact: "",
    makes_deal: true,
    name: "Hundred seats",
    amount: { amount: "100", currency: "USD" },
    pipeline_id: "pipeline_1",
    expected_close_date: "",
    override_reason: "",
  };
  const refusals = (change: Partial<ConversionValues>, needsReason = false) => {
    try {
      checkedChoices({ ...values, ...change }, needsReason, undefined);
      return {};
    } catch (refusal) {
      return (refusal as FieldRefusal).fields;
    }
  };

  test("has a name for the deal, if one is made", () => {
    assert.deepEqual(refusals({ name: "  " }), { name: "Enter a name for the deal." });
    assert.deepEqual(refusals({ name: "", makes_deal: false }), {});
    assert.deepEqual(refusals({}), {});
  });

  test("is refused with all that is missing", () => {
    const missing = { account_id: "?", name: "", amount: { amount: "many", currency: "USD" } };
    assert.deepEqual(Object.keys(refusals(missing, true)).sort(), ["account_id", "amount", "name", "override_reason"]);
  });
});

describe("A record that is locked", () => {
  const kind = recordKind<{ name: string }>({
    object: "errand",
    one: "errand",
    many: "errands",
    schema: { name: { label: "Name", type: "text" } },
    decode: (raw) => raw as { name: string },
    locked: ({ name }) => (name === "done" ? "It is done." : ""),
  });
  const session = (role: string) => ({
    ...decodeSession({ permissions: ["errand.edit", "errand.delete", "errand.convert"] }),
    member: decodeMember({ id: "member_1", role }),
    tenant_name: "",
    csrf_token: "",
  });
  const record = (name: string) => ({ id: "errand_1", etag: "1", name });

  test("is not changed or deleted by whoever may change others", () => {
    const permissions = new Permissions(session("admin"));
    assert.equal(permissions.mayEdit(kind, record("open")), true);
    assert.equal(permissions.mayEdit(kind, record("done")), false);
    assert.equal(permissions.mayDelete(kind, record("open")), true);
    assert.equal(permissions.mayDelete(kind, record("done")), false);
    assert.equal(permissions.mayDo("convert", kind, record("done")), true);
    assert.equal(permissions.mayDo("qualify", kind, record("open")), false);
  });
});
