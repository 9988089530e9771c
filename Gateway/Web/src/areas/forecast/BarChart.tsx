import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  Legend,
  LinearScale,
  Tooltip,
} from "chart.js";
import { useEffect, useRef, useState } from "react";
import { axisText, type ChartSeries } from "../../core/chartData";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Legend, Tooltip);

interface Props {
  /** A description for people who cannot see it. */
  label: string;
  places: readonly string[];
  series: readonly ChartSeries[];
  isStacked: boolean;
  isFlat: boolean;
  /** The locale of the amounts at the axis. */
  locale: string;
}

/** Bars in the colours of the palette, drawn by Chart.js. */
export default function BarChart(props: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeName();
  const latest = useRef(props);
  latest.current = props;
  const { label, ...content } = props;
  const drawn = JSON.stringify(content);
  useEffect(() => {
    if (canvas.current === null) return undefined;
    const chart = new Chart(canvas.current, configuration(canvas.current, latest.current));
    return () => chart.destroy();
  }, [drawn, theme]);
  return <canvas ref={canvas} role="img" aria-label={label} />;
}

const longestName = 24;

function configuration(
  canvas: HTMLCanvasElement,
  { places, series, isStacked, isFlat, locale }: Props,
): ChartConfiguration<"bar", (number | null)[]> {
  const colour = (token: string) => colourOf(canvas, token);
  const text = colour("--text");
  const font = { family: getComputedStyle(canvas).fontFamily, size: 12 };
  const names = {
    stacked: isStacked,
    grid: { display: false },
    ticks: {
      color: text,
      font,
      maxRotation: 0,
      callback: (_: unknown, place: number) => {
        const name = shortened(places[place] ?? "");
        return isFlat ? name : inLines(name);
      },
    },
  };
  const amounts = {
    stacked: isStacked,
    grid: { color: colour("--line"), drawBorder: false },
    ticks: {
      color: colour("--text-muted"),
      font,
      // Deals are counted in whole ones, and amounts in whole units of their currency.
      precision: 0,
      callback: (value: number | string) => axisText(Number(value), locale),
    },
  };
  return {
    type: "bar",
    data: {
      labels: [...places],
      datasets: series.map((each) => ({
        label: each.label,
        data: [...each.values],
        backgroundColor: colour(each.colour),
        // Parts of a bar differ by more than their colours.
        borderColor: colour("--surface"),
        borderWidth: 1,
        maxBarThickness: 32,
      })),
    },
    options: {
      indexAxis: isFlat ? "y" : "x",
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      scales: isFlat ? { x: amounts, y: names } : { x: names, y: amounts },
      plugins: {
        // Hiding parts of the chart would not change the table.
        legend: { position: "bottom", onClick: () => undefined, labels: { color: text, font, boxWidth: 12 } },
        tooltip: {
          callbacks: {
            label: ({ datasetIndex, dataIndex }) => {
              const each = series[datasetIndex];
              return `${each?.label ?? ""}: ${each?.texts[dataIndex] ?? ""}`;
            },
          },
        },
      },
    },
  };
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length > longestName ? `${letters.slice(0, longestName - 1).join("")}…` : name;
}

/** Among other bars, a name has two lines: its last word is below the rest. */
function inLines(name: string): string[] {
  const at = name.lastIndexOf(" ");
  return at === -1 ? [name] : [name.slice(0, at), name.slice(at + 1)];
}

/** The present value of a token: a canvas has no CSS variables. */
function colourOf(beside: HTMLElement, token: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  beside.after(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** The theme, as set on the page's root. */
function useThemeName(): string {
  const root = document.documentElement;
  const [name, setName] = useState(root.dataset["theme"] ?? "");
  useEffect(() => {
    const observer = new MutationObserver(() => setName(root.dataset["theme"] ?? ""));
    observer.observe(root, { attributeFilter: ["data-theme"] });
    return () => observer.disconnect();
  }, [root]);
  return name;
}
