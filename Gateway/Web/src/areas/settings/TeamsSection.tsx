import { useMemo, useState } from "react";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import type { Team } from "../../core/api.generated";
import { explainInLine } from "../../core/problem";
import { placedTeams } from "../../core/teamOrder";
import { Empty } from "../../parts/Empty";
import { Failure } from "../../parts/Failure";
import { Waiting } from "../../parts/Waiting";
import { useAll } from "../../records/useAll";
import { words as all } from "../../words/settings";
import { words as screens } from "../../words/settingScreens";
import { team as teamKind } from "./kinds";
import { TeamDialog } from "./TeamDialog";
import { TeamTable } from "./TeamTable";

const words = all.teams;

type Asked = { what: "new" } | { what: "edit"; team: Team };

/** The teams: who works together, under whom, and whose records they reach by it. */
export default function TeamsSection() {
  const { records, permissions, notices } = useWorkspace();
  const undoable = useUndoable();
  const { rows, error, reload } = useAll(teamKind);
  const [asked, setAsked] = useState<Asked | null>(null);
  const teams = rows as unknown as readonly Team[] | null;
  const placed = useMemo(() => placedTeams(teams ?? []), [teams]);

  const changed = () => {
    setAsked(null);
    reload();
  };
  const remove = async (team: Team) => {
    try {
      await records.delete(teamKind, team.id);
    } catch (failure) {
      notices.failed(explainInLine(failure));
      return reload();
    }
    const bringBack = async () => {
      await records.undelete(teamKind, team.id);
      reload();
    };
    undoable({ label: words.deleted(team.name), takeBack: bringBack, about: team.id });
    reload();
  };

  const add = permissions.may("team.create") && (
    <button type="button" className="button" onClick={() => setAsked({ what: "new" })}>
      {words.add}
    </button>
  );
  return (
    <section aria-labelledby="teams-title">
      <header className="screen-head">
        <h2 id="teams-title">{screens.teams}</h2>
        <div className="screen-action">{placed.length > 0 && add}</div>
      </header>
      <p className="muted">{words.about}</p>
      {error !== null && <Failure error={error} retry={reload} />}
      {rows === null && error === null && <Waiting lines={6} />}
      {teams?.length === 0 && (
        <Empty icon="settings" title={words.none.title} reason={words.none.reason} action={add} />
      )}
      {placed.length > 0 && (
        <TeamTable
          teams={placed}
          edit={(team) => setAsked({ what: "edit", team })}
          remove={(team) => void remove(team)}
        />
      )}
      {asked !== null && (
        <TeamDialog
          team={asked.what === "edit" ? asked.team : null}
          teams={placed}
          onClose={() => setAsked(null)}
          onDone={changed}
        />
      )}
    </section>
  );
}
