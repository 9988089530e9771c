import type { Lead } from "../../core/api.generated";
import { formatPhone } from "../../core/phone";
import type { Rec } from "../../core/recordKind";
import { BandBadge } from "./BandBadge";
import { words } from "../../words/leads";

// What the list shows of a lead in place of a field's own view.

export function NameAndCompany({ record }: { record: Rec }) {
  const { display_name, company_name } = record as unknown as Lead;
  return (
    <span className="two-lines">
      <bdi className="two-lines-first">{display_name || words.withoutName}</bdi>
      <bdi className="two-lines-second muted">{company_name === display_name ? "" : company_name}</bdi>
    </span>
  );
}

export function Score({ record }: { record: Rec }) {
  const { band, score } = record as unknown as Lead;
  return <BandBadge band={band} score={score} />;
}

export function PhoneNumber({ record }: { record: Rec }) {
  const { phone, phone_valid } = record as unknown as Lead;
  if (phone === "" || phone_valid) return <bdi>{formatPhone(phone)}</bdi>;
  return (
    <bdi className="muted" title={words.impossibleNumber}>
      {phone}
    </bdi>
  );
}
