import { type ReactNode, useId } from "react";
import { words } from "../words/parts";
import { IconButton } from "./IconButton";
import { Modal } from "./Modal";

interface Props {
  title: string;
  onClose: () => void;
  /** Beside the title: links and actions for the whole of it. */
  actions?: ReactNode;
  /** At its end, always in sight. */
  foot?: ReactNode;
  children: ReactNode;
}

/**
 * Slides over the page from the side, on a phone from the bottom, and hides the rest until it is
 * closed by its cross, Esc or a press beside it. Focus starts at the sheet itself, so that its title
 * is read first, and returns afterwards.
 */
export function Sheet({ title, onClose, actions, foot, children }: Props) {
  const titleId = useId();
  return (
    <Modal className="sheet" labelledBy={titleId} begins="itself" leaves onClose={onClose}>
      <div className="sheet-frame">
        <div className="dialog-head">
          <h2 id={titleId} dir="auto">
            {title}
          </h2>
          <div className="sheet-actions">
            {actions}
            <IconButton icon="close" label={words.dialog.close} onClick={onClose} />
          </div>
        </div>
        <div className="sheet-body">{children}</div>
        {foot !== undefined && <div className="sheet-foot">{foot}</div>}
      </div>
    </Modal>
  );
}
