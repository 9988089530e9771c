import { useWorkspace } from "../../app/workspace";
import { isOneOf, literal } from "../../core/cel";
import type { Field } from "../../core/fields";
import { fieldText } from "../../core/fieldText";
import { linksIn } from "../../core/links";
import type { Rec } from "../../core/recordKind";
import { type Face, giveFace } from "../../records/faces";
import { RelatedList } from "../../records/RelatedList";
import { words } from "../../words/accountScreens";
import { asContact, contact } from "../contacts/contact";
import { linkFields } from "../contacts/links";
import { roleView } from "../contacts/RoleBadge";
import { RelatedDeals } from "../deals/RelatedDeals";
import { TasksOf } from "../tasks/TasksOf";
import { account, asAccount } from "./account";
import { Actions } from "./Actions";
import { Addresses } from "./Addresses";
import { Archiving } from "./Archiving";
import { HealthBadge } from "./HealthBadge";
import { HealthCard } from "./HealthCard";
import { LifecycleBadge } from "./LifecycleBadge";

function Aside({ record }: { record: Rec }) {
  const { id } = record;
  return (
    <>
      <Addresses record={record} />
      <TasksOf record={record} />
      <RelatedDeals filter={isOneOf("account_id", [id])} by="account_id" />
      <RelatedList
        kind={contact}
        title={words.contacts}
        filter={`${literal(id)} in account_ids`}
        by="account_ids"
        fields={contactFields}
        detail={(each) => <RoleAndJob record={each} account={id} />}
      />
      <RelatedList
        kind={account}
        title={words.children}
        filter={isOneOf("parent_id", [id])}
        by="parent_id"
        detail={(each) => <Type record={each} />}
      />
    </>
  );
}

/** The accounts of a contact, with its role at each: no list of contacts has a column for them. */
const contactFields = ["accounts"];

/** The role of a contact at an account, and their job. */
function RoleAndJob({ record, account: id }: { record: Rec; account: string }) {
  const { job_title } = asContact(record);
  const link = linksIn(record, "accounts").find((each) => each["account_id"] === id);
  const role = roleView(linkFields.role, link?.["role"]);
  return (
    <>
      {role}
      {role !== undefined && job_title !== "" && " · "}
      {job_title}
    </>
  );
}

function Type({ record }: { record: Rec }) {
  const { names } = useWorkspace().directory;
  const field = account.fields.get("type");
  return <>{field === undefined ? "" : fieldText(field, record["type"], names)}</>;
}

/** Fields that are shown as badges, on the page as in the list. */
function badge(record: Rec, field: Field) {
  const { lifecycle, health, health_score } = asAccount(record);
  if (field.name === "health_score") return <HealthBadge health={health} score={health_score ?? 0} />;
  return field.name === "lifecycle" && lifecycle !== "" ? <LifecycleBadge lifecycle={lifecycle} /> : undefined;
}

const face: Face = {
  Headline: HealthCard,
  Actions,
  Aside,
  End: Archiving,
  value: badge,
  cell: badge,
  subtitle: (record) => (asAccount(record).archived ? words.archived : asAccount(record).industry),
};

giveFace(account, face);
