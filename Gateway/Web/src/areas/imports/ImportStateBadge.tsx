import type { ImportState } from "../../core/types";

const words: Record<ImportState, { text: string; tone: string }> = {
  IMPORT_STATE_UNSPECIFIED: { text: "Unknown", tone: "plain" },
  IMPORT_STATE_RECEIVING: { text: "Waiting for its file", tone: "warn" },
  IMPORT_STATE_RUNNING: { text: "Running", tone: "brand" },
  IMPORT_STATE_SUCCEEDED: { text: "Done", tone: "good" },
  IMPORT_STATE_FAILED: { text: "Failed", tone: "bad" },
  IMPORT_STATE_CANCELLED: { text: "Cancelled", tone: "plain" },
};

export function ImportStateBadge({ state }: { state: ImportState }) {
  const { text, tone } = words[state];
  return <span className={`tag tag-${tone}`}>{text}</span>;
}
