import { useEffect, useState } from "react";
import { askBeforeLeaving } from "../core/navigation";
import { LeaveDialog } from "../parts/LeaveDialog";
import { isWorkAtStake } from "../parts/leaveGuard";

/** Asks before unsent input is lost. */
export function LeaveQuestion() {
  const [answer, setAnswer] = useState<((leaves: boolean) => void) | null>(null);
  useEffect(
    () =>
      askBeforeLeaving(() => {
        if (!isWorkAtStake()) return true;
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
  return <LeaveDialog onStay={() => answer(false)} onLeave={() => answer(true)} />;
}
