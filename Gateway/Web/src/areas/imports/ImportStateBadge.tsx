import type { ImportState } from "../../core/types";
import { words } from "../../words/imports";

const tones: Record<ImportState, string> = {
  IMPORT_STATE_UNSPECIFIED: "plain",
  IMPORT_STATE_RECEIVING: "warn",
  IMPORT_STATE_SURVEYING: "brand",
  IMPORT_STATE_READY: "warn",
  IMPORT_STATE_RUNNING: "brand",
  IMPORT_STATE_SUCCEEDED: "good",
  IMPORT_STATE_FAILED: "bad",
  IMPORT_STATE_CANCELLED: "plain",
  IMPORT_STATE_UNDOING: "brand",
  IMPORT_STATE_UNDONE: "plain",
  IMPORT_STATE_PAUSED: "warn",
};

export function ImportStateBadge({ state }: { state: ImportState }) {
  return <span className={`tag tag-${tones[state]}`}>{words.states[state]}</span>;
}
