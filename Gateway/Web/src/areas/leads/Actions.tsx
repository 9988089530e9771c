import { useWorkspace } from "../../app/workspace";
import { formatPhone } from "../../core/phone";
import type { Rec } from "../../core/recordKind";
import { dialAddress } from "../../core/web";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { asLead } from "./lead";
import { words } from "../../words/leads";

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
      notices.done(words.actions.copied(what));
    } catch {
      notices.failed(words.actions.notCopied(what));
    }
  };
  return (
    <div className="record-actions">
      {calls && (
        <a className={`button ${mailsFirst ? "" : "button-main"}`} href={dialAddress(phone)}>
          <Icon name="phone" />
          {words.actions.call(formatPhone(phone))}
        </a>
      )}
      {calls && (
        <IconButton
          icon="copy"
          label={words.actions.copyPhone}
          onClick={() => void copy(phone, words.actions.phone)}
        />
      )}
      {mails && (
        <a
          className={`button ${mailsFirst ? "button-main" : ""}`}
          href={`mailto:${encodeURIComponent(email)}`}
        >
          <Icon name="mail" />
          {words.actions.mail}
        </a>
      )}
      {email !== "" && (
        <IconButton
          icon="copy"
          label={words.actions.copyEmail}
          onClick={() => void copy(email, words.actions.email)}
        />
      )}
    </div>
  );
}
