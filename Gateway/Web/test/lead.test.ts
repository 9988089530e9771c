import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { foreignChanges, sameValue } from "../src/core/conflict";
import { decodeLead } from "../src/core/api.generated";
import {
  callAddress,
  fieldText,
  leadFieldGroups,
  leadFields,
  leadName,
  mayCall,
  statusField,
  webAddress,
} from "../src/core/leadFields";
import { Permissions } from "../src/core/permissions";
import { routeOf } from "../src/core/route";
import { sessionOf } from "../src/core/session";

describe("A lead's name", () => {
  test("is the person, else the company, else how to reach it", () => {
    const name = (raw: object) => leadName(decodeLead(raw));
    assert.equal(name({ first_name: "Ada", last_name: "Lovelace", company_name: "X" }), "Ada Lovelace");
    assert.equal(name({ company_name: "Moe's Bar" }), "Moe's Bar");
    assert.equal(name({ email: "a@b.example" }), "a@b.example");
  });
});

describe("A lead's fields", () => {
  test("are each in one group only", () => {
    const names = leadFields.map((field) => field.name);
    assert.equal(new Set(names).size, names.length);
    assert.equal(leadFieldGroups.flatMap((group) => group.fields).length + 2, names.length);
  });

  test("are said with the names that the tenant gave", () => {
    const names = { status: () => "Contacted", source: () => "", member: () => "" };
    const lead = decodeLead({ status: "contacted" });
    assert.equal(fieldText(lead, statusField, names), "Contacted");
  });

  test("offer a call only on a number that can exist and may be called", () => {
    const lead = decodeLead({ phone: "+1 650 253-0000", phone_valid: true });
    assert.ok(mayCall(lead));
    assert.equal(callAddress(lead), "tel:+16502530000");
    assert.ok(!mayCall({ ...lead, phone_valid: false }));
    assert.ok(!mayCall({ ...lead, do_not_call: true }));
  });

  test("link to the web and to nothing else", () => {
    assert.equal(webAddress("ForwardShop.com"), "https://forwardshop.com/");
    assert.equal(webAddress("http://a.example/x"), "http://a.example/x");
    assert.equal(webAddress("javascript:alert(1)"), null);
    assert.equal(webAddress("data:text/html,x"), null);
  });
});

describe("A change by someone else", () => {
  test("is told for the fields that people edit, not for what the server sets", () => {
    const read = decodeLead({ id: "1", etag: "1", phone: "1", score: 5 });
    const present = decodeLead({ id: "1", etag: "2", phone: "2", score: 9, status: "dead" });
    const names = foreignChanges(read, present).map((change) => change.field.name);
    assert.deepEqual(names, ["status", "phone"]);
  });

  test("is none between an unset and a null value", () => {
    assert.ok(sameValue(undefined, null));
    assert.ok(sameValue({ amount_minor: "1", currency: "USD" }, { amount_minor: "1", currency: "USD" }));
  });
});

describe("What a member may do", () => {
  const session = (role: string, permissions: string[]) =>
    new Permissions(sessionOf({ member: { id: "me", role }, permissions }));

  test("for a rep is editing their own leads", () => {
    const rep = session("rep", ["lead.read", "lead.edit"]);
    assert.ok(rep.mayEdit(decodeLead({ owner_id: "me" })));
    assert.equal(rep.mayEdit(decodeLead({ owner_id: "other" })), false);
    assert.equal(rep.mayEdit(decodeLead({})), false);
    assert.equal(rep.mayDelete(decodeLead({ owner_id: "me" })), false);
  });

  test("for a manager is editing all leads, for a reader none", () => {
    const lead = decodeLead({ owner_id: "other" });
    assert.ok(session("manager", ["lead.edit"]).mayEdit(lead));
    assert.equal(session("read_only", ["lead.read"]).mayEdit(lead), false);
  });
});

describe("An address", () => {
  test("names its screen", () => {
    assert.deepEqual(routeOf("/", ""), { screen: "leads", search: "" });
    assert.deepEqual(routeOf("/leads", "?q=a"), { screen: "leads", search: "?q=a" });
    assert.deepEqual(routeOf("/leads/lead_1", ""), { screen: "lead", id: "lead_1" });
    assert.deepEqual(routeOf("/imports/new", ""), { screen: "newImport" });
    assert.deepEqual(routeOf("/settings", ""), { screen: "settings", section: "members" });
  });

  test("that nobody knows is unknown, broken escapes included", () => {
    assert.deepEqual(routeOf("/settings/moon", ""), { screen: "unknown" });
    assert.deepEqual(routeOf("/leads/a/b", ""), { screen: "unknown" });
    assert.deepEqual(routeOf("/leads/%E0%A4%A", ""), { screen: "lead", id: "%E0%A4%A" });
  });
});
