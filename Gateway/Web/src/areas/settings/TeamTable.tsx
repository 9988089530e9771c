import { useWorkspace } from "../../app/workspace";
import type { Team } from "../../core/api.generated";
import { membersBelow, type PlacedTeam } from "../../core/teamOrder";
import { words as all } from "../../words/settings";

const words = all.teams;

interface Props {
  /** Each after the team that it is part of. */
  teams: readonly PlacedTeam[];
  edit: (team: Team) => void;
  remove: (team: Team) => void;
}

export function TeamTable({ teams, edit, remove }: Props) {
  const { permissions, directory } = useWorkspace();
  const mayEdit = permissions.may("team.edit");
  const mayDelete = permissions.may("team.delete");
  const known = teams.map(({ team }) => team);
  return (
    <div className="table-scroll" role="region" aria-label={words.table} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{all.name}</th>
            <th scope="col">{words.partOf}</th>
            <th scope="col">{words.manager}</th>
            <th scope="col">{words.members}</th>
            <th scope="col">{words.state}</th>
            {(mayEdit || mayDelete) && <th scope="col">{words.change}</th>}
          </tr>
        </thead>
        <tbody>
          {teams.map(({ team, depth }) => (
            <tr key={team.id}>
              <th scope="row">
                <bdi style={{ marginInlineStart: `calc(var(--space-4) * ${depth})` }}>{team.name}</bdi>
              </th>
              <td data-label={words.partOf}>
                <bdi>{directory.names.record(team.parent_team_id)}</bdi>
              </td>
              <td data-label={words.manager}>
                <bdi>{directory.names.record(team.manager_id)}</bdi>
              </td>
              <td data-label={words.members}>{words.count(team.member_ids.length, membersBelow(team, known))}</td>
              <td data-label={words.state}>
                <span className={`tag ${team.active === true ? "tag-good" : ""}`}>
                  {team.active === true ? words.active : words.inactive}
                </span>
              </td>
              {(mayEdit || mayDelete) && (
                <td className="table-actions">
                  {mayEdit && (
                    <button
                      type="button"
                      className="button-quiet"
                      aria-label={all.editOf(team.name)}
                      onClick={() => edit(team)}
                    >
                      {all.edit}
                    </button>
                  )}
                  {mayDelete && (
                    <button
                      type="button"
                      className="button-quiet bad"
                      aria-label={words.deleteOf(team.name)}
                      onClick={() => remove(team)}
                    >
                      {words.delete}
                    </button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
