import { useId, useRef, useState } from "react";
import type { Pipeline, StageEffect, StageMapping } from "../../core/api.generated";
import { wordsOf } from "../../core/fields";
import { removedStages, type StageDraft, targetsOf } from "../../core/pipelineStages";
import { Dialog } from "../../parts/Dialog";
import { words as parts } from "../../words/parts";
import { words as all } from "../../words/pipelines";

const words = all.affected;

interface Props {
  pipeline: Pipeline;
  /** As they will be. */
  stages: readonly StageDraft[];
  effects: readonly StageEffect[];
  mapping: readonly StageMapping[];
  /** Where deals go; null to leave the pipeline as it is. */
  onAnswer: (mapping: readonly StageMapping[] | null) => void;
}

/** What a change does to the deals in a pipeline, and where deals of removed stages go. */
export function StageChangeDialog({ pipeline, stages, effects, mapping, onAnswer }: Props) {
  const removed = removedStages(pipeline, stages);
  /** Whether deals of a removed stage can go to several others, and nobody has chosen yet. */
  const isQuestion = (key: string) => {
    const gone = removed.find((each) => each.key === key);
    return gone !== undefined && effects.some(({ stage }) => stage === key) && targetsOf(gone, stages).length > 1;
  };
  const id = useId();
  const table = useRef<HTMLTableElement>(null);
  const [isRefused, setRefused] = useState(false);
  const [ways, setWays] = useState<readonly StageMapping[]>(() =>
    mapping.map((way) => (isQuestion(way.from) ? { ...way, to: "" } : way)),
  );
  const affected = effects.reduce((sum, { deals }) => sum + Number(deals), 0);
  const nameOf = (key: string) =>
    stages.find((each) => each.key === key)?.display_name ??
    pipeline.stages.find((each) => each.key === key)?.display_name ??
    wordsOf(key);
  const choose = (from: string, to: string) =>
    setWays(ways.map((way) => (way.from === from ? { from, to } : way)));
  const what = ({ stage: key, to }: StageEffect) => {
    const gone = removed.find((each) => each.key === key);
    const way = ways.find(({ from }) => from === key);
    if (gone === undefined || way === undefined) return key === to ? words.follow : words.moved(nameOf(to));
    const errorId = isRefused && way.to === "" ? `${id}-${key}` : undefined;
    return (
      <>
        <select
          className="input"
          aria-label={words.goTo(gone.display_name)}
          aria-invalid={errorId !== undefined || undefined}
          aria-describedby={errorId}
          value={way.to}
          onChange={(event) => choose(key, event.target.value)}
        >
          {way.to === "" && (
            <option value="" disabled>
              {parts.choice.placeholder}
            </option>
          )}
          {targetsOf(gone, stages).map((target) => (
            <option key={target.key} value={target.key}>
              {target.display_name}
            </option>
          ))}
        </select>
        {errorId !== undefined && (
          <p id={errorId} className="field-error">
            {words.choose}
          </p>
        )}
      </>
    );
  };
  const apply = () => {
    if (ways.every(({ to }) => to !== "")) return onAnswer(ways);
    setRefused(true);
    const selects = [...(table.current?.querySelectorAll<HTMLSelectElement>("select") ?? [])];
    selects.find((each) => each.value === "")?.focus();
  };
  return (
    <Dialog title={words.title(pipeline.display_name)} size="wide" onClose={() => onAnswer(null)}>
      <div className="dialog-content">
        <table ref={table} className="table" aria-label={words.table}>
          <thead>
            <tr>
              <th scope="col">{words.stage}</th>
              <th scope="col" className="number">
                {words.count}
              </th>
              <th scope="col">{words.what}</th>
            </tr>
          </thead>
          <tbody>
            {effects.map((effect) => (
              <tr key={effect.stage}>
                <th scope="row">
                  <bdi>{nameOf(effect.stage)}</bdi>
                </th>
                <td data-label={words.count} className="number">
                  {words.deals(effect.deals)}
                </td>
                <td data-label={words.what}>{what(effect)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="muted">{words.background}</p>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={() => onAnswer(null)}>
            {parts.dialog.cancel}
          </button>
          <button type="button" className="button button-main" onClick={apply}>
            {words.apply(affected)}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
