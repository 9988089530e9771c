import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { meantOption, remarkText, unreadValues } from "../src/core/importValues";
import { field, names } from "./fixtures";
import { serverText } from "./serverTexts";

const owner = field({ label: "Owner", type: "id", references: "member" }, "owner_id");
const stage = field({ label: "Stage", picklist: "stage" }, "stage");
const type = field({ label: "Type", choices: ["one_off", "arr"] }, "type");
describe("A text of a file", () => {
  const members = [
    { value: "member_1", label: "Ada Lovelace", detail: "ada@acme.example" },
    { value: "member_2", label: "Eve Moe", detail: "eve@acme.example" },
    { value: "member_3", label: "Eve Moe", detail: "moe@acme.example" },
  ];

  test("means who is called so, by name in any case or by address", () => {
    assert.equal(meantOption(owner, members, " ADA  lovelace")?.value, "member_1");
    assert.equal(meantOption(owner, members, "eve@acme.example")?.value, "member_2");
    assert.equal(meantOption(owner, members, "member_3")?.value, "member_3");
    assert.equal(meantOption(owner, members, "Ada")?.value, undefined);
  });

  test("means nobody where several are called so", () => {
    assert.equal(meantOption(owner, members, "Eve Moe"), undefined);
  });

  test("means a choice by its key alone", () => {
    const choices = [{ value: "one_off", label: "One off" }];
    assert.equal(meantOption(type, choices, "ONE_OFF")?.value, "one_off");
    assert.equal(meantOption(type, choices, "One off"), undefined);
  });
});

describe("The remarks of an import", () => {
  const remark = (field: string, value: string, text: string) => ({ field, value, text, rows: "1" });
  const readAs = (value: string) => serverText("was read as {}", `“${value}”`);
  const refused = (kind: string, outcome: string) =>
    serverText("{}; these rows {}", serverText("names no {}", kind), outcome);

  const unlinked = "could not be linked; rows that are otherwise right become records without it";

  test("say for which values nothing was found", () => {
    const remarks = [
      remark("account_id", "GTXpro", refused("account", "were refused")),
      remark("owner_id", "Nobody", refused("member", "would be refused")),
      remark("parent_id", "Nobody", serverText(unlinked)),
      remark("stage", "Won", readAs("Closed Won")),
      remark("win_reason", "", serverText("was missing; these rows {} {}", "got", "the reason other")),
    ];
    assert.deepEqual(unreadValues(remarks), [
      { field: "account_id", value: "GTXpro" },
      { field: "owner_id", value: "Nobody" },
      { field: "parent_id", value: "Nobody" },
    ]);
  });

  test("call what was read as people call it", () => {
    assert.equal(remarkText(readAs("closed_won"), stage, names), "was read as “CLOSED_WON”");
    const id = `member_${"0".repeat(26)}`;
    assert.equal(remarkText(readAs(id), owner, names), `was read as “${id.toUpperCase()}”`);
    assert.equal(remarkText(readAs("Ada Byron"), owner, names), "was read as “Ada Byron”");
    assert.equal(remarkText(serverText("was left out"), stage, names), "was left out");
    assert.equal(remarkText(readAs("x"), undefined, names), "was read as “x”");
  });
});
