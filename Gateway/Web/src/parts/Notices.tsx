import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Notice, NoticeBoard } from "../core/notices";
import { words } from "../words/parts";
import { Icon } from "./Icon";
import { IconButton } from "./IconButton";

/** The recent notices, read aloud as they appear. */
export function Notices({ board }: { board: NoticeBoard }) {
  const shown = useSyncExternalStore(board.subscribe, board.shown);
  return (
    <div className="notices" role="status" aria-live="polite" aria-label={words.notice.all}>
      {shown.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} dismiss={() => board.dismiss(notice.id)} />
      ))}
    </div>
  );
}

const readingTime = 8000;

/** Disappears by itself, but not while the pointer or the focus is on it. */
function NoticeCard({ notice, dismiss }: { notice: Notice; dismiss: () => void }) {
  const [isHeld, setIsHeld] = useState(false);
  const latest = useRef(dismiss);
  latest.current = dismiss;
  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(() => latest.current(), readingTime);
    return () => clearTimeout(timer);
  }, [isHeld]);
  const { action } = notice;
  const hold = () => setIsHeld(true);
  const letGo = () => setIsHeld(false);
  return (
    <div
      className={`notice-card notice-${notice.tone}`}
      onPointerEnter={hold}
      onPointerLeave={letGo}
      onFocus={hold}
      onBlur={letGo}
    >
      <Icon name={notice.tone === "done" ? "check" : "warning"} />
      <span dir="auto">{notice.text}</span>
      {action && (
        <button
          type="button"
          className="button-quiet"
          onClick={() => {
            dismiss();
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <IconButton icon="close" label={words.notice.dismiss} onClick={dismiss} />
    </div>
  );
}
