import { useEffect, useMemo } from "react";
import { kept } from "../core/kept";
import { useKept } from "./hooks";

export type Theme = "system" | "light" | "dark";

const order: readonly Theme[] = ["system", "light", "dark"];
const labels: Record<Theme, string> = {
  system: "Use the theme of the device",
  light: "Use the light theme",
  dark: "Use the dark theme",
};

const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", applyTheme);

/** Shows the theme that was chosen on this device, else the device's own; before anything is drawn. */
export function applyTheme(): void {
  const chosen = kept("theme");
  const isDark = chosen === "dark" || (chosen !== "light" && dark.matches);
  document.documentElement.dataset["theme"] = isDark ? "dark" : "light";
}

export function useTheme(): { theme: Theme; set: (theme: Theme) => void; next: () => void; nextLabel: string } {
  const [kept, keep] = useKept("theme", "system");
  const theme = order.find((each) => each === kept) ?? "system";
  useEffect(applyTheme, [theme]);
  return useMemo(() => {
    const next = order[(order.indexOf(theme) + 1) % order.length] ?? "system";
    return { theme, set: keep, next: () => keep(next), nextLabel: labels[next] };
  }, [theme, keep]);
}
