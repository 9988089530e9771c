import { useState } from "react";
import { Dialog } from "../../parts/Dialog";

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
      () => setCopied("Copied"),
      () => setCopied("Not copied: mark the link and copy it"),
    );
  return (
    <Dialog title={`A link for ${name}`} onClose={onClose}>
      <div className="dialog-content">
        <p>
          With this link <bdi>{name}</bdi> sets a new password, once and within a day. It is shown only now: send
          it in a way that only they read.
        </p>
        <input
          className="input code"
          aria-label="Link"
          readOnly
          value={link}
          onFocus={(event) => event.target.select()}
        />
        <div className="dialog-foot">
          <span role="status" className="muted">
            {copied}
          </span>
          <button type="button" className="button" onClick={() => void copy()}>
            Copy link
          </button>
          <button type="button" className="button button-main" onClick={onClose}>
            Done
          </button>
        </div>
      </div>
    </Dialog>
  );
}
