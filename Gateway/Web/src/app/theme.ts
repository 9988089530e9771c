import { useEffect, useMemo } from "react";
import { kept } from "../core/kept";
import { useKept } from "./hooks";

export type Theme = "system" | "light" | "dark";

const order: readonly Theme[] = ["system", "light", "dark"];

const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", applyTheme);

/** Shows the theme that was chosen on this device, else the device's own; before anything is drawn. */
export function applyTheme(): void {
  const chosen = kept("theme");
  const isDark = chosen === "dark" || (chosen !== "light" && dark.matches);
  document.documentElement.dataset["theme"] = isDark ? "dark" : "light";
}

export interface ThemeChoice {
  theme: Theme;
  /** The one after it, for a command that goes through all of them. */
  following: Theme;
  set: (theme: Theme) => void;
}

export function useTheme(): ThemeChoice {
  const [kept, keep] = useKept("theme", "system");
  const theme = order.find((each) => each === kept) ?? "system";
  useEffect(applyTheme, [theme]);
  return useMemo(() => {
    const following = order[(order.indexOf(theme) + 1) % order.length] ?? "system";
    return { theme, following, set: keep };
  }, [theme, keep]);
}
