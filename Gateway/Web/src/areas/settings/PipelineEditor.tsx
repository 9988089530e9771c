import { useId, useRef, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import type { Pipeline, StageEffect, StageMapping } from "../../core/api.generated";
import {
  areStagesOf,
  firstStages,
  refusedStages,
  sentStages,
  type StageDraft,
  stageDraft,
  type StageFaults,
  stageFaults,
  usualMapping,
} from "../../core/pipelineStages";
import { ApiError, FieldRefusal } from "../../core/problem";
import { TextField } from "../../parts/Field";
import { FormError } from "../../parts/FormError";
import { useForm } from "../../parts/useForm";
import { useHeadingAfter } from "../../parts/useHeadingAfter";
import { words as all } from "../../words/pipelines";
import { changeStages } from "./changeStages";
import { pipeline as kind } from "./pipeline";
import { StageChangeDialog } from "./StageChangeDialog";
import { StageList } from "./StageList";

const words = all.editor;

interface Props {
  /** Null for a new one. */
  pipeline: Pipeline | null;
  onClose: () => void;
  onDone: () => void;
}

interface Values {
  display_name: string;
  is_default: boolean;
  stages: readonly StageDraft[];
}

/** What a change of stages does, while the member decides. */
interface Question {
  effects: readonly StageEffect[];
  mapping: readonly StageMapping[];
  stages: readonly StageDraft[];
  answer: (mapping: readonly StageMapping[] | null) => void;
}

type Faults = Readonly<Record<string, StageFaults>>;

/** A pipeline with its stages in order. A change that affects deals first shows what it does to them. */
export function PipelineEditor({ pipeline, onClose, onDone }: Props) {
  const { records, notices } = useWorkspace();
  const formId = useId();
  const [faults, setFaults] = useState<Faults>({});
  const [question, setQuestion] = useState<Question | null>(null);
  // The button that saves waits while the question stands, and cannot have the focus back.
  useHeadingAfter(question !== null);
  /** The version that is being changed, so that changes made by others meanwhile are not overwritten. */
  const base = useRef(pipeline);
  const refuse = (found: Faults) => {
    setFaults(found);
    if (Object.keys(found).length > 0) {
      throw new FieldRefusal({ stages: found[""]?.["stages"] ?? all.faults.stages });
    }
  };
  const ask = (asked: Omit<Question, "answer">) =>
    new Promise<readonly StageMapping[] | null>((resolve) => {
      const answer = (mapping: readonly StageMapping[] | null) => {
        setQuestion(null);
        resolve(mapping);
      };
      setQuestion({ ...asked, answer });
    });

  const create = async ({ display_name, is_default, stages }: Values, key: string) => {
    await records.create(kind, { display_name, is_default, stages: sentStages(stages) }, key);
  };
  const update = async (present: Pipeline, { stages, ...others }: Values, key: string) => {
    let { etag } = present;
    if (!areStagesOf(present, stages)) {
      const draft = { id: present.id, etag, stages: sentStages(stages) };
      const usual = usualMapping(present, stages);
      const { effects } = await changeStages(records, { ...draft, mapping: usual, validate_only: true });
      const mapping = effects.length === 0 ? usual : await ask({ effects, mapping: usual, stages });
      if (mapping === null) throw new FieldRefusal({ stages: words.unchanged });
      const changed = await changeStages(records, { ...draft, mapping, validate_only: false }, key);
      base.current = changed.pipeline;
      ({ etag } = changed.pipeline);
    }
    if (others.display_name !== present.display_name || others.is_default !== present.is_default) {
      await records.update(kind, present.id, etag, others);
    }
  };
  const form = useForm<Values>({
    name: pipeline?.id ?? "new pipeline",
    initial: {
      display_name: pipeline?.display_name ?? "",
      is_default: pipeline?.is_default ?? false,
      stages: pipeline?.stages.map(stageDraft) ?? firstStages(),
    },
    thing: all.one,
    send: async (values, key) => {
      refuse(stageFaults(values.stages));
      const sent = { ...values, display_name: values.display_name.trim() };
      try {
        await (base.current === null ? create(sent, key) : update(base.current, sent, key));
      } catch (failure) {
        if (failure instanceof ApiError) refuse(refusedStages(failure, values.stages));
        throw failure;
      }
    },
    onDone: () => {
      const name = form.values.display_name.trim();
      notices.done(pipeline === null ? words.created(name) : words.saved(name));
      onDone();
    },
  });
  if (!form.isDirty) base.current = pipeline;
  const { stages, is_default } = form.values;
  const title = pipeline?.display_name ?? words.new;
  return (
    <section aria-labelledby="pipeline-title">
      <button type="button" className="button-quiet" onClick={onClose}>
        {words.back}
      </button>
      <h2 id="pipeline-title" dir="auto">
        {title}
      </h2>
      <div className="pipeline-form">
        <form
          ref={form.element}
          id={formId}
          className="pipeline-form"
          onSubmit={form.submit}
          noValidate
        >
          <FormError error={form.failure} />
          <TextField label={all.name} maxLength={100} {...form.text("display_name")} />
          <label className="check">
            <input
              type="checkbox"
              checked={is_default}
              disabled={pipeline?.is_default === true}
              aria-describedby={pipeline?.is_default === true ? "pipeline-default" : undefined}
              onChange={(event) => form.set({ is_default: event.target.checked })}
            />
            {words.isDefault}
          </label>
          {pipeline?.is_default === true && (
            <p id="pipeline-default" className="field-hint">
              {words.isDefaultHint}
            </p>
          )}
        </form>
        {/* Beside the form: a stage's dialog has a form of its own. */}
        <StageList
          stages={stages}
          faults={faults}
          error={form.errors["stages"]}
          onChange={(next) => form.set({ stages: next })}
        />
        <div className="button-row">
          <button
            type="submit"
            form={formId}
            className="button button-main"
            disabled={form.isWorking}
          >
            {pipeline === null ? words.create : words.save}
          </button>
          <button
            type="button"
            className="button"
            onClick={() => {
              form.forget();
              onClose();
            }}
          >
            {words.cancel}
          </button>
        </div>
      </div>
      {question !== null && pipeline !== null && (
        <StageChangeDialog
          pipeline={pipeline}
          stages={question.stages}
          effects={question.effects}
          mapping={question.mapping}
          onAnswer={question.answer}
        />
      )}
    </section>
  );
}
