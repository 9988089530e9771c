import { useEffect, useState } from "react";
import { isGuarded } from "../parts/leaveGuard";
import { Dialog } from "../parts/Dialog";
import { askBeforeLeaving } from "./navigation";

/** Asks before what was typed and not sent is left. */
export function LeaveQuestion() {
  const [answer, setAnswer] = useState<((leaves: boolean) => void) | null>(null);
  useEffect(
    () =>
      askBeforeLeaving(() => {
        if (!isGuarded()) return true;
        return new Promise((resolve) => {
          setAnswer(() => (leaves: boolean) => {
            setAnswer(null);
            resolve(leaves);
          });
        });
      }),
    [],
  );
  if (answer === null) return null;
  return (
    <Dialog title="Leave without saving?" onClose={() => answer(false)}>
      <div className="dialog-body">
        <p>What you typed is kept as a draft on this device. It is not saved yet.</p>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={() => answer(true)}>
            Leave
          </button>
          <button type="button" className="button button-main" onClick={() => answer(false)}>
            Stay
          </button>
        </div>
      </div>
    </Dialog>
  );
}
