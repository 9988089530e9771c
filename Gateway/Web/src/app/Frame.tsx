import { type ReactNode, Suspense, useEffect, useState } from "react";
import { explainInLine } from "../core/problem";
import { iconsWidth, narrowWidth, phoneWidth, useKept, useMedia } from "./hooks";
import { lazyPart } from "./lazyScreen";
import { LeaveQuestion } from "./LeaveQuestion";
import { NavigationBar } from "./NavigationBar";
import { NoticeList } from "./NoticeList";
import { OfflineBanner } from "./OfflineBanner";
import { useFocusOnMove } from "./Screens";
import { TopBar } from "./TopBar";
import { useWorkspace } from "./workspace";
import { words } from "../words/app";

const CommandPalette = lazyPart(async () => ({ default: (await import("./overlays")).CommandPalette }));
const ShortcutsDialog = lazyPart(async () => ({ default: (await import("./overlays")).ShortcutsDialog }));

type Opened = "palette" | "shortcuts" | null;

/** What surrounds every screen: navigation, top bar, notices, and what opens above them. */
export function Frame({ children }: { children: ReactNode }) {
  const [width, keepWidth] = useKept("navigation", "");
  const startsNarrow = useMedia(narrowWidth);
  const isPhone = useMedia(phoneWidth);
  const hasIconsOnly = useMedia(iconsWidth);
  const [opened, setOpened] = useState<Opened>(null);
  const main = useFocusOnMove();
  useUndoKey();
  useFrameKeys(setOpened);

  const wished = width || (startsNarrow ? "narrow" : "wide");
  const isNarrow = (wished === "narrow" || hasIconsOnly) && !isPhone;
  return (
    <div className={`frame ${isNarrow ? "frame-narrow" : ""}`}>
      <a className="skip" href="#main">
        {words.skip}
      </a>
      <NavigationBar
        isNarrow={isNarrow}
        hasToggle={!hasIconsOnly}
        isPhone={isPhone}
        toggle={() => keepWidth(isNarrow ? "wide" : "narrow")}
      />
      <TopBar openPalette={() => setOpened("palette")} openShortcuts={() => setOpened("shortcuts")} />
      <main ref={main} id="main" className="frame-main" tabIndex={-1}>
        <OfflineBanner />
        {children}
      </main>
      <NoticeList />
      <Suspense fallback={null}>
        {opened === "palette" && <CommandPalette onClose={() => setOpened(null)} />}
        {opened === "shortcuts" && <ShortcutsDialog onClose={() => setOpened(null)} />}
      </Suspense>
      <LeaveQuestion />
    </div>
  );
}

/** Whether a key goes into a text and not to the frame. */
function isTyping(event: KeyboardEvent): boolean {
  const typed = "input, textarea, select, [contenteditable], [role=combobox]";
  return event.target instanceof Element && event.target.closest(typed) !== null;
}

function useFrameKeys(open: (opened: Opened) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isControl = event.ctrlKey || event.metaKey;
      if (isControl && event.key.toLowerCase() === "k") {
        event.preventDefault();
        open("palette");
      } else if (event.key === "?" && !isControl && !isTyping(event)) {
        event.preventDefault();
        open("shortcuts");
      } else if (event.key === "/" && !isControl && !isTyping(event)) {
        event.preventDefault();
        const box = document.querySelector<HTMLInputElement>(".search input");
        if (box === null) open("palette");
        else box.select();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [open]);
}

/** Ctrl-Z undoes the last change, outside of texts. */
function useUndoKey(): void {
  const { undo, notices } = useWorkspace();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && event.key === "z" && !event.shiftKey;
      if (!isUndo || isTyping(event) || undo.latest() === null) return;
      event.preventDefault();
      undo.undo().then(
        (undone) => undone && notices.done(undone.says || words.undone(undone.label)),
        (error: unknown) => notices.failed(explainInLine(error)),
      );
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [undo, notices]);
}
