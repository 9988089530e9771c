import { type ComponentType, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { iconOf, type ScreenProps } from "../app/areas";
import { useTitle } from "../app/hooks";
import { lazyPart } from "../app/lazyScreen";
import { useWorkspace } from "../app/workspace";
import type { ColumnRoom } from "../core/columnFit";
import {
  calendarPart,
  isNarrowed,
  listAddress,
  type ListState,
  noConditions,
  readList,
} from "../core/listState";
import { navigate } from "../core/navigation";
import { explainInLine } from "../core/problem";
import type { RecordKind } from "../core/recordKind";
import { Empty } from "../parts/Empty";
import { Failure } from "../parts/Failure";
import { Segmented } from "../parts/Segmented";
import { words } from "../words/lists";
import { counted } from "../words/counts";
import { FilterBar } from "./FilterBar";
import { ListMenu } from "./ListMenu";
import { NeedsProvider } from "./needs";
import { RecordGrid } from "./RecordGrid";
import type { RecordPanel } from "./RecordPanel";
import { activeCell } from "./useGridKeys";
import { type ShownList, useRecordList } from "./useRecordList";
import { type Selecting, useSelection } from "./useSelection";
import { ViewsMenu } from "./ViewsMenu";

/** The props of a board that shows a list's records. */
export interface BoardProps {
  kind: RecordKind;
  state: ListState;
  change: (next: Partial<ListState>) => void;
  open: string;
  onOpen: (id: string) => void;
}

/** Loaded when a board is first opened. */
export type LoadBoard = () => Promise<{ default: ComponentType<BoardProps> }>;

/** The props of a calendar: its list has the records of the days that it shows. */
export interface CalendarProps extends BoardProps {
  shown: ShownList;
}

/** Loaded when a calendar is first opened. */
export type LoadCalendar = () => Promise<{ default: ComponentType<CalendarProps> }>;

const BulkBar = lazyPart(async () => ({ default: (await import("./dialogs")).BulkBar }));

const loadFieldBoard: LoadBoard = async () => ({ default: (await import("./dialogs")).FieldBoard });

/** Loads what shows a record beside its list: with the kind's face, if it has one. */
export type LoadPanel = () => Promise<{ default: typeof RecordPanel }>;

const loadPlainPanel: LoadPanel = () =>
  import("./RecordPanel").then((panel) => ({ default: panel.RecordPanel }));

interface Props extends ScreenProps {
  kind: RecordKind;
  loadPanel?: LoadPanel;
  loadBoard?: LoadBoard;
  /** Of a kind with a calendar. */
  loadCalendar?: LoadCalendar;
  /** What an empty list offers: how records of the kind are added. */
  source?: { reason: string; action: ReactNode };
  /** Beside its title: the way to other screens of its area. */
  beside?: ReactNode;
  /** Where a file of them is imported; undefined for members who may not import. */
  importAddress?: string | undefined;
}

/** All records of a kind that the member may see, as the address says; an opened one is shown beside them. */
export function RecordListScreen(props: Props) {
  const { kind, search, source, loadPanel = loadPlainPanel, loadBoard = loadFieldBoard } = props;
  const Panel = lazyPart(loadPanel);
  const { session, lists } = useWorkspace();
  const first = kind.firstList(session.member);
  const state = readList(kind, search, first);
  const shown = useRecordList(kind, state);
  const { view, list } = shown;
  const selecting = useSelection(list, view);
  const { ids, isAll } = selecting.selection;
  const hasChosen = useOnce(isAll || ids.size > 0);
  const [room, setRoom] = useState<ColumnRoom | null>(null);
  const isCounted =
    !hasOwnBoard(state, loadBoard) && (view.state === "ready" || list.known.length > 0);
  const isCalendar = kind.calendar !== null && calendarPart(state.as) !== null;
  const title = words.name(kind);
  const address = listAddress(kind, { ...state, open: "" }, first);
  useEffect(() => lists.looked(kind, address, list), [lists, kind, address, list]);
  useTitle(title);

  const latest = useRef(first);
  latest.current = first;
  const change = useCallback(
    (next: Partial<ListState>, how: { replace?: boolean } = {}) => {
      const present = readList(kind, location.search, latest.current);
      navigate(listAddress(kind, { ...present, ...next }, latest.current), how);
    },
    [kind],
  );
  const open = useCallback(
    (id: string) => {
      const isOpen = readList(kind, location.search, latest.current).open !== "";
      change({ open: id }, { replace: isOpen });
    },
    [kind, change],
  );
  const close = useCallback(() => {
    open("");
    requestAnimationFrame(() => document.querySelector<HTMLElement>(activeCell)?.focus());
  }, [open]);
  useEscape(state.open !== "", close);

  return (
    <NeedsProvider>
      <div className="record-list">
        <section className="record-list-main" aria-label={words.section(kind)}>
          <header className="list-head">
            <h1>{title}</h1>
            {props.beside}
            <ViewsMenu kind={kind} state={state} change={change} />
            {!kind.lacks.has("filter") && (
              <FilterBar
                kind={kind}
                conditions={state.conditions}
                onChange={(conditions) => change({ conditions })}
              />
            )}
            <span className="list-tools">
              {kind.board !== null && (
                <Segmented
                  label={words.shownAs.name}
                  value={isCalendar ? "month" : state.as}
                  choices={[
                    { value: "table", label: words.shownAs.table },
                    { value: "board", label: words.shownAs.board },
                    ...(kind.calendar === null ? [] : [{ value: "month" as const, label: words.shownAs.calendar }]),
                  ]}
                  onChange={(as) => change({ as, conditions: kind.turned(state, as) })}
                />
              )}
              <ListMenu
                kind={kind}
                state={state}
                shown={shown}
                room={room}
                change={change}
                importAddress={props.importAddress}
              />
              {!hasOwnBoard(state, loadBoard) && (
                <p className="list-count" role="status">
                  {isCounted ? counted(view.total, kind, view.more) : ""}
                </p>
              )}
            </span>
          </header>
          {hasChosen && (
            <Suspense fallback={null}>
              <BulkBar kind={kind} shown={shown} selecting={selecting} columns={state.columns} />
            </Suspense>
          )}
          {view.isStale && (
            <p className="list-stale" role="status">
              {words.stale.what}
              <button type="button" className="button-quiet" onClick={() => void list.refresh()}>
                {words.stale.refresh}
              </button>
            </p>
          )}
          {view.gaps.length > 0 && (
            <p className="list-stale" role="status">
              {words.gaps(view.gaps, kind)}
              <button type="button" className="button-quiet" onClick={() => void list.refresh()}>
                {words.retry}
              </button>
            </p>
          )}
          <ListBody
            kind={kind}
            shown={shown}
            state={state}
            selecting={selecting}
            onRoom={setRoom}
            change={change}
            open={open}
            loadBoard={loadBoard}
            loadCalendar={props.loadCalendar}
            {...(source === undefined ? {} : { source })}
          />
          {view.state === "failed" && list.known.length > 0 && (
            <p className="list-error" role="alert">
              {explainInLine(view.error)}
              <button type="button" className="button-quiet" onClick={() => list.retry()}>
                {words.retry}
              </button>
            </p>
          )}
        </section>
        {state.open !== "" && (
          <Suspense fallback={<aside className="panel" aria-busy="true" />}>
            <Panel key={state.open} kind={kind} id={state.open} list={list} onOpen={open} onClose={close} />
          </Suspense>
        )}
      </div>
    </NeedsProvider>
  );
}

/** Whether the records are on a board that counts them itself, and may have some that the list does not. */
function hasOwnBoard(state: ListState, loadBoard: LoadBoard): boolean {
  return state.as === "board" && loadBoard !== loadFieldBoard;
}

interface BodyProps {
  kind: RecordKind;
  shown: ShownList;
  state: ListState;
  selecting: Selecting;
  onRoom: (room: ColumnRoom | null) => void;
  change: (next: Partial<ListState>) => void;
  open: (id: string) => void;
  loadBoard: LoadBoard;
  loadCalendar: LoadCalendar | undefined;
  source?: Props["source"];
}

function ListBody(props: BodyProps) {
  const { kind, shown, state, selecting, onRoom, change, open, loadBoard, loadCalendar, source } = props;
  const { permissions } = useWorkspace();
  const { view, list } = shown;
  const board = { kind, state, change, open: state.open, onOpen: open };
  if (view.state === "failed" && list.known.length === 0) {
    return <Failure error={view.error} retry={() => list.retry()} />;
  }
  if (loadCalendar !== undefined && calendarPart(state.as) !== null) {
    const Calendar = lazyPart(loadCalendar);
    return (
      <Suspense fallback={<div className="days" aria-busy="true" />}>
        <Calendar {...board} shown={shown} />
      </Suspense>
    );
  }
  if (view.state === "ready" && view.room === 0 && !hasOwnBoard(state, loadBoard)) {
    return isNarrowed(state) ? (
      <Empty
        icon="search"
        title={words.noMatch.title(kind)}
        reason={words.noMatch.reason(kind)}
        action={
          <button
            type="button"
            className="button"
            onClick={() => change({ conditions: noConditions, query: "", view: "" })}
          >
            {words.noMatch.all(kind)}
          </button>
        }
      />
    ) : (
      <Empty
        icon={iconOf(kind)}
        title={words.none.title(kind)}
        reason={source?.reason ?? words.none.reason}
        action={source?.action}
      />
    );
  }
  if (state.as === "board" && kind.board !== null) {
    const Board = lazyPart(loadBoard);
    return (
      <Suspense fallback={<div className="board" aria-busy="true" />}>
        <Board {...board} />
      </Suspense>
    );
  }
  const mayChange = permissions.mayEditSome(kind) || permissions.may(`${kind.object}.delete`);
  const mayChoose =
    (mayChange && !kind.lacks.has("batch")) ||
    (permissions.may(`${kind.object}.export`) && !kind.lacks.has("export"));
  return (
    <RecordGrid
      kind={kind}
      shown={shown}
      columns={state.columns}
      onRoom={onRoom}
      sort={state.sort}
      onSort={(sort) => change({ sort })}
      selecting={mayChoose ? selecting : null}
      open={state.open}
      onOpen={open}
    />
  );
}

/** Whether something is true, or ever was: an action on selected records goes on when none is selected any more. */
function useOnce(is: boolean): boolean {
  const [was, setWas] = useState(is);
  if (is && !was) setWas(true);
  return is || was;
}

/** Esc closes what is open, unless something above it took the key. */
function useEscape(active: boolean, close: () => void): void {
  useEffect(() => {
    if (!active) return undefined;
    const onKey = (event: KeyboardEvent) => {
      const inDialog = event.target instanceof Element && event.target.closest("dialog") !== null;
      if (event.key === "Escape" && !event.defaultPrevented && !inDialog) close();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [active, close]);
}
