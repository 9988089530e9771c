import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dealSchema, decodeForecastResponse } from "../src/core/api.generated";
import { drawn } from "../src/core/chartData";
import { conditionSentence } from "../src/core/conditions";
import { fieldsOf } from "../src/core/fields";
import {
  dealsAddress,
  forecastRows,
  forecastTable,
  groupedBy,
  isUnconverted,
  ownAmount,
} from "../src/core/forecast";
import { forecastAddress, readForecastState } from "../src/core/forecastState";
import { noConditions, readList } from "../src/core/listState";
import { names } from "./fixtures";

const money = (amount_minor: string, currency = "USD") => ({ amount_minor, currency });
const sums = (count: string, sum: unknown[], more = {}) => ({ count, sum, weighted_sum: [], ...more });

const forecast = decodeForecastResponse({
  period: "2026-Q4",
  start_date: "2026-10-01",
  end_date: "2026-12-31",
  snapshot_date: "2026-11-01",
  total: {
    categories: [
      { category: "pipeline", sums: sums("2", [money("500", "EUR"), money("12345")]), change: sums("0", []) },
      { category: "commit", sums: sums("1", [money("900719925474099301")]), change: sums("1", [money("-700")]) },
    ],
    all: sums("3", [money("500", "EUR"), money("900719925474111646")], {
      weighted_sum: [money("50", "EUR"), money("100")],
      converted_sum: money("900719925474112246"),
      converted_weighted_sum: money("160"),
    }),
    all_change: sums("1", [money("-700")]),
  },
  groups: [
    {
      keys: [""],
      categories: [{ category: "pipeline", sums: sums("1", [money("500", "EUR")]), change: sums("0", []) }],
      all: sums("1", [money("500", "EUR")], { weighted_sum: [money("50", "EUR")] }),
      all_change: sums("0", []),
    },
    {
      keys: ["member_1"],
      categories: [
        { category: "pipeline", sums: sums("1", [money("12345")]), change: sums("0", []) },
        { category: "commit", sums: sums("1", [money("100")]), change: sums("1", [money("-700")]) },
      ],
      all: sums("2", [money("12445")], { too_large_currencies: ["JPY"] }),
      all_change: sums("1", [money("-700")]),
    },
  ],
});

describe("A forecast by owner", () => {
  const { columns, lines, total } = forecastTable(forecast, "owner");

  test("has the categories that the service counts, and what they are worth by their probabilities", () => {
    assert.deepEqual(columns, ["pipeline", "commit", "weighted"]);
    assert.deepEqual(lines.map((line) => line.key), ["", "member_1"]);
    assert.equal(groupedBy("owner"), "owner");
  });

  test("has what brings most first, and months as they follow each other", () => {
    const group = (key: string, minor: string | null) => ({
      keys: [key],
      all: sums("1", [], minor === null ? {} : { converted_sum: money(minor) }),
    });
    const groups = [group("2026-10", "5"), group("2026-11", null), group("2026-12", "900719925474099301")];
    const keys = (by: "owner" | "month") =>
      forecastTable(decodeForecastResponse({ groups }), by).lines.map((line) => line.key);
    assert.deepEqual(keys("owner"), ["2026-12", "2026-10", "2026-11"]);
    assert.deepEqual(keys("month"), ["2026-10", "2026-11", "2026-12"]);
  });

  test("gives one row in the tenant's currency and one for each, with every digit", () => {
    const rows = forecastRows(total, columns, "USD");
    assert.deepEqual(rows.map((row) => [row.currency, row.isConverted]), [
      ["USD", true],
      ["EUR", false],
      ["USD", false],
    ]);
    const [all, euros, dollars] = rows;
    assert.equal(euros?.figures["pipeline"]?.amount?.amount_minor, "500");
    assert.equal(euros?.figures["commit"]?.amount, null);
    assert.equal(dollars?.figures["commit"]?.amount?.amount_minor, "900719925474099301");
    assert.equal(dollars?.figures["commit"]?.change?.amount_minor, "-700");
    assert.equal(euros?.figures["weighted"]?.amount?.amount_minor, "50");
    assert.equal(all?.figures["weighted"]?.amount?.amount_minor, "160");
    // What has changed is known in its own currency, and without a rate in no other.
    assert.equal(dollars?.figures["weighted"]?.isCompared, true);
    assert.equal(all?.figures["weighted"]?.isCompared, false);
    assert.equal(all?.figures["pipeline"]?.isCompared, true);
  });

  test("says of a line in another currency alone that it is converted too, where it can be", () => {
    const [converted, own] = forecastRows(lines[0] ?? total, columns, "USD");
    assert.equal(own?.currency, "EUR");
    assert.equal(converted?.isConverted, true);
    assert.equal(converted?.figures["weighted"]?.amount, null);
    assert.equal(isUnconverted(forecast.groups[0]?.all ?? null), true);
    assert.equal(isUnconverted(forecast.total?.all ?? null), false);
    assert.equal(forecastRows(lines[0] ?? total, columns, "EUR").length, 1);
  });

  test("says which sum is too large to be given", () => {
    const rows = forecastRows(lines[1] ?? total, columns, "USD");
    assert.deepEqual(rows.map((row) => row.figures["weighted"]?.isTooLarge), [false, true, false]);
  });

  test("has a row even where there are no amounts", () => {
    const answer = decodeForecastResponse({ total: { categories: [], all: sums("2", []) } });
    const empty = forecastTable(answer, "team");
    const rows = forecastRows(empty.total, empty.columns, "USD");
    assert.deepEqual(rows.map((row) => row.currency), [""]);
    assert.equal(empty.total.count, "2");
    assert.equal(empty.total.countChange, null);
  });
});

test("a forecast by category has a line for each, with its sum and what that is worth", () => {
  const { columns, lines, total } = forecastTable(forecast, "category");
  assert.deepEqual(columns, ["sum", "weighted"]);
  assert.deepEqual(lines.map((line) => [line.key, line.count, line.countChange]), [
    ["pipeline", "2", "0"],
    ["commit", "1", "1"],
  ]);
  assert.deepEqual(total.sums["sum"]?.categories, ["pipeline", "commit"]);
  assert.equal(groupedBy("category"), "");
});

describe("The deals behind a figure", () => {
  const period = { start: "2026-10-01", end: "2026-12-31" };
  const shape = { address: "/deals", fields: fieldsOf(dealSchema) };
  const first = {
    query: "",
    conditions: noConditions,
    sort: { field: "name", falling: false },
    columns: null,
    as: "table" as const,
    on: "",
    view: "",
    open: "",
  };
  /** What the list that a figure leads to says of itself. */
  const said = (address: string) => {
    const [path, search = ""] = address.split("?");
    assert.equal(path, "/deals");
    return [...readList(shape, search, first).conditions].map(([name, condition]) => {
      const field = shape.fields.get(name);
      return field === undefined ? "" : conditionSentence(field, condition, names);
    });
  };

  test("are a list of its period, its group and its category", () => {
    assert.deepEqual(said(dealsAddress(period, "owner", "", ["commit"])), [
      "Forecast date is from Oct 1, 2026 to Dec 31, 2026",
      "Owner is empty",
      "Forecast category is COMMIT",
    ]);
    const address = dealsAddress(period, "pipeline", "pipeline_1", ["commit", "closed"]);
    const [, pipeline, categories] = said(address);
    assert.match(pipeline ?? "", /^Pipeline is /);
    assert.equal(categories, "Forecast category is COMMIT or CLOSED");
  });

  test("are of one month where groups are months, and of the whole period in all", () => {
    const month = said(dealsAddress(period, "month", "2026-11", ["commit"]));
    assert.deepEqual(month, [
      "Forecast date is from Nov 1, 2026 to Nov 30, 2026",
      "Forecast category is COMMIT",
    ]);
    assert.equal(said(dealsAddress(period, "owner", null, ["commit"])).length, 2);
  });
});

test("an amount is drawn in whole units of its currency, and nothing for none", () => {
  assert.equal(drawn(money("12345")), 123.45);
  assert.equal(drawn(money("12345", "JPY")), 12345);
  assert.equal(drawn(money("-12345", "KWD")), -12.345);
  assert.equal(drawn(ownAmount(null)), null);
});

describe("The address of the forecast", () => {
  test("says what is not usual, and is read again", () => {
    const usual = readForecastState("");
    assert.equal(forecastAddress(usual), "/forecast");
    const asked = { period: "2026", by: "team", since: "2026-11-01" } as const;
    const state = { ...asked, trends: "week", measure: "count" } as const;
    const address = forecastAddress(state);
    assert.deepEqual(readForecastState(address.split("?")[1] ?? ""), state);
  });

  test("leaves out what it does not know", () => {
    const state = readForecastState("?by=colour&since=tomorrow&trends=year&measure=weight");
    assert.deepEqual(state, readForecastState(""));
  });
});
