import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import type { Rec } from "../../core/recordKind";
import { useHeadingAfter } from "../../parts/useHeadingAfter";
import { words } from "../../words/conversion";
import { ConvertDialog } from "./ConvertDialog";
import { asLead, lead } from "./lead";

/** Opens the conversion of a lead. The dialog stays open to show the result. */
export function ConvertButton({ record }: { record: Rec }) {
  const { permissions } = useWorkspace();
  const [isOpen, setIsOpen] = useState(false);
  useHeadingAfter(isOpen);
  const { qualified, converted } = asLead(record);
  const mayConvert = permissions.mayDo("convert", lead, record) && !converted;
  const isOffered = mayConvert && (qualified || permissions.may("lead.convert_override"));
  return (
    <>
      {isOffered && (
        <button
          type="button"
          className={`button ${qualified ? "button-main" : ""}`}
          onClick={() => setIsOpen(true)}
        >
          {words.open}
        </button>
      )}
      {isOpen && <ConvertDialog record={record} onClose={() => setIsOpen(false)} />}
    </>
  );
}
