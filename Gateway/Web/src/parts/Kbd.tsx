import { Fragment } from "react";

const isApple = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);
const appleNames: Record<string, string> = { Ctrl: "⌘", Alt: "⌥", Shift: "⇧" };

/** The keys of a shortcut, "Ctrl K", as the reader's keyboard names them. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="kbds">
      {keys.split(" ").map((key, place) => (
        <Fragment key={place}>
          {place > 0 && " "}
          <kbd className="kbd">{(isApple ? appleNames[key] : undefined) ?? key}</kbd>
        </Fragment>
      ))}
    </span>
  );
}
