import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  decodeLead,
  decodeListLeadsResponse,
  decodeMember,
  leadSchema,
} from "../src/core/api.generated";
import { decodeImport } from "../src/core/importApi.generated";
import { fieldsOf } from "../src/core/fields";
import { sessionOf } from "../src/core/session";

describe("An answer of the API", () => {
  test("has every field, whatever was left out", () => {
    const lead = decodeLead({ id: "lead_1" });
    assert.equal(lead.id, "lead_1");
    assert.equal(lead.first_name, "");
    assert.equal(lead.score, 0);
    assert.equal(lead.phone_valid, false);
    assert.equal(lead.company_size, null);
    assert.equal(lead.annual_revenue, null);
    assert.deepEqual(lead.score_breakdown, []);
    assert.deepEqual(Object.keys(lead).sort(), Object.keys(leadSchema).sort());
    assert.deepEqual(decodeListLeadsResponse(undefined).leads, []);
    assert.equal(decodeImport({}).rows, "0");
  });

  test("keeps what it has", () => {
    const given = {
      company_size: 0,
      annual_revenue: { amount_minor: "9007199254740993", currency: "EUR" },
      score_breakdown: [{ rule_id: "rule_1", name: "Size", points: -5 }],
      band: "hot",
      do_not_call: true,
      create_time: "2026-01-01T00:00:00Z",
    };
    assert.deepEqual(decodeLead({ ...decodeLead({}), ...given }), { ...decodeLead({}), ...given });
    assert.equal(decodeMember({ takes_leads: false }).takes_leads, false);
    assert.equal(decodeImport({ state: "IMPORT_STATE_FAILED" }).state, "IMPORT_STATE_FAILED");
  });

  test("has nothing that is not of its type", () => {
    const lead = decodeLead({ first_name: 1, score: "high", band: "boiling", score_breakdown: {} });
    assert.equal(lead.first_name, "");
    assert.equal(lead.score, 0);
    assert.equal(lead.band, "");
    assert.deepEqual(lead.score_breakdown, []);
    assert.equal(decodeLead(null).id, "");
    assert.equal(decodeImport({ state: "NEW", rows: "many" }).state, "IMPORT_STATE_UNSPECIFIED");
    assert.equal(decodeImport({ rows: "many" }).rows, "0");
  });

  test("on the session has what the gateway adds", () => {
    const session = sessionOf({ member: { id: "member_1" }, csrf_token: "c", tenant_name: "Acme" });
    assert.equal(session.member.id, "member_1");
    assert.equal(session.csrf_token, "c");
    assert.equal(session.tenant_name, "Acme");
    assert.deepEqual(session.permissions, []);
  });
});

describe("A lead's field", () => {
  test("is called and edited as its proto declares it", () => {
    const fields = fieldsOf(leadSchema);
    const kind = (name: string) => fields.get(name)?.kind;
    assert.equal(kind("status"), "picklist");
    assert.equal(fields.get("source")?.picklist, "lead_source");
    assert.equal(kind("owner_id"), "reference");
    assert.equal(kind("annual_revenue"), "money");
    assert.equal(kind("company_size"), "integer");
    assert.equal(kind("do_not_call"), "flag");
    assert.equal(kind("website"), "url");
    assert.equal(kind("email"), "email");
    assert.equal(kind("phone"), "phone");
    assert.equal(kind("description"), "lines");
    assert.equal(kind("street_address"), "lines");
    assert.equal(kind("preferred_contact_method"), "choice");
    assert.equal(kind("time_zone"), "zone");
    assert.equal(kind("create_time"), "moment");
    assert.equal(kind("score_breakdown"), "other");
    assert.equal(kind("city"), "text");
    const label = (name: string) => fields.get(name)?.label;
    assert.equal(label("email"), "E-mail");
    assert.equal(label("company_size"), "Employees");
    assert.equal(label("do_not_sms"), "Do not text");
  });
});
