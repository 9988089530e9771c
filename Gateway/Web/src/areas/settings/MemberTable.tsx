import { useWorkspace } from "../../app/workspace";
import type { Member } from "../../core/types";
import { IconButton } from "../../parts/IconButton";
import { Menu } from "../../parts/Menu";
import { Person } from "../../parts/Person";
import { words as fields } from "../../words/fields";
import { words as all } from "../../words/settings";

const words = all.members;
const { roles } = fields;

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
    <div className="table-scroll" role="region" aria-label={words.table} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{all.name}</th>
            <th scope="col">{words.role}</th>
            <th scope="col">{words.takesLeads}</th>
            <th scope="col">{words.state}</th>
            {mayEdit && <th scope="col">{words.change}</th>}
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
        <bdi className="member-email">{member.email}</bdi>
      </th>
      <td data-label={words.role}>
        {roles[member.role] ?? member.role}
        {member.owner && <span className="muted">{words.owner}</span>}
      </td>
      <td data-label={words.takesLeads}>{takesLeads(member)}</td>
      <td data-label={words.state}>
        <span className={`tag ${member.active ? "tag-good" : ""}`}>
          {member.active ? words.active : words.deactivated}
        </span>
      </td>
      {mayEdit && (
        <td className="table-actions">
          {member.active ? (
            <button
              type="button"
              className="button-quiet"
              aria-label={all.editOf(name)}
              onClick={() => edit(member)}
            >
              {all.edit}
            </button>
          ) : (
            <button
              type="button"
              className="button-quiet"
              aria-label={words.reactivateOf(name)}
              onClick={() => reactivate(member)}
            >
              {words.reactivate}
            </button>
          )}
          <Menu
            label={words.more(name)}
            placement="bottom-end"
            button={(button) => <IconButton icon="more" label={words.more(name)} {...button} />}
            entries={[
              member.active && { label: words.link, run: () => resetPassword(member) },
              { label: words.handOver, run: () => handOver(member) },
              member.active &&
                !member.owner &&
                !isSelf && { label: words.deactivate(name), danger: true, run: () => deactivate(member) },
            ]}
          />
        </td>
      )}
    </tr>
  );
}

function takesLeads(member: Member): string {
  return member.takes_leads ? words.takes(member.daily_lead_cap) : words.takesNone;
}
