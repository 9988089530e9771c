import { useWorkspace } from "../../app/workspace";
import { roleNames } from "../../core/permissions";
import type { Member } from "../../core/types";
import { IconButton } from "../../parts/IconButton";
import { Menu } from "../../parts/Menu";
import { Person } from "../../parts/Person";

interface Props {
  members: readonly Member[];
  edit: (member: Member) => void;
  deactivate: (member: Member) => void;
  reactivate: (member: Member) => void;
  handOver: (member: Member) => void;
  resetPassword: (member: Member) => void;
}

export function MemberTable({ members, ...actions }: Props) {
  const { permissions } = useWorkspace();
  const mayEdit = permissions.may("member.edit");
  return (
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
          {members.map((member) => (
            <MemberRow key={member.id} member={member} mayEdit={mayEdit} {...actions} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MemberRow(props: Omit<Props, "members"> & { member: Member; mayEdit: boolean }) {
  const { member, mayEdit, edit, deactivate, reactivate, handOver, resetPassword } = props;
  const { session } = useWorkspace();
  const isSelf = member.id === session.member.id;
  const name = member.display_name;
  return (
    <tr className={member.active ? undefined : "member-inactive"}>
      <th scope="row">
        <Person name={name} />
      </th>
      <td data-label="E-mail">
        <bdi>{member.email}</bdi>
      </td>
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
          {member.active ? (
            <button
              type="button"
              className="button-quiet"
              aria-label={`Edit ${name}`}
              onClick={() => edit(member)}
            >
              Edit
            </button>
          ) : (
            <button
              type="button"
              className="button-quiet"
              aria-label={`Reactivate ${name}`}
              onClick={() => reactivate(member)}
            >
              Reactivate
            </button>
          )}
          <Menu
            label={`More for ${name}`}
            placement="bottom-end"
            button={(button) => <IconButton icon="more" label={`More for ${name}`} {...button} />}
            entries={[
              member.active && { label: "Make a link to set a password", run: () => resetPassword(member) },
              { label: "Hand over their work", run: () => handOver(member) },
              member.active &&
                !member.owner &&
                !isSelf && { label: `Deactivate ${name}`, danger: true, run: () => deactivate(member) },
            ]}
          />
        </td>
      )}
    </tr>
  );
}

function takesLeads(member: Member): string {
  if (!member.takes_leads) return "No";
  return member.daily_lead_cap === null ? "Yes" : `Yes, up to ${member.daily_lead_cap} a day`;
}
