import { useWorkspace } from "../../app/workspace";
import { formatPhone } from "../../core/phone";
import type { Rec } from "../../core/recordKind";
import { dialAddress } from "../../core/web";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { asLead } from "./lead";

/** Reaches a lead, in the ways it allows: the first is the main one. */
export function Actions({ record }: { record: Rec }) {
  const { notices } = useWorkspace();
  const { phone, phone_valid, do_not_call, email, do_not_email, preferred_contact_method } =
    asLead(record);
  const calls = phone !== "" && phone_valid && !do_not_call;
  const mails = email !== "" && !do_not_email;
  const mailsFirst = mails && (!calls || preferred_contact_method === "email");
  const copy = async (text: string, what: string) => {
    try {
      await navigator.clipboard.writeText(text);
      notices.done(`${what} copied`);
    } catch {
      notices.failed(`${what} could not be copied: the browser does not allow it`);
    }
  };
  return (
    <div className="record-actions">
      {calls && (
        <a className={`button ${mailsFirst ? "" : "button-main"}`} href={dialAddress(phone)}>
          <Icon name="phone" />
          Call {formatPhone(phone)}
        </a>
      )}
      {calls && (
        <IconButton icon="copy" label="Copy phone number" onClick={() => void copy(phone, "Phone number")} />
      )}
      {mails && (
        <a
          className={`button ${mailsFirst ? "button-main" : ""}`}
          href={`mailto:${encodeURIComponent(email)}`}
        >
          <Icon name="mail" />
          Send e-mail
        </a>
      )}
      {email !== "" && (
        <IconButton icon="copy" label="Copy e-mail address" onClick={() => void copy(email, "E-mail address")} />
      )}
    </div>
  );
}
