import "./browser";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { renderToStaticMarkup } from "react-dom/server.browser";
import { activityTitle, loadActivities, objectOf } from "../src/areas/home/activities";
import { added, barLengths, loadDealSums, shownAmounts, type Sums } from "../src/areas/home/dealSums";
import HomeScreen from "../src/areas/home/HomeScreen";
import { comparedDay, expectedOf, loadForecasts } from "../src/areas/home/outlook";
import {
  addressOf,
  choosesScope,
  dealsInStage,
  dueTasks,
  filterOf,
  heldDeals,
  hotLeads,
  newLeads,
  openDeals,
  type Scope,
  scopeOf,
  shares,
  wonDeals,
} from "../src/areas/home/selections";
import { decodeForecastResponse } from "../src/core/api.generated";
import { ApiClient } from "../src/core/client";
import { forecastAddress, readForecastState } from "../src/core/forecastState";
import { listSearch, readList } from "../src/core/listState";
import { FakeWorkspace } from "./fakeWorkspace";

// A Wednesday afternoon, by the clocks of whoever reads.
const now = new Date(2026, 10, 25, 15);
const asking = { member: "member_1", now, firstDay: 1 as const };
const moment = (day: number, month = 11) => new Date(2026, month - 1, day).toISOString().replace(".000Z", "Z");
const scopes: readonly Scope[] = ["mine", "team"];
const rep = { id: "member_1", role: "rep" } as const;
const manager = { id: "member_1", role: "manager" } as const;
const { signal } = new AbortController();

/** A client that is answered by a function of path and query; what it asked for. */
function answering(answer: (path: string, query: URLSearchParams) => unknown) {
  const asked: string[] = [];
  const client = new ApiClient((address) => {
    const { pathname, searchParams } = new URL(String(address), "http://acme.localhost");
    asked.push(`${pathname}?${[...searchParams].map(([name, value]) => `${name}=${value}`).join("&")}`);
    const said = answer(pathname, searchParams);
    const isRefused = typeof said === "object" && said !== null && "code" in said;
    return Promise.resolve(new Response(JSON.stringify(said), { status: isRefused ? 400 : 200 }));
  });
  return { client, asked };
}

describe("Whose records Home shows", () => {
  test("are a rep's own, and a manager's team's until they choose their own", () => {
    assert.equal(scopeOf(rep, ""), "mine");
    assert.equal(scopeOf(rep, "team"), "mine");
    assert.equal(scopeOf(manager, ""), "team");
    assert.equal(scopeOf(manager, "mine"), "mine");
    assert.equal(scopeOf({ role: "admin" }, "nonsense"), "team");
    // Who only reads owns nothing.
    assert.equal(scopeOf({ role: "read_only" }, "mine"), "team");
    assert.deepEqual(
      (["rep", "read_only", "manager", "admin"] as const).filter((role) => choosesScope({ role })),
      ["manager", "admin"],
    );
  });
});

describe("A figure on Home", () => {
  const selections = (scope: Scope) => ({
    thisWeek: newLeads(scope, "this_week"),
    lastWeek: newLeads(scope, "last_week"),
    hot: hotLeads(scope),
    open: openDeals(scope),
    won: wonDeals(scope),
    held: heldDeals(scope),
    pipeline: heldDeals(scope, "pipeline_1"),
    stage: dealsInStage(scope, "pipeline_1", "demo"),
    today: dueTasks(scope, "today", now),
    overdue: dueTasks(scope, "overdue", now),
  });

  test("leads to a list of the very records that it counts", () => {
    for (const scope of scopes) {
      for (const viewer of [rep, manager]) {
        for (const [name, selection] of Object.entries(selections(scope))) {
          const { kind } = selection;
          const first = kind.firstList(viewer);
          const [path, query = ""] = addressOf(selection, viewer).split("?");
          const read = readList(kind, query, first);
          const what = `${scope} ${viewer.role} ${name}`;
          assert.equal(path, kind.address);
          assert.equal(listSearch(kind, read, asking).filter, filterOf(selection, asking), what);
          assert.deepEqual([read.query, read.as], ["", "table"], what);
        }
      }
    }
  });

  test("counts a rep's own records by owner or assignee, and in a team whoever's", () => {
    for (const [name, selection] of Object.entries(selections("mine"))) {
      const own = selection.kind.object === "task" ? '"member_1" in assignee_ids' : 'owner_id == "member_1"';
      assert.ok(filterOf(selection, asking).startsWith(own), name);
    }
    for (const [name, selection] of Object.entries(selections("team"))) {
      assert.ok(!filterOf(selection, asking).includes("member_1"), name);
    }
  });

  test("counts weeks by the reader's clocks, from the first day of the reader's week", () => {
    const week = (from: string, to: string) => `create_time >= timestamp("${from}") && create_time < timestamp("${to}")`;
    assert.equal(filterOf(newLeads("team", "this_week"), asking), week(moment(23), moment(30)));
    assert.equal(filterOf(newLeads("team", "last_week"), asking), week(moment(16), moment(23)));
    const fromSunday = { ...asking, firstDay: 7 as const };
    assert.equal(filterOf(newLeads("team", "this_week"), fromSunday), week(moment(22), moment(29)));
    // A week with a change of clocks has its days from midnight to midnight all the same.
    const inMarch = { ...asking, now: new Date(2026, 2, 29, 12) };
    assert.equal(filterOf(newLeads("team", "this_week"), inMarch), week(moment(23, 3), moment(30, 3)));
  });

  test("counts what was won by days, without times", () => {
    assert.equal(
      filterOf(wonDeals("team"), asking),
      'status == "won" && close_date >= "2026-11-01" && close_date < "2026-12-01"',
    );
  });

  test("counts tasks that are due today and not overdue yet", () => {
    assert.equal(
      filterOf(dueTasks("team", "today", now), asking),
      `closed == false && overdue == false && due_time < timestamp("${moment(26)}")`,
    );
    assert.equal(filterOf(dueTasks("team", "overdue", now), asking), "overdue == true");
  });

  test("of a pipeline leads to its board", () => {
    assert.equal(
      addressOf(heldDeals("mine", "pipeline_1"), manager, true),
      "/deals?owner_id=me&pipeline_id=pipeline_1&sort=expected_close_date&as=board",
    );
  });
});

describe("Tasks on Home", () => {
  test("leave room for each other", () => {
    assert.deepEqual(shares(10, 10, 6), { overdue: 3, today: 3 });
    assert.deepEqual(shares(10, 2, 6), { overdue: 4, today: 2 });
    assert.deepEqual(shares(10, 0, 6), { overdue: 6, today: 0 });
    assert.deepEqual(shares(1, 10, 6), { overdue: 1, today: 5 });
    assert.deepEqual(shares(0, 0, 6), { overdue: 0, today: 0 });
  });
});

const dollars = (amount_minor: string) => ({ amount_minor, currency: "USD" });
const euros = (amount_minor: string) => ({ amount_minor, currency: "EUR" });
const sums = (count: string, each: Sums["sum"], converted: Sums["converted_sum"]): Sums => ({
  count,
  sum: each,
  too_large_currencies: [],
  converted_sum: converted,
});

describe("Sums of deals on Home", () => {
  test("are exact beyond what a number holds", () => {
    const large = sums("9007199254740993", [dollars("9007199254740993")], dollars("9007199254740993"));
    const all = added([large, sums("1", [dollars("1")], dollars("1"))]);
    assert.equal(all.count, "9007199254740994");
    assert.deepEqual(shownAmounts(all), [dollars("9007199254740994")]);
  });

  test("are in one currency only if all of them could be converted", () => {
    const known = sums("2", [dollars("500"), euros("100")], dollars("610"));
    const none = sums("3", [], null);
    assert.deepEqual(shownAmounts(added([known, none])), [dollars("610")]);
    const unknown = sums("1", [euros("7")], null);
    assert.deepEqual(shownAmounts(added([known, none, unknown])), [euros("107"), dollars("500")]);
    assert.deepEqual(shownAmounts(added([none])), []);
  });

  test("are bars by amount, or by number where amounts cannot be compared", () => {
    const [ten, five] = [sums("1", [dollars("10")], dollars("10")), sums("4", [dollars("5")], dollars("5"))];
    assert.deepEqual(barLengths([ten, five, sums("9", [], null)]), [100, 50, 0]);
    assert.deepEqual(barLengths([ten, sums("4", [euros("5")], null)]), [25, 100]);
    assert.deepEqual(barLengths([sums("0", [], null)]), [0]);
    assert.deepEqual(barLengths([]), []);
  });

  test("come from the boards of all pipelines, the default one first, and count open stages as open", async () => {
    const stages = [{ key: "new" }, { key: "won", kind: "won" }, { key: "lost", kind: "lost" }];
    const column = (stage: string, count: string) => ({ stage, count, sum: [dollars(count)], converted_sum: dollars(count) });
    const { client, asked } = answering((path, query) => {
      if (path === "/api/v1/pipelines") {
        return { pipelines: [{ id: "pipeline_b", stages }, { id: "pipeline_a", is_default: true, stages }] };
      }
      if (query.get("filter") === "W") return { columns: [column("won", "2")] };
      return { columns: [column("new", "10"), column("won", "100"), column("lost", "1000")] };
    });
    const { pipelines, open, won } = await loadDealSums(client, "H", "W", signal);
    assert.deepEqual(pipelines.map(({ pipeline }) => pipeline.id), ["pipeline_a", "pipeline_b"]);
    assert.deepEqual([open.count, open.converted_sum], ["20", dollars("20")]);
    assert.deepEqual([won.count, won.converted_sum], ["4", dollars("4")]);
    assert.equal(asked.length, 5);
    assert.ok(asked.slice(1).every((each) => each.includes("page_size=1&fields=id")));
  });
});

describe("The forecast on Home", () => {
  const all = (count: string, weighted: string) => ({
    count,
    sum: [dollars("900")],
    weighted_sum: [dollars(weighted)],
    converted_sum: dollars("900"),
    converted_weighted_sum: dollars(weighted),
  });
  const group = (keys: string[], weighted: string, change: string) => ({
    keys,
    categories: [{ category: "closed", sums: all("1", "1"), change: all("0", "0") }],
    all: all("3", weighted),
    all_change: all("1", change),
  });
  const answer = decodeForecastResponse({
    period: "2026-11",
    snapshot_date: "2026-11-18",
    total: group([], "500", "-70"),
    groups: [group(["member_1"], "200", "30")],
  });

  test("is that of all deals, or of the member's own", () => {
    const team = expectedOf(answer, null, "USD");
    assert.deepEqual([team.amount, team.change, team.closed], [dollars("500"), dollars("-70"), dollars("900")]);
    assert.deepEqual(expectedOf(answer, "member_1", "USD").change, dollars("30"));
    assert.deepEqual(expectedOf(answer, "member_2", "USD").amount, dollars("0"));
    assert.deepEqual(team.categories, ["closed"]);
  });

  test("says that a change is not known if it was not compared, or cannot be converted", () => {
    assert.equal(expectedOf({ ...answer, snapshot_date: "" }, null, "USD").change, null);
    const foreign = { count: "1", sum: [euros("5")], weighted_sum: [euros("5")] };
    const total = { ...group([], "1", "1"), all: foreign, all_change: foreign };
    const unknown = expectedOf(decodeForecastResponse({ ...answer, total }), null, "USD");
    assert.deepEqual([unknown.amount, unknown.change], [null, null]);
  });

  test("is asked for without a comparison where none is kept from that day", async () => {
    const refusal = {
      code: "INVALID_ARGUMENT",
      status: 400,
      errors: [{ field: "since", rule: "must not be before the first day with a snapshot" }],
    };
    const { client, asked } = answering((_, query) => (query.has("since") ? refusal : { period: query.get("period") }));
    const found = await loadForecasts(client, ["2026-11", "2026-Q4"], "2026-11-18", null, signal);
    assert.deepEqual(found.map(({ period }) => period), ["2026-11", "2026-Q4"]);
    assert.equal(asked.length, 4);
    assert.ok(!asked[0]?.includes("group_by"));
  });

  test("is compared with a week ago, once the workspace is that old", () => {
    const zone = "Europe/Berlin";
    assert.equal(comparedDay("2026-11-25", "2026-11-18T22:30:00Z", zone), "2026-11-18");
    assert.equal(comparedDay("2026-11-25", "2026-11-18T23:30:00Z", zone), "");
    assert.equal(comparedDay("2026-11-25", "", zone), "2026-11-18");
  });

  test("leads to the forecast of its period", () => {
    const state = { ...readForecastState(""), period: "2026-11", since: "2026-11-18" };
    assert.equal(forecastAddress(state), "/forecast?period=2026-11&since=2026-11-18");
  });
});

describe("Recent activities", () => {
  const row = (id: number) => ({ id: `activity_${id}`, type: "call" });

  test("are asked for until there are enough, and not those that are yet to come", async () => {
    const { client, asked } = answering((_, query) =>
      query.get("page_token") === "2"
        ? { activities: [row(2), row(3), row(4)], next_page_token: "3", gaps: ["deals"] }
        : { activities: [row(1)], next_page_token: "2", gaps: ["tasks"] },
    );
    const { rows, gaps } = await loadActivities(client, "member_1", 3, new Date("2026-11-25T15:00:00.5Z"), signal);
    assert.deepEqual(rows.map(({ id }) => id), ["activity_1", "activity_2", "activity_3"]);
    assert.deepEqual(gaps, ["deals", "tasks"]);
    assert.equal(asked.length, 2);
    assert.ok(asked[0]?.includes('filter=member_id == "member_1" && time <= timestamp("2026-11-25T15:01:01Z")'), asked[0]);
  });

  test("are not asked for without end where the member may read few", async () => {
    const { client, asked } = answering(() => ({ activities: [], next_page_token: "more" }));
    assert.deepEqual(await loadActivities(client, null, 3, now, signal), { rows: [], gaps: [] });
    assert.equal(asked.length, 4);
  });

  test("are called by their subject, or the first line of their text", () => {
    assert.equal(activityTitle({ subject: "Offer", text: "x" }), "Offer");
    assert.equal(activityTitle({ subject: "", text: "\nThey like it.\nMore" }), "They like it.");
    assert.equal(activityTitle({ subject: "", text: "" }), "");
    assert.equal(objectOf("lead_01h"), "lead");
    assert.equal(objectOf("task_rule_01h"), "task_rule");
    assert.equal(objectOf("nothing"), "");
  });
});

describe("Home", () => {
  const titles = (permissions: readonly string[]) => {
    const markup = renderToStaticMarkup(
      <FakeWorkspace permissions={permissions}>
        <HomeScreen />
      </FakeWorkspace>,
    );
    return [...markup.matchAll(/<h2[^>]*>([^<]*)</g)].map(([, title]) => title);
  };

  test("has a card for what the member may read, and no other", () => {
    const all = ["lead.read", "deal.read", "task.read", "activity.read"];
    assert.deepEqual(titles(all), [
      "My tasks",
      "New hot leads",
      "Pipeline by stage",
      "Expected revenue",
      "Recent activity",
    ]);
    assert.deepEqual(titles(["task.read"]), ["My tasks"]);
    assert.deepEqual(titles(["lead.read", "activity.read"]), ["New hot leads", "Recent activity"]);
    assert.deepEqual(titles([]), []);
  });
});
