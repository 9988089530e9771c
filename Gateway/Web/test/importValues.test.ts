import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { meantOption, remarkText, unreadValues } from "../src/core/importValues";
import { field, names } from "./fixtures";

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
  const remark = (field: string, value: string, others: { unmatched?: boolean; read_as?: string } = {}) => {
    return { field, value, text: "as it is", rows: "1", unmatched: false, read_as: "", ...others };
  };

  test("say for which values nothing was found", () => {
    const remarks = [
      remark("account_id", "GTXpro", { unmatched: true }),
      remark("stage", "Won", { read_as: "Closed Won" }),
      remark("owner_id", "", { unmatched: true }),
      remark("source", "Fair"),
    ];
    assert.deepEqual(unreadValues(remarks), [{ field: "account_id", value: "GTXpro" }]);
  });

  test("call what was read as people call it", () => {
    const readAs = (value: string) => remark("stage", "x", { read_as: value });
    assert.equal(remarkText(readAs("closed_won"), stage, names), "was read as “CLOSED_WON”");
    const id = `member_${"0".repeat(26)}`;
    assert.equal(remarkText(readAs(id), owner, names), `was read as “${id.toUpperCase()}”`);
    assert.equal(remarkText(readAs("Ada Byron"), owner, names), "was read as “Ada Byron”");
    assert.equal(remarkText(remark("stage", "x"), stage, names), "as it is");
    assert.equal(remarkText(readAs("y"), undefined, names), "as it is");
  });
});
