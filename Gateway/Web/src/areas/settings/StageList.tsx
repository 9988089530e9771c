import { useId, useState } from "react";
import { newStage, type StageDraft, type StageFaults } from "../../core/pipelineStages";
import { Icon } from "../../parts/Icon";
import { SortableList } from "../../parts/SortableList";
import { useRemoval } from "../../parts/useRemoval";
import { words as all } from "../../words/pipelines";
import { StageDialog } from "./StageDialog";

const words = all.editor;

interface Props {
  /** In their order. */
  stages: readonly StageDraft[];
  faults: Readonly<Record<string, StageFaults>>;
  error: string | undefined;
  onChange: (stages: readonly StageDraft[]) => void;
}

/** The stages of a pipeline: sorted, changed, added and removed. */
export function StageList({ stages, faults, error, onChange }: Props) {
  const [edited, setEdited] = useState<StageDraft | null>(null);
  const { list, removed } = useRemoval<HTMLDivElement>();
  const id = useId();
  const named = stages.map((stage) => ({ id: stage.id, name: stage.display_name || words.unnamed, stage }));
  const move = (ids: readonly string[]) =>
    onChange(ids.flatMap((each) => stages.find((stage) => stage.id === each) ?? []));
  const put = (stage: StageDraft) => {
    setEdited(null);
    const isNew = !stages.some((each) => each.id === stage.id);
    onChange(isNew ? added(stages, stage) : stages.map((each) => (each.id === stage.id ? stage : each)));
  };
  return (
    <div
      ref={list}
      role="group"
      aria-labelledby={id}
      aria-invalid={error !== undefined || undefined}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      tabIndex={-1}
    >
      <h3 id={id}>{all.stages}</h3>
      {error !== undefined && (
        <p id={`${id}-error`} className="field-error" role="alert">
          {error}
        </p>
      )}
      <SortableList label={all.stages} entries={named} onMove={move}>
        {({ stage, name }) => (
          <div className="entry">
            <span className="entry-name">
              <bdi>{name}</bdi>
              <StageSummary stage={stage} />
              {Object.entries(faults[stage.id] ?? {}).map(([field, fault]) => (
                <span key={field} className="field-error">
                  {fault}
                </span>
              ))}
            </span>
            <span className="entry-actions">
              <button
                type="button"
                className="button-quiet"
                aria-label={words.editStage(name)}
                onClick={() => setEdited(stage)}
              >
                {all.edit}
              </button>
              <button
                type="button"
                className="button-quiet bad"
                data-remove=""
                aria-label={words.removeStage(name)}
                onClick={() => {
                  removed(stages.indexOf(stage));
                  onChange(stages.filter((each) => each.id !== stage.id));
                }}
              >
                {words.remove}
              </button>
            </span>
          </div>
        )}
      </SortableList>
      <button
        type="button"
        className="button-quiet"
        onClick={() => setEdited(newStage(freeID(stages), ""))}
      >
        <Icon name="plus" />
        {words.addStage}
      </button>
      {edited !== null && (
        <StageDialog
          stage={edited}
          others={stages.filter((each) => each.id !== edited.id)}
          faults={faults[edited.id] ?? {}}
          onClose={() => setEdited(null)}
          onDone={put}
        />
      )}
    </div>
  );
}

/** What a stage means for deals, in one line. */
function StageSummary({ stage }: { stage: StageDraft }) {
  const { kind, probability, forecast_category, rotting_days, required_fields, entry_condition } = stage;
  const categories: Readonly<Record<string, string>> = all.stageForm.categories;
  const said = [
    words.percent(probability),
    categories[forecast_category] ?? forecast_category,
    rotting_days !== "0" && kind === "open" ? words.rots(rotting_days) : "",
    required_fields.length > 0 ? words.asks(required_fields.length) : "",
    entry_condition.trim() !== "" ? words.hasCondition : "",
  ];
  return (
    <span className="stage-summary muted">
      {kind !== "open" && <span className="tag">{all.stageForm.kinds[kind]}</span>}{" "}
      {said.filter((each) => each !== "").join(" · ")}
    </span>
  );
}

/** A new open stage is placed behind the last open one, any other at the end. */
function added(stages: readonly StageDraft[], stage: StageDraft): readonly StageDraft[] {
  const places = stages.map(({ kind }) => kind);
  const place = stage.kind === "open" ? places.lastIndexOf("open") + 1 : stages.length;
  return [...stages.slice(0, place), stage, ...stages.slice(place)];
}

/** An unused id for a stage. */
function freeID(stages: readonly StageDraft[]): string {
  const taken = new Set(stages.map(({ id }) => id));
  for (let number = 1; ; number += 1) if (!taken.has(`new-${number}`)) return `new-${number}`;
}
