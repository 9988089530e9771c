import { isOneOf, literal } from "../../core/cel";
import type { Field } from "../../core/fields";
import { formatPhone } from "../../core/phone";
import type { Rec } from "../../core/recordKind";
import { dialAddress } from "../../core/web";
import { Duplicates, RepeatsNote } from "../../records/Duplicates";
import { DuplicatesWhileTyping } from "../../records/DuplicatesWhileTyping";
import { type Face, giveFace } from "../../records/faces";
import { LinkedRecords } from "../../records/LinkedRecords";
import { ReachActions } from "../../records/ReachActions";
import { RelatedList } from "../../records/RelatedList";
import { words } from "../../words/contactScreens";
import { account } from "../accounts/account";
import { RelatedDeals } from "../deals/RelatedDeals";
import { lead } from "../leads/lead";
import { TasksOf } from "../tasks/TasksOf";
import { asContact, contact } from "./contact";
import { linkFields } from "./links";
import { roleView } from "./RoleBadge";

function Actions({ record }: { record: Rec }) {
  const { phone, phone_valid, phone_consent, email, email_consent } = asContact(record);
  return (
    <ReachActions
      phone={phone}
      email={email}
      calls={phone !== "" && phone_valid && phone_consent !== "denied"}
      mails={email !== "" && email_consent !== "denied"}
      mailsFirst={false}
    />
  );
}

function Aside({ record }: { record: Rec }) {
  const { id, email } = asContact(record);
  return (
    <>
      <TasksOf record={record} />
      <LinkedRecords
        kind={contact}
        record={record}
        field="accounts"
        of={account}
        link={linkFields.account_id}
        details={[linkFields.role, linkFields.start_date, linkFields.end_date]}
        view={roleView}
        title={words.accounts}
      />
      <RelatedDeals filter={`${literal(id)} in contact_ids`} by="contact_ids" />
      {email !== "" && (
        <RelatedList
          kind={lead}
          title={words.leads}
          filter={isOneOf("email", [...new Set([email, email.toLowerCase()])])}
          by="email"
        />
      )}
      <Duplicates kind={contact} record={record} />
    </>
  );
}

const compared = ["email", "phone", "first_name", "last_name"];
const enough = ["email", "phone"];

/** Contacts that a new one would duplicate, while it is typed. */
function FormNote({ values }: { values: Readonly<Record<string, unknown>> }) {
  return <DuplicatesWhileTyping kind={contact} values={values} compared={compared} enough={enough} />;
}

/** No links for people who do not want calls or e-mails, nor for impossible numbers. */
function value(record: Rec, field: Field) {
  const of = asContact(record);
  if (field.name === "email" && of.email !== "" && of.email_consent === "denied") return <bdi>{of.email}</bdi>;
  if (field.name !== "phone" || of.phone === "") return undefined;
  if (of.phone_valid && of.phone_consent !== "denied") {
    return <a href={dialAddress(of.phone)}>{formatPhone(of.phone)}</a>;
  }
  return (
    <>
      <bdi>{of.phone_valid ? formatPhone(of.phone) : of.phone}</bdi>
      {!of.phone_valid && <span className="fact-note warn">{words.impossibleNumber}</span>}
    </>
  );
}

function Headline({ record }: { record: Rec }) {
  return <RepeatsNote kind={contact} record={record} />;
}

const face: Face = {
  Headline,
  Actions,
  Aside,
  FormNote,
  value,
  subtitle: (record) => asContact(record).job_title,
};

giveFace(contact, face);
