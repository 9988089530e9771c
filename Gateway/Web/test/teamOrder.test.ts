import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeTeam } from "../src/core/api.generated";
import { membersBelow, placedTeams, withTeamsBelow } from "../src/core/teamOrder";

const team = (id: string, name: string, parent = "") =>
  decodeTeam({ id, name, parent_team_id: parent });

const teams = [
  team("c", "City", "n"),
  team("s", "Sales"),
  team("n", "North", "s"),
  team("a", "Abroad", "s"),
  team("h", "Help"),
  team("l", "Lost", "gone"),
];

test("a team stands behind the one that it is part of, by name", () => {
  const placed = placedTeams(teams).map(({ team, depth }) => `${depth} ${team.name}`);
  assert.deepEqual(placed, ["0 Help", "0 Lost", "0 Sales", "1 Abroad", "1 North", "2 City"]);
});

test("a team cannot become a part of itself or of one below it", () => {
  assert.deepEqual([...withTeamsBelow("s", teams)].sort(), ["a", "c", "n", "s"]);
  assert.deepEqual([...withTeamsBelow("c", teams)], ["c"]);
});

test("a team says how many there are in those below, each once", () => {
  const member_ids = ["m1", "m2"];
  const [city, sales, ...others] = teams;
  const staffed = [
    { ...(city ?? team("c", "")), member_ids },
    { ...(sales ?? team("s", "")), member_ids: ["m1"] },
    ...others.map((each) => (each.id === "n" ? { ...each, member_ids: ["m2", "m3"] } : each)),
  ];
  assert.deepEqual(staffed.slice(0, 3).map((each) => membersBelow(each, staffed)), [0, 2, 1]);
});
