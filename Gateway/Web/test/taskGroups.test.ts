import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { groupConditions, groupFilter, groupNames } from "../src/areas/tasks/taskGroups";
import { task } from "../src/areas/tasks/task";
import { listAddress, listSearch, readList } from "../src/core/listState";

const now = new Date(2026, 10, 27, 15);
const asking = { member: "member_1", now, firstDay: 1 as const };
const start = (day: number, month = 11) => new Date(2026, month - 1, day).toISOString().replace(".000Z", "Z");

describe("What a member has to do", () => {
  test("is what is assigned to them and open, each task in one group", () => {
    const open = '"member_1" in assignee_ids && !closed && !overdue';
    assert.equal(groupFilter("overdue", "member_1", now), '"member_1" in assignee_ids && overdue');
    assert.equal(groupFilter("today", "member_1", now), `${open} && due_time < timestamp("${start(28)}")`);
    assert.equal(
      groupFilter("soon", "member_1", now),
      `${open} && due_time >= timestamp("${start(28)}") && due_time < timestamp("${start(5, 12)}")`,
    );
    assert.equal(groupFilter("later", "member_1", now), `${open} && due_time >= timestamp("${start(5, 12)}")`);
    assert.equal(groupFilter("undated", "member_1", now), `${open} && due_time == null`);
  });

  test("is listed in full by an address that asks for the same", () => {
    const first = task.firstList({ id: "member_1", role: "rep" });
    for (const group of groupNames) {
      const state = { ...first, conditions: groupConditions(group, "me", now) };
      const address = listAddress(task, state, first);
      const read = readList(task, address.slice(address.indexOf("?")), first);
      assert.deepEqual(read.conditions, state.conditions, group);
      const flags = (text: string) =>
        text.replace(/!(closed|overdue)\b/g, "$1 == false").replace(/&& overdue$/, "&& overdue == true");
      assert.equal(listSearch(task, read, asking).filter, flags(groupFilter(group, "member_1", now)));
    }
  });
});
