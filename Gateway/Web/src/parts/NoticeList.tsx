import { useEffect, useRef, useSyncExternalStore } from "react";
import { useWorkspace } from "../app/workspace";
import type { Notice } from "../core/notices";
import { words } from "../core/words";
import { Icon } from "./Icon";
import { IconButton } from "./IconButton";

/** The notices of the last moments, read aloud as they come. */
export function NoticeList() {
  const { notices } = useWorkspace();
  const shown = useSyncExternalStore(notices.subscribe, notices.shown);
  return (
    <div className="notices" role="status" aria-live="polite" aria-label={words.notice.all}>
      {shown.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} dismiss={() => notices.dismiss(notice.id)} />
      ))}
    </div>
  );
}

const readingTime = 8000;

function NoticeCard({ notice, dismiss }: { notice: Notice; dismiss: () => void }) {
  const latest = useRef(dismiss);
  latest.current = dismiss;
  useEffect(() => {
    const timer = setTimeout(() => latest.current(), readingTime);
    return () => clearTimeout(timer);
  }, []);
  const { action } = notice;
  return (
    <div className={`notice-card notice-${notice.tone}`}>
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
