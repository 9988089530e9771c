import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import type { Rec } from "../../core/recordKind";
import { words as all } from "../../words/dealScreens";
import { deal, isClosed } from "./deal";
import { useReopening } from "./useReopening";

const words = all.reopening;

/** Reopens a closed deal, in the stage that it was in before. */
export function Actions({ record }: { record: Rec }) {
  const { permissions } = useWorkspace();
  const reopen = useReopening();
  const [isWorking, setWorking] = useState(false);
  if (!isClosed(record) || !permissions.mayEdit(deal, record)) return null;
  const press = async () => {
    setWorking(true);
    await reopen(record);
    setWorking(false);
  };
  return (
    <div className="record-actions">
      <button type="button" className="button" disabled={isWorking} onClick={() => void press()}>
        {words.reopen}
      </button>
    </div>
  );
}
