import { useSyncExternalStore } from "react";
import { onMove, placeKey, presentAddress } from "../core/navigation";

/** The path and query of the page, kept current. */
export function useAddress(): string {
  return useSyncExternalStore(onMove, presentAddress);
}

/** Names the present place in the history, for what is to come back with it. */
export function usePlaceKey(): string {
  return useSyncExternalStore(onMove, placeKey);
}
