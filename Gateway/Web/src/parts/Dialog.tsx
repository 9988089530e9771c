import { type ReactNode, useId } from "react";
import { words } from "../words/parts";
import { IconButton } from "./IconButton";
import { Modal } from "./Modal";

interface Props {
  title: string;
  /** Esc or the cross, which may be an accident. */
  onClose: () => void;
  /** "wide" for content with columns. */
  size?: "normal" | "wide";
  children: ReactNode;
}

/**
 * A modal dialog, shown while it is rendered. Focus starts at its first field; Esc closes it,
 * and focus returns afterwards. A dialog may open another one.
 */
export function Dialog({ title, onClose, size = "normal", children }: Props) {
  const titleId = useId();
  return (
    <Modal className={`dialog dialog-${size}`} labelledBy={titleId} onClose={onClose}>
      <div className="dialog-head">
        <h2 id={titleId} dir="auto">
          {title}
        </h2>
        <IconButton icon="close" label={words.dialog.close} onClick={onClose} />
      </div>
      <div className="dialog-body" data-begin="">
        {children}
      </div>
    </Modal>
  );
}
