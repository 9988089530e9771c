import { type ReactNode, useEffect, useRef } from "react";
import { explainInLine } from "../core/problem";
import { NoticeList } from "../parts/NoticeList";
import { iconsWidth, phoneWidth, useKept, useMedia } from "./hooks";
import { NavigationBar } from "./NavigationBar";
import { useRoute } from "./navigation";
import { TopBar } from "./TopBar";
import { useWorkspace } from "./workspace";

/** What surrounds every screen: navigation, top bar, notices. */
export function Frame({ children }: { children: ReactNode }) {
  const [width, keepWidth] = useKept("navigation", "wide");
  const isPhone = useMedia(phoneWidth);
  const hasIconsOnly = useMedia(iconsWidth);
  const main = useRef<HTMLElement>(null);
  const { screen } = useRoute();
  const before = useRef(screen);
  useUndoKey();

  // After a move to another screen the keyboard goes on there.
  useEffect(() => {
    if (before.current !== screen) main.current?.focus();
    before.current = screen;
  }, [screen]);

  const isNarrow = (width === "narrow" || hasIconsOnly) && !isPhone;
  return (
    <div className={`frame ${isNarrow ? "frame-narrow" : ""}`}>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <NavigationBar
        isNarrow={isNarrow}
        hasToggle={!hasIconsOnly}
        isPhone={isPhone}
        toggle={() => keepWidth(isNarrow ? "wide" : "narrow")}
      />
      <TopBar />
      <main ref={main} id="main" className="frame-main" tabIndex={-1}>
        {children}
      </main>
      <NoticeList />
    </div>
  );
}

/** Ctrl-Z takes back the last change, outside of texts. */
function useUndoKey(): void {
  const { undo, notices } = useWorkspace();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && event.key === "z" && !event.shiftKey;
      const inText =
        event.target instanceof Element && event.target.closest("input, textarea, select") !== null;
      if (!isUndo || inText || undo.latest() === null) return;
      event.preventDefault();
      undo.undo().then(
        (entry) => entry && notices.done(`Undone: ${entry.label}`),
        (error: unknown) => notices.failed(explainInLine(error)),
      );
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [undo, notices]);
}
