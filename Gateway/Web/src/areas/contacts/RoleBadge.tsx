import type { ReactNode } from "react";
import { type Field, wordsOf } from "../../core/fields";
import { Icon, Picture } from "../../parts/Icon";
import { linkFields, type Role, roles } from "./links";

const crown = "M2.5 13h11M3 10.5l-.5-6 3 2.5L8 3l2.5 4 3-2.5-.5 6z";
const star = "M8 2.6l1.5 3.8 4 .2-3.1 2.6 1 3.9L8 10.9l-3.4 2.2 1-3.9-3.1-2.6 4-.2z";
const award = "M8 9.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM6 9l-1 4.5 3-1.7 3 1.7L10 9";
const gear =
  "M8 12.2a4.2 4.2 0 1 0 0-8.4 4.2 4.2 0 0 0 0 8.4ZM8 9.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4ZM8 3.8V2M8 14v-1.8M3.8 8H2M14 8h-1.8M5 5L3.8 3.8M12.2 12.2L11 11M11 5l1.2-1.2M3.8 12.2L5 11";
const briefcase = "M2.5 5.5h11v7.5h-11zM6 5.5v-2h4v2M2.5 9h11";

const looks: Record<Role, { tint: string; picture: ReactNode }> = {
  decision_maker: { tint: "tint-orange", picture: <Picture path={crown} /> },
  influencer: { tint: "tint-purple", picture: <Picture path={star} /> },
  champion: { tint: "tint-green", picture: <Picture path={award} /> },
  end_user: { tint: "tint-blue", picture: <Icon name="person" /> },
  technical: { tint: "tint-cyan", picture: <Picture path={gear} /> },
  executive: { tint: "tint-red", picture: <Picture path={briefcase} /> },
};

/** The role of a contact at an account or in a deal, as a picture and words. */
export function RoleBadge({ role }: { role: Role }) {
  const { tint, picture } = looks[role];
  return (
    <span className={`role ${tint}`}>
      {picture}
      {wordsOf(role)}
    </span>
  );
}

/** Shows the role of a link as a badge, if it has one. */
export function roleView(detail: Field, value: unknown): ReactNode {
  const role = roles.find((each) => each === value);
  return detail === linkFields.role && role !== undefined ? <RoleBadge role={role} /> : undefined;
}
