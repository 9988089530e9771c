import { words } from "../words/parts";
import { Dialog } from "./Dialog";

interface Props {
  onStay: () => void;
  onLeave: () => void;
}

/** Asks before unsaved work is lost; see leaveGuard. */
export function LeaveDialog({ onStay, onLeave }: Props) {
  return (
    <Dialog title={words.leaving.title} onClose={onStay}>
      <div className="dialog-content">
        <p>{words.leaving.what}</p>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onLeave}>
            {words.leaving.leave}
          </button>
          <button type="button" className="button button-main" onClick={onStay}>
            {words.leaving.stay}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
