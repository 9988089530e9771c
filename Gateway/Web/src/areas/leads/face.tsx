import { type Lead } from "../../core/api.generated";
import type { Field } from "../../core/fields";
import { formatPhone } from "../../core/phone";
import type { Rec } from "../../core/recordKind";
import { dialAddress } from "../../core/web";
import { type Face, giveFace } from "../../records/faces";
import { Actions } from "./Actions";
import { DuplicatesWhileTyping } from "./DuplicatesWhileTyping";
import { asLead, lead, leadName } from "./lead";
import { Duplicates } from "./Duplicates";
import { ScoreCard } from "./ScoreCard";
import { words } from "../../words/leads";

/** Whether a lead can be called: it has a number that can exist, and nobody asked not to. */
export function mayCall({ phone, phone_valid, do_not_call }: Lead): boolean {
  return phone !== "" && phone_valid && !do_not_call;
}

function subtitle(record: Rec): string {
  const { job_title, company_name } = asLead(record);
  const company = company_name === leadName(record) ? "" : company_name;
  return [job_title, company].filter((each) => each !== "").join(", ");
}

/** Who does not want to be called or mailed is not linked, and neither is a number that cannot exist. */
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

const face: Face = {
  Headline: ScoreCard,
  Actions,
  Related: Duplicates,
  FormNote: DuplicatesWhileTyping,
  value,
  subtitle,
};

giveFace(lead, face);
