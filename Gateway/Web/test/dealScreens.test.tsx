import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server.browser";
import { WorkspaceContext } from "../src/app/workspace";
import { CloseDate } from "../src/areas/deals/CloseDate";
import { deal } from "../src/areas/deals/deal";
import { StageBar } from "../src/areas/deals/StageBar";
import { enteredStages } from "../src/areas/deals/useStageVisits";
import { ForecastFigures } from "../src/areas/forecast/ForecastFigures";
import { TrendChart } from "../src/areas/forecast/Trends";
import { TrendTable } from "../src/areas/forecast/TrendTable";
import { UndatedCount } from "../src/areas/forecast/Undated";
import { Conversion, OutcomeLink } from "../src/areas/leads/Conversion";
import { lead } from "../src/areas/leads/lead";
import { Qualification } from "../src/areas/leads/Qualification";
import { RateRows } from "../src/areas/settings/RateRows";
import { health } from "../src/areas/settings/ruleSubjects";
import { RuleTable } from "../src/areas/settings/RuleTable";
import { StageChangeDialog } from "../src/areas/settings/StageChangeDialog";
import { StageList } from "../src/areas/settings/StageList";
import { decodeForecastResponse, decodePipeline, decodeTrendPeriod } from "../src/core/api.generated";
import { forecastTable } from "../src/core/forecast";
import { stageDraft } from "../src/core/pipelineStages";
import { RecordView } from "../src/records/RecordView";
import { FakeWorkspace, fakeWorkspace } from "./fakeWorkspace";

function shown(children: ReactNode, permissions: readonly string[] = []): string {
  return renderToStaticMarkup(<FakeWorkspace permissions={permissions}>{children}</FakeWorkspace>);
}

/** What is read of markup: its texts, without what only looks. */
function words(markup: string): string {
  return markup.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();
}

const dollars = (amount_minor: string) => ({ amount_minor, currency: "USD" });
const nothing = () => undefined;
/** Trends by week, whose changes are in dollars. */
const inDollars = { unit: "week", measure: "amount", currency: "USD" } as const;

describe("The figures of a forecast", () => {
  const forecast = decodeForecastResponse({
    period: "2026-Q4",
    start_date: "2026-10-01",
    end_date: "2026-12-31",
    snapshot_date: "2026-11-01",
    total: {
      categories: [
        {
          category: "commit",
          sums: { count: "2", sum: [dollars("900719925474099301")] },
          change: { count: "-1", sum: [dollars("-50000")] },
        },
      ],
      all: { count: "2", sum: [dollars("900719925474099301")], weighted_sum: [dollars("70")] },
      all_change: { count: "-1", sum: [dollars("-50000")], weighted_sum: [dollars("20")] },
    },
    groups: [
      {
        keys: ["member_1"],
        categories: [{ category: "commit", sums: { count: "2", sum: [dollars("12300")] } }],
        all: { count: "2", sum: [dollars("12300")], weighted_sum: [dollars("70")] },
      },
    ],
  });
  const table = forecastTable(forecast, "owner");
  const view = <ForecastFigures forecast={forecast} by="owner" table={table} currency="USD" />;

  test("say every digit, and by a sign what is more and what is less", () => {
    const text = words(shown(view));
    assert.match(text, /Owner Commit Weighted, with closed Deals/);
    assert.match(text, /Ada Lovelace \$123 /);
    assert.match(text, /All \$9,007,199,254,740,993\.01 −\$500 \$0\.70 \+\$0\.20 2 −1/);
  });

  test("are written as the tenant writes money", () => {
    const german = { locale: "de-DE", currency: "EUR" };
    const inGerman = (children: ReactNode) =>
      words(renderToStaticMarkup(<FakeWorkspace permissions={[]} money={german}>{children}</FakeWorkspace>));
    assert.match(inGerman(view), /All 9\.007\.199\.254\.740\.993,01 \$ −500 \$ 0,70 \$ \+0,20 \$/);
    const period = decodeTrendPeriod({ created: { count: "3", sum: [dollars("150")] }, mean_size: dollars("5050") });
    assert.match(inGerman(<TrendTable periods={[period]} {...inDollars} />), / 3 1,50 \$ .* 50,50 \$/);
  });

  test("lead to the deals behind them", () => {
    const markup = shown(view);
    const to = "/deals?forecast_date=2026-10-01..2026-12-31&amp;owner_id=member_1&amp;forecast_category=commit";
    assert.ok(markup.includes(`href="${to}"`));
    assert.match(markup, /aria-label="Ada Lovelace, Commit: \$123\. Show the deals"/);
  });

  test("offer the rates to who may set them, where one is missing", () => {
    assert.match(shown(view, ["tenant.edit"]), /have no exchange rate to USD.*href="\/settings\/currencies"/);
    assert.doesNotMatch(shown(view), /href="\/settings\/currencies"/);
  });
});

describe("A period of trends", () => {
  const period = decodeTrendPeriod({
    period: "2026-W40",
    start_date: "2026-09-28",
    end_date: "2026-10-04",
    created: {
      count: "3",
      sum: [{ amount_minor: "900", currency: "EUR" }, dollars("100")],
      converted_sum: dollars("1090"),
    },
    won: { count: "1", sum: [dollars("50")], converted_sum: dollars("50") },
    lost: { count: "0" },
    win_rate: 66.7,
    mean_size: dollars("5000"),
    cycle_days: 12.5,
    change: {
      created: { count: "2", sum: [dollars("300")], converted_sum: dollars("300") },
      won: { count: "1", sum: [{ amount_minor: "5", currency: "EUR" }] },
      lost: { count: "-1", sum: [dollars("-200")], converted_sum: dollars("-200") },
      win_rate: -3.3,
      cycle_days: 1.5,
    },
  });
  const markup = shown(<TrendTable periods={[period]} {...inDollars} />);
  const counted = shown(<TrendTable periods={[period]} {...inDollars} measure="count" />);

  test("leads to the deals that were created, won and lost in it", () => {
    const links = [...markup.matchAll(/href="([^"]*)"/g)].map(([, to]) => to?.replace(/&amp;/g, "&"));
    assert.deepEqual(links, [
      "/deals?start_date=2026-09-28..2026-10-04",
      "/deals?close_date=2026-09-28..2026-10-04&status=won",
    ]);
  });

  test("gives its sums in the tenant's currency, and what they are made of", () => {
    assert.match(words(markup), /Week Created Won Lost .* Week 40 of 2026 3 \$10\.90 of which €9 of which \$1 /);
  });

  test("says whether amounts have changed, or how many deals there are", () => {
    assert.match(words(markup), / \+\$3 1 \$0\.50 \+1 deal 0 −\$2 66\.7% −3\.3 points /);
    assert.match(words(counted), / \+2 deals 1 \$0\.50 \+1 deal 0 −1 deal 66\.7% −3\.3 points /);
  });

  test("counts fewer lost deals as good, and more of what is won", () => {
    assert.match(markup, /figure-change good">−\$2</);
    assert.match(counted, /figure-change good">−1 deal</);
    assert.match(counted, /figure-change good">\+1 deal</);
    assert.match(markup, /figure-change bad">−3\.3 points</);
    assert.match(markup, /figure-change muted">\+1\.5</);
  });
});

test("trends without deals, or without amounts, are said in words in place of an empty chart", () => {
  const without = decodeTrendPeriod({ created: { count: "0" }, won: { count: "0" }, lost: { count: "0" } });
  const priceless = decodeTrendPeriod({ created: { count: "2" }, won: { count: "0" }, lost: { count: "0" } });
  assert.match(shown(<TrendChart periods={[without]} {...inDollars} />), /No deals were created or closed/);
  assert.match(shown(<TrendChart periods={[priceless]} {...inDollars} />), /No deal of these periods has an amount/);
  assert.match(shown(<TrendChart periods={[priceless]} {...inDollars} measure="count" />), /<figure/);
});

test("open deals without a close date are counted beside the forecast that leaves them out, and can be listed", () => {
  const markup = shown(<UndatedCount count={4} />);
  assert.match(words(markup), /^4 open deals have no expected close date and are not in this forecast\. Show them$/);
  assert.ok(markup.includes('href="/deals?status=open&amp;expected_close_date=-"'));
  assert.match(words(shown(<UndatedCount count={1} />)), /^1 open deal has no expected close date and is not/);
  assert.equal(shown(<UndatedCount count={0} />), "");
});

const pipeline = decodePipeline({
  id: "pipeline_1",
  display_name: "Sales",
  stages: [
    { key: "new", display_name: "New", probability: 10, forecast_category: "pipeline", kind: "open", rotting_days: 7 },
    { key: "demo", display_name: "Demo", probability: 40, forecast_category: "best_case", kind: "open" },
    { key: "won", display_name: "Won", probability: 100, forecast_category: "closed", kind: "won" },
  ],
});
const stages = pipeline.stages.map(stageDraft);

test("a stage says in a line what it does to deals, and what is wrong with it", () => {
  const faults = { demo: { entry_condition: "Unknown field price." } };
  const list = <StageList stages={stages} faults={faults} error="Correct them." onChange={nothing} />;
  const text = words(shown(list));
  assert.match(text, /New 10% · Pipeline · rots after 7 days/);
  assert.match(text, /Demo 40% · Best case Unknown field price\./);
  assert.match(text, /Won Won 100% · Closed/);
  assert.match(shown(list), /role="alert">Correct them\./);
});

test("a change says what becomes of the deals of each stage, and offers stages of the same kind", () => {
  const dialog = (
    <StageChangeDialog
      pipeline={pipeline}
      stages={stages.filter(({ key }) => key !== "demo")}
      effects={[
        { stage: "new", deals: "1200", to: "new" },
        { stage: "demo", deals: "34", to: "new" },
        { stage: "long_gone", deals: "1", to: "new" },
      ]}
      mapping={[{ from: "demo", to: "new" }]}
      onAnswer={nothing}
    />
  );
  const markup = shown(dialog);
  assert.match(markup, /aria-label="Deals of Demo go to"/);
  assert.equal([...markup.matchAll(/<option/g)].length, 1);
  assert.match(words(markup), /New 1,200 They take the stage’s new probability/);
  assert.match(words(markup), /Long gone 1 They go to New/);
  assert.match(words(markup), /Change pipeline and 1,235 deals/);
});

test("a change of stages asks where deals go that can go to several", () => {
  const talk = { key: "talk", display_name: "Talk", kind: "open", probability: 50, forecast_category: "commit" };
  const wider = decodePipeline({ ...pipeline, stages: [...pipeline.stages, talk] });
  const markup = shown(
    <StageChangeDialog
      pipeline={wider}
      stages={wider.stages.map(stageDraft).filter(({ key }) => key !== "demo")}
      effects={[{ stage: "demo", deals: "34", to: "new" }]}
      mapping={[{ from: "demo", to: "new" }]}
      onAnswer={nothing}
    />,
  );
  assert.match(markup, /<option[^>]*selected=""[^>]*>Choose<\/option>/);
  assert.match(words(markup), /Demo 34 Choose New Talk/);
});

test("a rate says at its row what is wrong with it, once somebody tried to save", () => {
  const rows = (showsFaults: boolean) => (
    <RateRows
      own="USD"
      rates={[{ currency: "EUR", rate: "0" }]}
      options={[]}
      showsFaults={showsFaults}
      error={undefined}
      onChange={nothing}
    />
  );
  assert.match(shown(rows(true)), /aria-label="What 1 EUR is worth in USD"[^>]*aria-invalid="true"/);
  assert.doesNotMatch(shown(rows(true)), /aria-label="Currency 1"[^>]*aria-invalid/);
  assert.match(words(shown(rows(true))), /Enter a number above 0/);
  assert.doesNotMatch(words(shown(rows(false))), /Enter a number above 0/);
});

test("a health rule about what nothing can tell yet is said in words, and does not count", () => {
  const rule = (condition: string) => ({ id: condition, etag: "1", display_name: "Rule", condition, points: 15, active: true });
  const said = (condition: string) =>
    words(shown(<RuleTable subject={health} rules={[rule(condition)]} edit={nothing} remove={nothing} />));
  assert.match(said("!has_ticket_past_sla"), /Rule Has a ticket past its SLA is no \+15 Not measured yet/);
  assert.match(said("employees >= 200"), /Employees is at least 200 \+15 Counts/);
  assert.match(said("has_open_deal || has_subscription"), /\+15 Counts/);
  assert.match(said("has_subscription || has_ticket_past_sla"), /\+15 Not measured yet/);
});

test("a stage bar marks as passed the stages that a deal has been in, not those that it left out", () => {
  const record = deal.decode({ id: "deal_1", etag: "1", pipeline_id: "pipeline_1", stage: "lost", status: "lost" });
  const visits = [
    { pipeline_id: "pipeline_1", stage: "packed" },
    { pipeline_id: "pipeline_2", stage: "on_its_way" },
    { pipeline_id: "pipeline_1", stage: "lost" },
  ];
  const workspace = fakeWorkspace([]);
  const stagesOf = workspace.directory.entries("stage").map((entry) => ({ ...entry, within: "pipeline_1" }));
  const entries = () => stagesOf;
  const within = { ...workspace, directory: { ...workspace.directory, entries } };
  const passed = (entered: ReadonlySet<string>) => {
    const bar = <StageBar record={record} entered={entered} />;
    const markup = renderToStaticMarkup(
      <WorkspaceContext.Provider value={within}>{bar}</WorkspaceContext.Provider>,
    );
    return [...markup.matchAll(/stage-passed"[^>]*>.*?<bdi>(.*?)</g)].map(([, name]) => name);
  };
  assert.deepEqual(passed(enteredStages(visits, "pipeline_1")), ["Packed"]);
  assert.deepEqual(passed(enteredStages(null, "pipeline_1")), []);
});

test("a list marks the close date of an open deal that has passed, in words too", () => {
  const date = (values: Readonly<Record<string, unknown>>) =>
    words(shown(<CloseDate record={deal.decode({ id: "deal_1", expected_close_date: "2020-03-01", ...values })} />));
  assert.match(date({ status: "open" }), /^Mar 1, 2020 [\d,]+ days overdue$/);
  assert.equal(date({ status: "won" }), "Mar 1, 2020");
  assert.equal(date({ status: "open", expected_close_date: "2999-03-01" }), "Mar 1, 2999");
});

test("a lead says why it will not buy, or why it was put back and until when", () => {
  const shownOf = (values: Readonly<Record<string, unknown>>) => {
    const record = lead.decode({ id: "lead_1", etag: "1", display_name: "Wanda", ...values });
    return words(shown(<Qualification record={record} />, ["lead.read"]));
  };
  assert.match(shownOf({ disqualification_reason: "lost" }), /^Qualification Disqualification reason Lost/);
  const putBack = shownOf({ recycle_reason: "No budget this year", return_date: "2027-01-31" });
  assert.match(putBack, /^Qualification Put back because No budget this year Return on Jan 31, 2027/);
  assert.doesNotMatch(shownOf({}), /reason|because|Return on/);
});

test("a lead that is disqualified is not offered to be disqualified", () => {
  const shownOf = (values: Readonly<Record<string, unknown>>) => {
    const record = lead.decode({ id: "lead_1", etag: "1", display_name: "Wanda", ...values });
    return words(shown(<Qualification record={record} />, ["lead.read", "lead.edit"]));
  };
  assert.match(shownOf({}), /Disqualify Put back/);
  // Where new leads begin.
  assert.doesNotMatch(shownOf({ status: "packed" }), /Put back/);
  assert.doesNotMatch(shownOf({ disqualification_reason: "lost" }), /Disqualify/);
});

describe("A lead that is converted", () => {
  const everything = ["read", "edit", "delete", "convert", "qualify"].map((verb) => `lead.${verb}`);
  const hour = 60 * 60 * 1000;
  const converted = (hours: number) =>
    lead.decode({
      id: "lead_1",
      etag: "1",
      display_name: "Wanda",
      city: "Lyon",
      converted: true,
      qualified: true,
      conversion_time: new Date(Date.now() - hours * hour).toISOString(),
      account_id: "account_1",
      contact_id: "contact_1",
    });

  test("is only read, by whoever may edit others, and says why", () => {
    const page = (record: ReturnType<typeof converted>) =>
      shown(
        <RecordView kind={lead} record={record} heading="h1" isGone={false} onDeleted={nothing} />,
        everything,
      );
    assert.match(page({ ...converted(1), converted: false }), /Edit City.*Delete lead/s);
    assert.doesNotMatch(page(converted(1)), /Edit |Delete lead/);
    assert.match(words(page(converted(1))), /This lead is converted: it can only be read\./);
  });

  test("leads on to its deal, or to whom it became, before anybody is called", () => {
    const actions = (values: Readonly<Record<string, unknown>>, permissions: readonly string[]) =>
      shown(<OutcomeLink record={{ ...converted(1), ...values }} />, permissions);
    const all = ["deal.read", "contact.read", "account.read"];
    assert.match(actions({ deal_id: "deal_1" }, all), /href="\/deals\/deal_1" class="button button-main">Open deal</);
    assert.match(actions({}, all), /href="\/contacts\/contact_1"[^>]*>Open contact</);
    assert.match(actions({ deal_id: "deal_1" }, ["account.read"]), /href="\/accounts\/account_1"[^>]*>Open account</);
    assert.equal(actions({ converted: false }, all), "");
  });

  test("says what it became, and offers the way back for a day to who may convert", () => {
    const section = (hours: number, permissions = everything) =>
      words(shown(<Conversion record={converted(hours)} />, permissions));
    assert.match(section(1), /Account Account Contact Contact Deal None Undo conversion/);
    assert.doesNotMatch(section(25), /Undo conversion/);
    assert.doesNotMatch(section(1, ["lead.read"]), /Undo conversion/);
    assert.equal(words(shown(<Conversion record={{ ...converted(1), converted: false }} />)), "");
  });
});
