import "../../app/firstLoad";
import "../../app/laterStyles";
import { useCallback } from "react";
import type { ScreenProps } from "../../app/areas";
import { useLoaded, useTitle } from "../../app/hooks";
import { useNews } from "../../app/useNews";
import { useTenant } from "../../app/useTenant";
import { useWorkspace } from "../../app/workspace";
import { decodeForecastResponse, type Tenant } from "../../core/api.generated";
import { dayIn, readPeriod } from "../../core/fiscal";
import { forecastTable, groupedBy } from "../../core/forecast";
import { forecastAddress, type ForecastState, readForecastState } from "../../core/forecastState";
import { formatDate } from "../../core/format";
import { navigate } from "../../core/navigation";
import { fieldErrors } from "../../core/problem";
import { Empty } from "../../parts/Empty";
import { Failure } from "../../parts/Failure";
import { Link } from "../../parts/Link";
import { useClock } from "../../parts/useClock";
import { words } from "../../words/forecast";
import { words as screens } from "../../words/forecastScreens";
import { ForecastBar } from "./ForecastBar";
import { ForecastChart } from "./ForecastChart";
import { ForecastFigures } from "./ForecastFigures";
import { Trends } from "./Trends";
import { Undated } from "./Undated";
import "./rules";

/** What deals are expected to bring in a period of the tenant's calendar, what has changed, and past trends. */
export default function ForecastScreen({ search }: ScreenProps) {
  useTitle(screens.screen);
  const tenant = useTenant();
  const state = readForecastState(search);
  const change = (next: Partial<ForecastState>) =>
    navigate(forecastAddress({ ...state, ...next }), { replace: true });
  return (
    <div className="screen forecast">
      <h1>{screens.screen}</h1>
      {tenant.error !== null && <Failure error={tenant.error} retry={tenant.reload} />}
      {tenant.value === null && tenant.error === null && <div className="forecast-wait" aria-busy="true" />}
      {tenant.value !== null && <Forecast tenant={tenant.value} state={state} change={change} />}
    </div>
  );
}

interface Props {
  tenant: Tenant;
  state: ForecastState;
  change: (next: Partial<ForecastState>) => void;
}

function Forecast({ tenant, state, change }: Props) {
  const { api } = useWorkspace();
  const { currency = "USD", time_zone: zone = "UTC", fiscal_year_start_month } = tenant.settings ?? {};
  const firstMonth = fiscal_year_start_month ?? 1;
  const today = useClock((now) => dayIn(zone, now));
  const { by, since } = state;
  const period = readPeriod(state.period, firstMonth)?.name ?? "";
  const news = useNews("deal");
  const load = useCallback(
    async (signal: AbortSignal) => {
      const query = { period, group_by: groupedBy(by), since };
      const raw = await api.client.get("/api/v1/deals:forecast", query, signal);
      const answer = decodeForecastResponse(raw);
      return { answer, by, table: forecastTable(answer, by) };
    },
    // Requested again when deals have changed, and on another day.
    [api, period, by, since, news, today],
  );
  const { value, error, reload } = useLoaded(load);
  const sinceError = error === null ? undefined : fieldErrors(error, ["since"])["since"];
  const { count = "0", countChange = null } = value?.table.total ?? {};
  const isEmpty = value !== null && count === "0" && (countChange ?? "0") === "0";
  return (
    <>
      <ForecastBar
        state={state}
        period={value === null ? null : value.answer}
        today={today}
        firstMonth={firstMonth}
        sinceError={sinceError}
        change={change}
      />
      {error !== null && sinceError === undefined && <Failure error={error} retry={reload} />}
      <Undated news={news} />
      {value === null && error === null && <div className="forecast-wait" aria-busy="true" />}
      {isEmpty && (
        <Empty
          icon="chart"
          title={words.none.title}
          reason={words.none.reason}
          action={
            <Link className="button" to="/deals">
              {words.none.action}
            </Link>
          }
        />
      )}
      {value !== null && !isEmpty && (
        <>
          <p className="muted" role="status">
            {value.answer.snapshot_date !== "" && words.since.shown(formatDate(value.answer.snapshot_date))}
          </p>
          <ForecastChart by={value.by} table={value.table} currency={currency} />
          <ForecastFigures forecast={value.answer} by={value.by} table={value.table} currency={currency} />
        </>
      )}
      <Trends state={state} currency={currency} news={news} change={change} />
    </>
  );
}
