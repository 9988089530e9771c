import { useWorkspace } from "../app/workspace";
import { formatPhone } from "../core/phone";
import { dialAddress } from "../core/web";
import { Icon } from "../parts/Icon";
import { IconButton } from "../parts/IconButton";
import { words } from "../words/reach";

interface Props {
  phone: string;
  email: string;
  /** Whether the person can be called, and accepts calls. */
  calls: boolean;
  mails: boolean;
  /** Whether they prefer e-mail. */
  mailsFirst: boolean;
}

/** Reaches a person, in the ways they allow: the first is the main one. */
export function ReachActions({ phone, email, calls, mails, mailsFirst }: Props) {
  const { notices } = useWorkspace();
  const copy = async (text: string, what: string) => {
    try {
      await navigator.clipboard.writeText(text);
      notices.done(words.copied(what));
    } catch {
      notices.failed(words.notCopied(what));
    }
  };
  return (
    <div className="record-actions">
      {calls && (
        <a className={`button ${mailsFirst ? "" : "button-main"}`} href={dialAddress(phone)}>
          <Icon name="phone" />
          {words.call(formatPhone(phone))}
        </a>
      )}
      {calls && (
        <IconButton
          icon="copy"
          label={words.copyPhone}
          onClick={() => void copy(phone, words.phone)}
        />
      )}
      {mails && (
        <a
          className={`button ${mailsFirst ? "button-main" : ""}`}
          href={`mailto:${encodeURIComponent(email)}`}
        >
          <Icon name="mail" />
          {words.mail}
        </a>
      )}
      {email !== "" && (
        <IconButton
          icon="copy"
          label={words.copyEmail}
          onClick={() => void copy(email, words.email)}
        />
      )}
    </div>
  );
}
