import { useCallback, useEffect } from "react";
import { useTitle } from "../../app/hooks";
import { navigate } from "../../app/navigation";
import { useWorkspace } from "../../app/workspace";
import { counted } from "../../core/format";
import {
  hasConditions,
  leadListAddress,
  type LeadListState,
  noFilters,
  readLeadList,
} from "../../core/leadList";
import { explainInLine } from "../../core/problem";
import { Empty } from "../../parts/Empty";
import { Failure } from "../../parts/Failure";
import { Link } from "../../parts/Link";
import { LeadPanel } from "../lead/LeadPanel";
import { FilterBar } from "./FilterBar";
import { activeLink, LeadGrid } from "./LeadGrid";
import { type LeadList, useLeadList } from "./useLeadList";

/** All leads one may see, as its address says; an opened lead stands beside them. */
export function LeadListScreen({ search }: { search: string }) {
  const { firstList } = useWorkspace();
  const state = readLeadList(search, firstList);
  const leads = useLeadList(state);
  const { view, list } = leads;
  const isCounted = view.state === "ready" || list.known > 0;
  useTitle("Leads");

  const change = (next: Partial<LeadListState>) => {
    const present = readLeadList(location.search, firstList);
    navigate(leadListAddress({ ...present, ...next }, firstList), { replace: false });
  };
  const open = useCallback(
    (id: string) => {
      const present = readLeadList(location.search, firstList);
      const address = leadListAddress({ ...present, open: id }, firstList);
      navigate(address, { replace: present.open !== "" });
    },
    [firstList],
  );
  const close = useCallback(() => {
    open("");
    requestAnimationFrame(() => document.querySelector<HTMLElement>(activeLink)?.focus());
  }, [open]);
  useEscape(state.open !== "", close);

  return (
    <div className="lead-list">
      <section className="lead-list-main" aria-label="Lead list">
        <header className="screen-head">
          <h1>Leads</h1>
          <FilterBar filters={state.filters} onChange={(filters) => change({ filters })} />
          <p className="lead-list-count" role="status">
            {isCounted ? counted(view.total, view.more, "lead", "leads") : ""}
          </p>
        </header>
        <ListBody leads={leads} state={state} change={change} open={open} />
        {view.state === "failed" && list.known > 0 && (
          <p className="lead-list-error" role="alert">
            {explainInLine(view.error)}
            <button type="button" className="button-quiet" onClick={() => list.retry()}>
              Try again
            </button>
          </p>
        )}
      </section>
      {state.open !== "" && <LeadPanel key={state.open} id={state.open} onClose={close} />}
    </div>
  );
}

interface BodyProps {
  leads: LeadList;
  state: LeadListState;
  change: (next: Partial<LeadListState>) => void;
  open: (id: string) => void;
}

function ListBody({ leads, state, change, open }: BodyProps) {
  const { view, list } = leads;
  if (view.state === "failed" && list.known === 0) {
    return <Failure error={view.error} retry={() => list.retry()} />;
  }
  if (view.state === "ready" && list.known === 0) {
    return hasConditions(state) ? (
      <Empty
        icon="search"
        title="No lead matches"
        reason="No lead has all of these words and filters."
        action={
          <button
            type="button"
            className="button"
            onClick={() => change({ filters: noFilters, query: "" })}
          >
            Show all leads
          </button>
        }
      />
    ) : (
      <NoLeads />
    );
  }
  return (
    <LeadGrid
      leads={leads}
      sort={state.sort}
      onSort={(sort) => change({ sort })}
      open={state.open}
      onOpen={open}
    />
  );
}

function NoLeads() {
  const { permissions } = useWorkspace();
  return (
    <Empty
      icon="leads"
      title="Leads belong here"
      reason="None has come in yet. An import brings them in from a file."
      action={
        permissions.may("import.create") && (
          <Link className="button button-main" to="/imports/new">
            Import leads
          </Link>
        )
      }
    />
  );
}

/** Esc closes what is open, unless something on top of it took the key. */
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
