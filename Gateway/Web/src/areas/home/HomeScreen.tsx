import "../../app/SignedIn";
import { useCallback } from "react";
import { useKept, useTitle } from "../../app/hooks";
import { useWorkspace } from "../../app/workspace";
import { Segmented } from "../../parts/Segmented";
import { useAsking } from "../../records/useRecordList";
import { words as home } from "../../words/home";
import { words } from "../../words/homeScreen";
import { loadDealSums } from "./dealSums";
import { Figures } from "./Figures";
import { choosesScope, filterOf, heldDeals, type Scope, scopeOf, wonDeals } from "./selections";
import { FirstSteps, useIsNew } from "./FirstSteps";
import { ForecastCard } from "./ForecastCard";
import { HotLeads } from "./HotLeads";
import { MyTasks } from "./MyTasks";
import { PipelineCard } from "./PipelineCard";
import { RecentActivity } from "./RecentActivity";
import { useFresh } from "./useFresh";

/** Where a member begins: what is to be done, what is new, and how it stands. */
export default function HomeScreen() {
  useTitle(home.screen);
  const { member } = useWorkspace().session;
  const [chosen, choose] = useKept(`home.scope.${member.id}`, "");
  const scope = scopeOf(member, chosen);
  const isNew = useIsNew();
  return (
    <div className="screen home">
      <header className="screen-head">
        <h1>{home.screen}</h1>
        {choosesScope(member) && !isNew && (
          <Segmented
            label={words.scope}
            choices={(["mine", "team"] as const).map((value) => ({ value, label: words.scopes[value] }))}
            value={scope}
            onChange={choose}
          />
        )}
      </header>
      {isNew ? <FirstSteps /> : <Cards key={scope} scope={scope} />}
    </div>
  );
}

function Cards({ scope }: { scope: Scope }) {
  const { permissions } = useWorkspace();
  const may = (object: string) => permissions.may(`${object}.read`);
  return may("deal") ? <CardsWithDeals scope={scope} /> : <AllCards scope={scope} deals={null} />;
}

/** The figures and the pipeline go by the same sums. */
function CardsWithDeals({ scope }: { scope: Scope }) {
  const { api } = useWorkspace();
  const asking = useAsking();
  const [held, won] = [filterOf(heldDeals(scope), asking), filterOf(wonDeals(scope), asking)];
  const load = useCallback((signal: AbortSignal) => loadDealSums(api.client, held, won, signal), [api, held, won]);
  return <AllCards scope={scope} deals={useFresh(load, "deal pipeline")} />;
}

type Deals = Parameters<typeof Figures>[0]["deals"];

/** What the member may not read is left out. */
function AllCards({ scope, deals }: { scope: Scope; deals: Deals }) {
  const { permissions } = useWorkspace();
  const may = (object: string) => permissions.may(`${object}.read`);
  return (
    <>
      <Figures scope={scope} deals={deals} />
      <div className="home-cards">
        {may("task") && <MyTasks />}
        {may("lead") && <HotLeads scope={scope} />}
        {deals !== null && <PipelineCard scope={scope} loaded={deals} />}
        {deals !== null && <ForecastCard scope={scope} />}
        {may("activity") && <RecentActivity scope={scope} />}
      </div>
    </>
  );
}
