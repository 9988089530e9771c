import { Suspense, useState } from "react";
import { forgetFailedParts, lazyPart } from "../../app/lazyScreen";
import type { ChartSeries } from "../../core/chartData";
import { type MoneyStyle, readersMoney } from "../../core/format";
import { ErrorBoundary } from "../../parts/ErrorBoundary";
import { words } from "../../words/forecast";

/** Loaded with the first chart: the library of charts is as large as the rest of the page. */
const loadChart = () => import("./BarChart");

interface Props {
  /** What it shows. */
  title: string;
  /** More about it. */
  note?: string;
  places: readonly string[];
  series: readonly ChartSeries[];
  /** Whether bars of one place are stacked. */
  isStacked?: boolean;
  /** Whether bars are horizontal: that leaves room for long names. */
  isFlat?: boolean;
  /** The format of numbers; by default the reader's. */
  money?: MoneyStyle | undefined;
}

const rowHeight = 36;
const foot = 88;
const upright = 280;

/** A chart, once the library is loaded. A table beside it has the same in figures. */
export function ChartFrame(props: Props) {
  const { title, note = "", places, series, isStacked = false, isFlat = false } = props;
  const { locale } = props.money ?? readersMoney;
  const [turn, setTurn] = useState(0);
  const Chart = lazyPart(loadChart);
  const again = () => {
    forgetFailedParts();
    setTurn((before) => before + 1);
  };
  const height = isFlat ? Math.max(3, places.length) * rowHeight + foot : upright;
  return (
    <figure className="chart">
      <figcaption className="muted">
        {title}
        {note !== "" && `. ${note}`}
      </figcaption>
      <ErrorBoundary key={turn} what={words.chart.name} retry={again}>
        <div className="chart-space" style={{ height }}>
          <Suspense fallback={<div aria-busy="true" />}>
            <Chart label={words.chart.label(title)} {...{ places, series, isStacked, isFlat, locale }} />
          </Suspense>
        </div>
      </ErrorBoundary>
    </figure>
  );
}
