import { useState } from "react";
import { Dialog } from "../../parts/Dialog";
import { words as all } from "../../words/settings";

const words = all.link;

interface Props {
  name: string;
  link: string;
  onClose: () => void;
}

/** The link with which a member sets a password, shown once. */
export function ResetLinkDialog({ name, link, onClose }: Props) {
  const [copied, setCopied] = useState("");
  const copy = () =>
    navigator.clipboard.writeText(link).then(
      () => setCopied(words.copied),
      () => setCopied(words.notCopied),
    );
  return (
    <Dialog title={words.title(name)} onClose={onClose}>
      <div className="dialog-content">
        <p>{words.what(name)}</p>
        <input
          className="input code"
          aria-label={words.label}
          readOnly
          value={link}
          onFocus={(event) => event.target.select()}
        />
        <div className="dialog-foot">
          <span role="status" className="muted">
            {copied}
          </span>
          <button type="button" className="button" onClick={() => void copy()}>
            {words.copy}
          </button>
          <button type="button" className="button button-main" onClick={onClose}>
            {words.done}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
