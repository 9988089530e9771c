import type { Rec } from "../../core/recordKind";
import { ReachActions } from "../../records/ReachActions";
import { asLead } from "./lead";

/** Reaches a lead, in the ways it allows: the first is the main one. */
export function Actions({ record }: { record: Rec }) {
  const { phone, phone_valid, do_not_call, email, do_not_email, preferred_contact_method } =
    asLead(record);
  const calls = phone !== "" && phone_valid && !do_not_call;
  const mails = email !== "" && !do_not_email;
  const mailsFirst = mails && (!calls || preferred_contact_method === "email");
  return <ReachActions {...{ phone, email, calls, mails, mailsFirst }} />;
}
