import { createContext } from "react";

/** Where somebody can go on who is shown what they cannot have. */
export interface WayOut {
  address: string;
  /** What the screen there is called. */
  title: string;
}

/** Null where there is no other screen, as before signing in. */
export const WayOutContext = createContext<WayOut | null>(null);
