import type { Team } from "./api.generated";

/** A team, and how many teams are above it. */
export interface PlacedTeam {
  team: Team;
  depth: number;
}

/** Teams by name, each right after the one that it is part of. */
export function placedTeams(teams: readonly Team[]): readonly PlacedTeam[] {
  const known = new Set(teams.map((team) => team.id));
  const byName = [...teams].sort((a, b) => a.name.localeCompare(b.name));
  const placed: PlacedTeam[] = [];
  const place = (parent: string, depth: number) => {
    for (const team of byName) {
      const above = known.has(team.parent_team_id) ? team.parent_team_id : "";
      if (above !== parent) continue;
      placed.push({ team, depth });
      place(team.id, depth + 1);
    }
  };
  place("", 0);
  return placed;
}

/** How many members the teams below one have that are not its own. */
export function membersBelow(team: Team, teams: readonly Team[]): number {
  const below = withTeamsBelow(team.id, teams);
  const members = teams.filter((each) => below.has(each.id)).flatMap((each) => each.member_ids);
  return new Set(members).size - new Set(team.member_ids).size;
}

/** A team and all teams below it, of which it cannot become a part. */
export function withTeamsBelow(team: string, teams: readonly Team[]): ReadonlySet<string> {
  const found = new Set([team]);
  let before = 0;
  while (found.size > before) {
    before = found.size;
    for (const each of teams) if (found.has(each.parent_team_id)) found.add(each.id);
  }
  return found;
}
