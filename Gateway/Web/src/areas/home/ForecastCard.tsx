import { useCallback } from "react";
import { useTenant } from "../../app/useTenant";
import { useWorkspace } from "../../app/workspace";
import type { ForecastResponse } from "../../core/api.generated";
import { dayIn, periodOf, periodWords } from "../../core/fiscal";
import { dealsAddress } from "../../core/forecast";
import { forecastAddress, readForecastState } from "../../core/forecastState";
import { formatDate, formatMoney } from "../../core/format";
import type { Money } from "../../core/types";
import { Link } from "../../parts/Link";
import { useClock } from "../../parts/useClock";
import { words as all } from "../../words/homeScreen";
import { Change, moneyChangeText } from "../forecast/amounts";
import { Card } from "./Card";
import type { Scope } from "./selections";
import { comparedDay, expectedOf, loadForecasts } from "./outlook";
import { useFresh } from "./useFresh";

const words = all.forecast;

/** What this month and this quarter are expected to bring, against a week ago. */
export function ForecastCard({ scope }: { scope: Scope }) {
  const { api, session } = useWorkspace();
  const tenant = useTenant();
  const settings = tenant.value?.settings;
  const { time_zone: zone = "UTC", currency = "USD", fiscal_year_start_month: month } = settings ?? {};
  const today = useClock((now) => dayIn(zone, now));
  const owner = scope === "mine" ? session.member.id : null;
  const begun = tenant.value?.create_time;
  const isKnown = begun !== undefined;
  const load = useCallback(
    async (signal: AbortSignal) => {
      if (!isKnown) return null;
      const periods = (["month", "quarter"] as const).map((unit) => periodOf(unit, today, month ?? 1).name);
      return loadForecasts(api.client, periods, comparedDay(today, begun, zone), owner, signal);
    },
    [api, isKnown, today, month, begun, zone, owner],
  );
  const forecasts = useFresh(load, "deal");
  const loaded = {
    value: forecasts.value,
    error: tenant.error ?? forecasts.error,
    reload: () => (tenant.error === null ? forecasts : tenant).reload(),
  };
  return (
    <Card
      title={words.title}
      rows={6}
      loaded={loaded}
      none={() => ""}
      more={{ title: words.all, address: "/forecast" }}
    >
      {(answers) => (
        <div className="home-outlooks">
          {answers.map((answer) => (
            <Period key={answer.period} {...{ owner, currency, answer }} />
          ))}
        </div>
      )}
    </Card>
  );
}

interface Props {
  /** The member whose deals alone count; null for all. */
  owner: string | null;
  /** The tenant's. */
  currency: string;
  answer: ForecastResponse;
}

function Period({ owner, currency, answer }: Props) {
  const { money } = useWorkspace().directory.names;
  const { period, start_date: start, end_date: end, snapshot_date: since } = answer;
  const { amount, closed, change, categories } = expectedOf(answer, owner, currency);
  const written = (each: Money | null) => (each === null ? words.nothing : formatMoney(each, money));
  const name = periodWords(period);
  const state = { ...readForecastState(""), period, since };
  const missing = since === "" ? words.notCompared : words.notConverted;
  return (
    <div role="group" className="home-outlook" aria-labelledby={`home-${period}`}>
      <h3 id={`home-${period}`}>
        <Link to={forecastAddress(state)}>{name}</Link>
      </h3>
      <Link
        className="home-amount"
        to={dealsAddress({ start, end }, "owner", owner, categories)}
        aria-label={words.behind(name, written(amount))}
      >
        {written(amount)}
      </Link>
      {change === null ? (
        <span className="muted">{missing}</span>
      ) : (
        <span>
          <Change text={moneyChangeText(change, money)} />
          <span className="muted">{words.since(formatDate(since))}</span>
        </span>
      )}
      <span className="muted">{words.closed(written(closed))}</span>
    </div>
  );
}
