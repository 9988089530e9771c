import { useEffect, useMemo } from "react";
import { kept } from "../core/kept";
import { useKept } from "./hooks";

export type Theme = "system" | "light" | "dark";

const order: readonly Theme[] = ["system", "light", "dark"];

const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", applyTheme);

/** Applies the theme chosen on this device, or the device's own, before anything is drawn. */
export function applyTheme(): void {
  const chosen = kept("theme");
  const isDark = chosen === "dark" || (chosen !== "light" && dark.matches);
  document.documentElement.dataset["theme"] = isDark ? "dark" : "light";
}

export interface ThemeChoice {
  theme: Theme;
  /** The next one, for a command that cycles through all. */
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
