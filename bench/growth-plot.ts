import { type EChartsOption, init, type LineSeriesOption } from "echarts";
import { formatBytes } from "../src/core/units.ts";
import { CONTENDERS, type Contender } from "./contenders.ts";
import type { GrowthRow } from "./growth-csv.ts";
import { median } from "./table.ts";

const WIDTH = 860;
const HEIGHT = 520;
const TITLE = "Time until the last target has the build";
const FONT = "DejaVu Sans, Verdana, sans-serif";
const INK = "#1f2328";
/** Told apart also by those who see few colours, and by line where two belong together. */
const LOOK: Readonly<Record<Contender, { color: string; symbol: string; width: number; dashed?: true }>> = {
  murmuration: { color: "#0b57d0", symbol: "circle", width: 3.5 },
  libtorrent: { color: "#c2410c", symbol: "triangle", width: 2 },
  "libtorrent-tuned": { color: "#c2410c", symbol: "diamond", width: 2, dashed: true },
  webtorrent: { color: "#0f766e", symbol: "rect", width: 2 },
  rsync: { color: "#6b7280", symbol: "roundRect", width: 2 },
};

/** Time to the last target against the number of targets, as an SVG document: the same figures give the same bytes. */
export function growthPlot(rows: readonly GrowthRow[]): string {
  const [first] = rows;
  if (first === undefined) throw new Error("there are no figures to draw");
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: HEIGHT });
  chart.setOption(plotOptions(rows, first));
  const svg = chart.renderToSVGString();
  chart.dispose();
  // What is for a mouse in a page goes, and with it names that count up with every chart of the process.
  const still = svg
    .replace(/^<svg [^>]*>/, `$&\n<title>${TITLE}</title>`)
    .replace(/<style.*?<\/style>\n?/s, "")
    .replaceAll(/ (class|ecmeta_\w+)="[^"]*"/g, "")
    .replaceAll(/\bzr\d+-/g, "plot-");
  return `${still}\n`;
}

function plotOptions(rows: readonly GrowthRow[], { sizeBytes, rateMbit, pieces }: GrowthRow): EChartsOption {
  const targets = [...new Set(rows.map((row) => row.targets))].sort((one, other) => one - other);
  const runs = Math.max(...rows.map(({ run }) => run));
  const boundSeconds = (sizeBytes * 8) / (rateMbit * 1e6);
  const peers = CONTENDERS.filter((contender) => rows.some(({ peer }) => peer === contender));
  const bounds = [
    boundSeries("F/B", targets, "dotted", () => boundSeconds),
    boundSeries("T*", targets, "dashed", (count) => boundSeconds * (1 + Math.log2(count) / pieces)),
  ];
  return {
    animation: false,
    backgroundColor: "#ffffff",
    textStyle: { fontFamily: FONT, color: INK },
    title: {
      text: TITLE,
      subtext:
        `${formatBytes(sizeBytes)}, every link ${rateMbit} Mbit/s in both directions; ` +
        (runs > 1 ? `medians of up to ${runs} runs, bars from best to worst` : "one run of each"),
      left: 16,
      top: 10,
      textStyle: { fontFamily: FONT, fontSize: 18, color: INK },
      subtextStyle: { fontFamily: FONT, fontSize: 13, color: "#57606a" },
    },
    legend: {
      top: 66,
      left: 20,
      itemGap: 26,
      itemWidth: 32,
      textStyle: { fontFamily: FONT, fontSize: 13, color: INK },
      data: [...peers, { name: "T*", icon: dashesIcon(10, 4) }, { name: "F/B", icon: dashesIcon(2, 3) }],
    },
    grid: { left: 70, right: 30, top: 106, bottom: 58 },
    xAxis: {
      type: "log",
      logBase: 2,
      min: targets[0]!,
      max: targets.at(-1)!,
      name: "targets (logarithmic)",
      ...axisLook(30),
    },
    yAxis: {
      type: "log",
      logBase: 2,
      min: 2 ** Math.floor(Math.log2(boundSeconds)),
      name: "seconds (logarithmic)",
      ...axisLook(44),
    },
    series: [...bounds, ...peers.flatMap((peer) => peerSeries(peer, targets, rows))],
  };
}

function axisLook(nameGap: number) {
  return {
    nameLocation: "middle",
    nameGap,
    nameTextStyle: { fontFamily: FONT, fontSize: 13, color: INK },
    axisLabel: { fontFamily: FONT, fontSize: 13, color: INK },
    axisLine: { show: true, lineStyle: { color: "#8c959f" } },
    splitLine: { show: true, lineStyle: { color: "#eaeef2" } },
    minorSplitLine: { show: false },
  } as const;
}

function boundSeries(
  name: string,
  targets: readonly number[],
  type: "dashed" | "dotted",
  secondsAt: (count: number) => number,
): LineSeriesOption {
  return {
    type: "line",
    name,
    data: targets.map((count) => [count, secondsAt(count)]),
    symbol: "none",
    color: INK,
    lineStyle: { type, width: type === "dashed" ? 1.5 : 1 },
  };
}

/** A broken line for the legend, which shows a dot for a line without symbols. */
function dashesIcon(dash: number, gap: number): string {
  const starts = Array.from({ length: Math.floor(38 / (dash + gap)) }, (_, index) => index * (dash + gap));
  return `path://${starts.map((x) => `M${x},9h${dash}v2h-${dash}z`).join("")}M0,0h0M0,20h0`;
}

/** The line of medians, and a bar from the best to the worst run at each point that has several. */
function peerSeries(
  peer: Contender,
  targets: readonly number[],
  rows: readonly GrowthRow[],
): LineSeriesOption[] {
  const { color, symbol, width, dashed } = LOOK[peer];
  const points = targets.flatMap((count) => {
    const seconds = rows
      .filter((row) => row.peer === peer && row.targets === count)
      .map(({ secondsToLast }) => secondsToLast);
    return seconds.length === 0 ? [] : [{ count, seconds }];
  });
  return [
    {
      type: "line",
      name: peer,
      data: points.map(({ count, seconds }) => [count, median(seconds)]),
      symbol,
      symbolSize: peer === "murmuration" ? 9 : 8,
      color,
      lineStyle: { width, type: dashed ? "dashed" : "solid" },
      markLine: {
        silent: true,
        symbol: "none",
        label: { show: false },
        lineStyle: { color, width: 1.5, type: "solid" },
        data: points
          .filter(({ seconds }) => seconds.length > 1)
          .map(({ count, seconds }) => [
            { coord: [count, Math.min(...seconds)] },
            { coord: [count, Math.max(...seconds)] },
          ]),
      },
    },
  ];
}
