import { useCallback, useState } from "react";
import { useLoaded } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { roleNames } from "../../core/permissions";
import { explainInLine } from "../../core/problem";
import type { Member } from "../../core/types";
import { Failure } from "../../parts/Failure";
import { Person } from "../../parts/Person";
import { MemberDialog } from "./MemberDialog";
import { NewMemberDialog } from "./NewMemberDialog";

type Asked = { what: "new" } | { what: "edit"; member: Member };

/** Who works here, in which role, and who takes leads. */
export function MembersSection() {
  const { api, permissions, directory, notices } = useWorkspace();
  const load = useCallback(() => api.members(), [api]);
  const { value, error, reload } = useLoaded(load);
  const [asked, setAsked] = useState<Asked | null>(null);
  const done = () => {
    setAsked(null);
    reload();
    directory.reload();
  };
  const failed = (failure: unknown) => notices.failed(explainInLine(failure));
  const reactivate = async (member: Member) => {
    try {
      await api.reactivateMember(member.id);
      notices.done(`${member.display_name} can sign in again`);
      done();
    } catch (failure) {
      failed(failure);
    }
  };
  const deactivate = async (member: Member) => {
    try {
      await api.deactivateMember(member.id);
      const owned = await api.ownedLeads(member.id).catch(() => null);
      notices.done(
        `${member.display_name} is deactivated: signed out, and gets no more leads. ${handover(owned)}`,
        { label: "Undo", run: () => void reactivate(member) },
      );
      done();
    } catch (failure) {
      failed(failure);
    }
  };
  const mayEdit = permissions.may("member.edit");
  return (
    <section aria-labelledby="members-title">
      <header className="screen-head">
        <h2 id="members-title">Members</h2>
        {permissions.may("member.create") && (
          <button
            type="button"
            className="button screen-action"
            onClick={() => setAsked({ what: "new" })}
          >
            Add member
          </button>
        )}
      </header>
      {error !== null && <Failure error={error} retry={reload} />}
      {value !== null && (
        <div className="table-scroll" role="region" aria-label="Table of members" tabIndex={0}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">E-mail</th>
                <th scope="col">Role</th>
                <th scope="col">Takes leads</th>
                <th scope="col">State</th>
                {mayEdit && <th scope="col">Change</th>}
              </tr>
            </thead>
            <tbody>
              {value.map((member) => (
                <MemberRow
                  key={member.id}
                  member={member}
                  mayEdit={mayEdit}
                  edit={() => setAsked({ what: "edit", member })}
                  deactivate={() => void deactivate(member)}
                  reactivate={() => void reactivate(member)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {asked?.what === "new" && <NewMemberDialog onClose={() => setAsked(null)} onDone={done} />}
      {asked?.what === "edit" && (
        <MemberDialog member={asked.member} onClose={() => setAsked(null)} onDone={done} />
      )}
    </section>
  );
}

interface RowProps {
  member: Member;
  mayEdit: boolean;
  edit: () => void;
  deactivate: () => void;
  reactivate: () => void;
}

function MemberRow({ member, mayEdit, edit, deactivate, reactivate }: RowProps) {
  const { session } = useWorkspace();
  const isSelf = member.id === session.member.id;
  return (
    <tr className={member.active ? undefined : "member-inactive"}>
      <th scope="row">
        <Person name={member.display_name} />
      </th>
      <td data-label="E-mail">{member.email}</td>
      <td data-label="Role">
        {roleNames[member.role] ?? member.role}
        {member.owner && <span className="muted"> · Owner</span>}
      </td>
      <td data-label="Takes leads">{takesLeads(member)}</td>
      <td data-label="State">
        <span className={`tag ${member.active ? "tag-good" : ""}`}>
          {member.active ? "Active" : "Deactivated"}
        </span>
      </td>
      {mayEdit && (
        <td className="table-actions">
          {member.active && (
            <button
              type="button"
              className="button-quiet"
              aria-label={`Edit ${member.display_name}`}
              onClick={edit}
            >
              Edit
            </button>
          )}
          {member.active && !member.owner && !isSelf && (
            <button
              type="button"
              className="button-quiet bad"
              aria-label={`Deactivate ${member.display_name}`}
              onClick={deactivate}
            >
              Deactivate
            </button>
          )}
          {!member.active && (
            <button
              type="button"
              className="button-quiet"
              aria-label={`Reactivate ${member.display_name}`}
              onClick={reactivate}
            >
              Reactivate
            </button>
          )}
        </td>
      )}
    </tr>
  );
}

/** What is left to do with the leads of somebody who left; null when their number is not known. */
function handover(owned: number | null): string {
  if (owned === 0) return "They own no leads.";
  const leads = owned === null ? "Their leads stay" : owned === 1 ? "1 lead stays" : `${owned} leads stay`;
  return `${leads} theirs until you hand over: filter leads by Owner.`;
}

function takesLeads(member: Member): string {
  if (!member.takes_leads) return "No";
  return member.daily_lead_cap === null ? "Yes" : `Yes, up to ${member.daily_lead_cap} a day`;
}
