import { useSyncExternalStore } from "react";
import { onMove, placeKey, presentAddress } from "../core/navigation";

/** The path and query of the page, kept current. */
export function useAddress(): string {
  return useSyncExternalStore(onMove, presentAddress);
}

/** Identifies the present entry of the history, for state that is to be restored with it. */
export function usePlaceKey(): string {
  return useSyncExternalStore(onMove, placeKey);
}
