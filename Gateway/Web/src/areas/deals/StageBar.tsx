import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { explainInLine, GivenUp } from "../../core/problem";
import type { Rec } from "../../core/recordKind";
import { Icon } from "../../parts/Icon";
import { useClock } from "../../parts/useClock";
import { words as all } from "../../words/dealScreens";
import { asDeal, deal } from "./deal";
import { useStages } from "./useStages";
import { useDealMove } from "./useDealMove";
import { warningOf } from "./warning";

const words = all.stages;

interface Props {
  record: Rec;
  /** The keys of the stages that it has been in. */
  entered: ReadonlySet<string>;
}

/** The progress of a deal: the stages of its pipeline; pressing one moves the deal there. */
export function StageBar({ record, entered }: Props) {
  const { permissions } = useWorkspace();
  const of = asDeal(record);
  const stages = useStages(of.pipeline_id);
  const move = useDealMove();
  const [going, setGoing] = useState("");
  const [reason, setReason] = useState("");
  const warning = useClock((now) => warningOf(of, now));
  const mayMove = of.status === "open" && permissions.mayEdit(deal, record);
  const at = stages.findIndex(({ key }) => key === of.stage);
  const go = async (stage: string) => {
    setReason("");
    setGoing(stage);
    try {
      await move(record, { stage, position: 0 });
    } catch (failure) {
      setReason(failure instanceof GivenUp ? "" : explainInLine(failure));
    } finally {
      setGoing("");
    }
  };
  return (
    <div className="stage-bar">
      <ol aria-label={words.name}>
        {stages.map(({ key, display_name, means }, place) => {
          const isHere = key === of.stage;
          const className = `stage stage-${means ?? "open"} ${place < at && entered.has(key) ? "stage-passed" : ""}`;
          return (
            <li key={key} className={className} aria-current={isHere ? "step" : undefined}>
              {mayMove && !isHere ? (
                <button
                  type="button"
                  disabled={going !== ""}
                  aria-label={words.moveTo(display_name)}
                  onClick={() => void go(key)}
                >
                  <bdi>{display_name}</bdi>
                </button>
              ) : (
                <span>
                  {isHere && <Icon name="check" />}
                  <bdi>{display_name}</bdi>
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {warning !== "" && (
        <p className="deal-warning">
          <Icon name="warning" />
          {warning}
        </p>
      )}
      {reason !== "" && (
        <p className="field-error" role="alert">
          {reason}
        </p>
      )}
    </div>
  );
}
