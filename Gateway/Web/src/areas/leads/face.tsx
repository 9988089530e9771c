import type { FieldChange, Lead } from "../../core/api.generated";
import type { Field } from "../../core/fields";
import { formatPhone } from "../../core/phone";
import type { Rec } from "../../core/recordKind";
import { dialAddress } from "../../core/web";
import { Duplicates, RepeatsNote } from "../../records/Duplicates";
import { type Face, giveFace } from "../../records/faces";
import { TasksOf } from "../tasks/TasksOf";
import { Actions } from "./Actions";
import { asLead, lead, leadName } from "./lead";
import { Conversion, OutcomeLink } from "./Conversion";
import { ConvertButton } from "./ConvertButton";
import { LeadLikeness } from "./LeadLikeness";
import { Qualification } from "./Qualification";
import { QualifyButton } from "./QualifyButton";
import { ScoreCard } from "./ScoreCard";
import { words } from "../../words/leads";

/** Whether a lead can be called: it has a possible number, and has not asked not to be called. */
export function mayCall({ phone, phone_valid, do_not_call }: Lead): boolean {
  return phone !== "" && phone_valid && !do_not_call;
}

function subtitle(record: Rec): string {
  const { job_title, company_name } = asLead(record);
  const company = company_name === leadName(record) ? "" : company_name;
  return [job_title, company].filter((each) => each !== "").join(", ");
}

/** No links for people who do not want calls or e-mails, nor for impossible numbers. */
function value(record: Rec, field: Field) {
  const of = asLead(record);
  if (field.name === "email" && of.email !== "" && of.do_not_email) return <bdi>{of.email}</bdi>;
  if (field.name !== "phone" || of.phone === "") return undefined;
  if (mayCall(of)) return <a href={dialAddress(of.phone)}>{formatPhone(of.phone)}</a>;
  return (
    <>
      <bdi>{of.phone_valid ? formatPhone(of.phone) : of.phone}</bdi>
      {!of.phone_valid && <span className="fact-note warn">{words.impossibleNumber}</span>}
    </>
  );
}

/** First, the lead that it duplicates, and the records that it was converted into. */
function Headline({ record }: { record: Rec }) {
  return (
    <>
      <RepeatsNote kind={lead} record={record} />
      <Conversion record={record} />
      <ScoreCard record={record} />
    </>
  );
}

/** A qualified lead is converted next, a converted one leads on; any other is contacted first, or qualified. */
function NextActions({ record }: { record: Rec }) {
  return (
    <div className="next-actions">
      <OutcomeLink record={record} />
      <ConvertButton record={record} />
      <QualifyButton record={record} />
      <Actions record={record} />
    </div>
  );
}

/** What is to be done with it, its progress, and its duplicates. */
function Aside({ record }: { record: Rec }) {
  return (
    <>
      <TasksOf record={record} />
      <Qualification record={record} />
      <Duplicates kind={lead} record={record} />
    </>
  );
}

/** Each of these sets a field that nothing else does. */
function cameBy(changes: readonly FieldChange[]): string {
  const sets = (name: string) => changes.some(({ field, new: value }) => field === name && value !== "" && value !== "false");
  if (sets("disqualification_reason")) return "disqualify";
  if (sets("recycle_reason")) return "recycle";
  return sets("qualified") ? "qualify" : "";
}

const face: Face = {
  Headline,
  Actions: NextActions,
  Aside,
  FormNote: LeadLikeness,
  cameBy,
  value,
  subtitle,
};

giveFace(lead, face);
