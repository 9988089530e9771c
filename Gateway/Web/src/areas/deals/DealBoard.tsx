import "../../app/firstLoad";
import { useId, useMemo } from "react";
import { useWorkspace } from "../../app/workspace";
import { entriesFor } from "../../core/entries";
import { noConditions, withCondition } from "../../core/listState";
import { Failure } from "../../parts/Failure";
import { useChoice } from "../../parts/useChoice";
import { useLate } from "../../parts/useLate";
import type { BoardSource } from "../../records/boardSource";
import { EntryChip } from "../../records/EntryChip";
import { RecordBoard } from "../../records/RecordBoard";
import type { BoardProps } from "../../records/RecordListScreen";
import { words as all } from "../../words/dealScreens";
import { words as lists } from "../../words/lists";
import { ImportLink } from "../imports/ImportLink";
import { ColumnSums } from "./ColumnSums";
import { asDeal, deal, isClosed } from "./deal";
import { DealFacts } from "./DealFacts";
import { positionAmongAll, positionIn } from "./moving";
import { askedPipeline, chosenPipeline } from "./pipelines";
import { firstCards, useDealBoard } from "./useDealBoard";
import { useDealMove } from "./useDealMove";
import { useReopening } from "./useReopening";

const words = all.board;

/** The deals of a pipeline in the columns of its stages, with the sums of each. */
export default function DealBoard({ state, change, open, onOpen }: BoardProps) {
  const { directory } = useWorkspace();
  const pipelines = directory.entries("pipeline");
  const pipeline = chosenPipeline(pipelines, askedPipeline(state.conditions));
  const choose = (id: string) => {
    const without = withCondition(state.conditions, "stage", null);
    change({ conditions: withCondition(without, "pipeline_id", { is: "oneOf", values: [id] }) });
  };
  if (pipeline === "") return <NoPipeline retry={directory.reload} />;
  return (
    <>
      <PipelinePicker pipelines={pipelines} value={pipeline} onChoose={choose} />
      <PipelineBoard key={pipeline} {...{ pipeline, state, change, open, onOpen }} />
    </>
  );
}

/** Room for a board while its pipelines are loading; if they do not load, what to do. */
function NoPipeline({ retry }: { retry: () => void }) {
  const isLate = useLate(true);
  if (!isLate) return <div className="board" aria-busy="true" />;
  const again = (
    <button type="button" className="button" onClick={retry}>
      {lists.retry}
    </button>
  );
  return <Failure title={words.noPipelines.title} advice={words.noPipelines.advice} action={again} />;
}

interface PickerProps {
  pipelines: readonly { key: string; display_name: string }[];
  value: string;
  onChoose: (pipeline: string) => void;
}

function PipelinePicker({ pipelines, value, onChoose }: PickerProps) {
  const id = useId();
  const choice = useChoice(value, onChoose);
  return (
    <p className="board-tools">
      <label htmlFor={id}>{words.pipeline}</label>
      <select id={id} className="input" {...choice}>
        {pipelines.map(({ key, display_name }) => (
          <option key={key} value={key}>
            {display_name}
          </option>
        ))}
      </select>
    </p>
  );
}

function PipelineBoard(props: Omit<BoardProps, "kind"> & { pipeline: string }) {
  const { pipeline, state, open, onOpen } = props;
  const { records, directory } = useWorkspace();
  const { pages, filter } = useDealBoard(state, pipeline);
  const moveTo = useDealMove();
  const reopen = useReopening();
  const condition = state.conditions.get("stage");
  const keys = useMemo(() => {
    const stage = deal.fields.get("stage");
    const entries = directory.entries("stage");
    const all = stage === undefined ? [] : entriesFor(stage, entries, { pipeline_id: pipeline });
    const wanted = condition?.is === "oneOf" ? condition.values : null;
    return all.map(({ key }) => key).filter((key) => wanted === null || wanted.includes(key));
  }, [directory, pipeline, condition]);
  const shown = keys.join(" ");
  const columns = useMemo(
    () => (shown === "" ? [] : shown.split(" ").map((key) => ({ key, list: pages.list(key) }))),
    [shown, pages],
  );
  const source: BoardSource = {
    kind: deal,
    columns,
    step: firstCards,
    columnName: (key) => directory.names.entry("stage", key, pipeline),
    heading: (key) => <EntryChip picklist="stage" value={key} within={pipeline} />,
    summary: (key) => <ColumnSums sums={pages.sumsOf(key)} />,
    isFixed: false,
    none: <NoDeals {...props} />,
    card: (record) => ({
      name: <bdi className="deal-name">{deal.title(record)}</bdi>,
      facts: <DealFacts record={record} />,
    }),
    menu: (record) => {
      if (!isClosed(record)) return null;
      const entry = { label: all.reopening.reopen, run: () => void reopen(record) };
      return { label: words.more(deal.title(record)), entries: [entry] };
    },
    move: async (record, { key, list }, before, from) => {
      try {
        const column = { pipeline, stage: key };
        const position =
          filter === ""
            ? positionIn(list, record.id, before)
            : await positionAmongAll(records, column, list, record.id, before);
        const { stage } = asDeal(record);
        // A deal that has not followed a change of the stages yet has the key of a removed one.
        const isKnown = directory.entries("stage").some((each) => each.key === stage && each.within === pipeline);
        await moveTo(record, { stage: key, position }, isKnown ? from : stage);
        return true;
      } catch (failure) {
        pages.changed();
        throw failure;
      }
    },
  };
  return <RecordBoard source={source} open={open} onOpen={onOpen} />;
}

/** Why there are no deals, and what a member can do about it. */
export function NoDeals({ state, change }: Pick<BoardProps, "state" | "change">) {
  const { permissions } = useWorkspace();
  const none = permissions.may("deal.create") ? words.none : words.noneForYou;
  const isNarrowed = state.query.trim() !== "" || [...state.conditions.keys()].some((name) => name !== "pipeline_id");
  return (
    <div className="board-tools">
      <p className="muted" role="status">
        {isNarrowed ? lists.noMatch.reason(deal) : none}
      </p>
      {isNarrowed ? (
        <button
          type="button"
          className="button"
          onClick={() => change({ conditions: noConditions, query: "", view: "" })}
        >
          {lists.noMatch.all(deal)}
        </button>
      ) : (
        <ImportLink kind={deal} />
      )}
    </div>
  );
}
