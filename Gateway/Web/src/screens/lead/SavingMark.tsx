import { Icon } from "../../parts/Icon";
import type { Saving } from "./useLead";

/** A quiet tick once a field is saved; the reason when it could not be. */
export function SavingMark({ id, saving }: { id?: string; saving: Saving | undefined }) {
  switch (saving?.is) {
    case "saved":
      return (
        <span className="saving-mark good" role="status" aria-label="Saved">
          <Icon name="check" />
        </span>
      );
    case "failed":
      return (
        <span id={id} className="saving-mark bad" role="alert">
          {saving.reason}
        </span>
      );
    default:
      return null;
  }
}
