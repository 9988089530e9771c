import { type ReactNode, useCallback } from "react";
import type { Loaded } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { any } from "../../core/cel";
import { formatInt64, formatMoney } from "../../core/format";
import { usePassing } from "../../parts/Failure";
import { Link } from "../../parts/Link";
import { Skeleton } from "../../parts/Skeleton";
import { useAsking } from "../../records/useRecordList";
import { words as all } from "../../words/homeScreen";
import { task } from "../tasks/task";
import { type DealSums, shownAmounts, type Sums } from "./dealSums";
import { addressOf, dueTasks, filterOf, newLeads, openDeals, type Scope, type Selection, wonDeals } from "./selections";
import { useFresh } from "./useFresh";

const words = all.figures;

interface Props {
  scope: Scope;
  /** Null for members who may not see deals. */
  deals: Loaded<DealSums> | null;
}

/** The figures on top, each a link to the records that it counts. */
export function Figures({ scope, deals }: Props) {
  const { permissions } = useWorkspace();
  return (
    <ul className="home-figures" aria-label={words.title}>
      {permissions.may("lead.read") && <NewLeads scope={scope} />}
      {deals !== null && (
        <>
          <DealFigure label={words.open} of={openDeals(scope)} loaded={deals} sums={({ open }) => open} />
          <DealFigure label={words.won} of={wonDeals(scope)} loaded={deals} sums={({ won }) => won} />
        </>
      )}
      {permissions.may("task.read") && <TaskFigures scope={scope} />}
    </ul>
  );
}

/** How many records a selection has. */
function useCount(selection: Selection): Loaded<string> {
  const { records } = useWorkspace();
  const { kind } = selection;
  const filter = filterOf(selection, useAsking());
  const load = useCallback(
    async (signal: AbortSignal) => String(await records.count(kind, filter, signal)),
    [records, kind, filter],
  );
  return useFresh(load, kind.object);
}

function NewLeads({ scope }: { scope: Scope }) {
  const { session } = useWorkspace();
  const before = newLeads(scope, "last_week");
  const [present, last] = [useCount(newLeads(scope, "this_week")), useCount(before)];
  const failed = [present, last].find(({ error }) => error !== null);
  const reload = () => [present, last].forEach((each) => each.error !== null && each.reload());
  return (
    <Figure
      label={words.newLeads}
      of={newLeads(scope, "this_week")}
      value={present.value}
      error={failed?.error ?? null}
      reload={reload}
      note={
        last.value !== null && (
          <Link to={addressOf(before, session.member)}>{words.lastWeek(last.value)}</Link>
        )
      }
    />
  );
}

/** Both are counted in one call. */
function TaskFigures({ scope }: { scope: Scope }) {
  const { records } = useWorkspace();
  const asking = useAsking();
  const today = dueTasks(scope, "today", asking.now);
  const overdue = dueTasks(scope, "overdue", asking.now);
  const filter = any([today, overdue].map((each) => filterOf(each, asking)));
  const load = useCallback(
    async (signal: AbortSignal) => {
      const { groups } = await records.aggregate(task, { group_by: "overdue", filter }, signal);
      const count = (key: string) => groups.find(({ keys }) => keys[0] === key)?.count ?? "0";
      return { today: count("false"), overdue: count("true") };
    },
    [records, filter],
  );
  const { value, error, reload } = useFresh(load, task.object);
  const shown = { error, reload, note: words[scope] };
  return (
    <>
      <Figure label={words.today} of={today} value={value?.today ?? null} {...shown} />
      <Figure label={words.overdue} of={overdue} value={value?.overdue ?? null} {...shown} />
    </>
  );
}

interface DealProps {
  label: string;
  of: Selection;
  loaded: Loaded<DealSums>;
  sums: (all: DealSums) => Sums;
}

function DealFigure({ label, of, loaded, sums }: DealProps) {
  const shown = loaded.value === null ? null : sums(loaded.value);
  const note = shown !== null && <Amounts sums={shown} />;
  return <Figure label={label} of={of} {...loaded} value={shown?.count ?? null} note={note} />;
}

/** The amounts of deals, in the workspace's currency where its rates are known. */
export function Amounts({ sums }: { sums: Sums }) {
  const { money } = useWorkspace().directory.names;
  if (sums.too_large_currencies.length > 0) return <>{words.tooLarge}</>;
  const amounts = shownAmounts(sums).map((amount) => formatMoney(amount, money));
  return <>{amounts.join(" + ") || words.noAmount}</>;
}

interface FigureProps {
  label: string;
  of: Selection;
  /** A whole number as the API writes it; null while it is unknown. */
  value: string | null;
  error: unknown;
  reload: () => void;
  note: ReactNode;
}

function Figure({ label, of, value, error, reload, note }: FigureProps) {
  const { session } = useWorkspace();
  usePassing(error, reload);
  return (
    <li className="card home-figure" aria-busy={value === null && error === null}>
      <Link to={addressOf(of, session.member)}>
        <span>{label}</span>
        {error === null && <strong>{value === null ? <Skeleton height="28px" width="60px" /> : formatInt64(value)}</strong>}
      </Link>
      {error === null ? (
        <span className="home-note muted">{value === null ? "" : note}</span>
      ) : (
        <span role="alert">
          <span className="bad">{words.failed}</span>
          <button type="button" className="button-quiet" onClick={reload}>
            {words.retry}
          </button>
        </span>
      )}
    </li>
  );
}
