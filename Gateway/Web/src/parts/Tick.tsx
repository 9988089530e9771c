import { useEffect, useState } from "react";
import { words } from "../words/parts";
import { Icon } from "./Icon";

interface Props {
  is: "idle" | "saving" | "saved" | "failed";
}

const savingNoticedAfter = 300;
const tickStays = 2500;

/** Shows quietly in place that a value is saved; its room is reserved, so that nothing moves. */
export function Tick({ is }: Props) {
  const [shown, setShown] = useState<Props["is"]>("idle");
  useEffect(() => {
    if (is === "saving") {
      const timer = setTimeout(() => setShown("saving"), savingNoticedAfter);
      return () => clearTimeout(timer);
    }
    setShown(is);
    if (is !== "saved") return undefined;
    const timer = setTimeout(() => setShown("idle"), tickStays);
    return () => clearTimeout(timer);
  }, [is]);
  return (
    <span className={`tick tick-${shown}`} role="status" aria-label={words.saving[shown] || undefined}>
      {shown === "saved" && <Icon name="check" />}
      {shown === "failed" && <Icon name="warning" />}
      {shown === "saving" && <span className="tick-dot" />}
      <span className="unseen">{words.saving[shown]}</span>
    </span>
  );
}
