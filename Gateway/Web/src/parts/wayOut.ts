import { createContext } from "react";

/** Where a member can go who may not see this screen. */
export interface WayOut {
  address: string;
  /** The title of that screen. */
  title: string;
}

/** Null where there is no other screen, as before signing in. */
export const WayOutContext = createContext<WayOut | null>(null);
