// Cumulative probability over the years of the ceasefire, with bands.

import { drawing } from "./drawing.mjs";
import { regimeStyle } from "./regime_styles.mjs";
import { ticksOf, tickText } from "./axes.mjs";

const HEIGHT = 260;
const LABEL = 14; // least distance of two labels [px]

/**
 * Draws one line per regime with its band.
 *
 * Each series has regime and rows; a row has years, estimate, low, high and cell. On a logarithmic axis what was
 * never seen stands as a triangle at its upper limit.
 */
export function courseChart(model, series, { axis, width, label, years }) {
  const showLabels = labelsFit(width);
  const marginRight = showLabels ? 40 + 6.6 * Math.max(...series.map(({ regime }) => model.regimeLabel(regime).length)) : 12;
  const [marginLeft, marginTop, marginBottom] = [42, 12, 34];
  const last = model.times.at(-1).years;
  const end = axisEnd(model);
  const [least, most] = axis.domain;
  const clip = (value) => Math.max(least, Math.min(most, 100 * value));
  const onAxis = ({ estimate }) => Number.isFinite(estimate) && (!axis.log || 100 * estimate >= least);
  const start = axis.log ? [] : [{ years: 0, estimate: 0, low: 0, high: 0 }];
  const lines = series.flatMap(({ regime, rows }) => {
    const { colour, dashes } = regimeStyle(model, regime);
    const shown = [...start, ...rows.filter(onAxis)];
    return [
      Plot.areaY(shown, { x: "years", y1: (d) => clip(d.low), y2: (d) => clip(d.high), fill: colour, fillOpacity: series.length > 4 ? 0.1 : 0.15 }),
      Plot.lineY(shown, { className: "course", x: "years", y: (d) => clip(d.estimate), stroke: colour, strokeWidth: 2, strokeDasharray: dashes }),
    ];
  });
  const limits = axis.log ? series.flatMap(({ regime, rows }) => {
    const end = rows.at(-1);
    return end.estimate === 0 ? [{ ...end, colour: regimeStyle(model, regime).colour }] : [];
  }) : [];
  const ends = showLabels ? labels(model, series, axis, HEIGHT - marginTop - marginBottom) : [];
  const marks = series.flatMap(({ regime, rows }) => rows.slice(-1).filter(onAxis).map((row) => ({ ...row, ...regimeStyle(model, regime) })));
  const all = series.flatMap(({ regime, rows }) => rows.map((row) => ({ ...row, regime })));
  return drawing({
    width, height: HEIGHT, marginLeft, marginRight, marginTop, marginBottom, ariaLabel: label,
    x: { domain: [0, end], label: null },
    y: { type: axis.log ? "log" : "linear", domain: axis.domain, label: null },
    marks: [
      Plot.gridY({ ticks: ticksOf(axis, 5), className: "grid" }),
      Plot.axisY({ ticks: ticksOf(axis, 5), tickFormat: (value) => `${tickText(value)}%`, tickSize: 0, fontSize: 11.5, label: null }),
      Plot.axisX({ ticks: width < 460 ? 4 : 6, tickFormat: (value) => String(value), fontSize: 11.5, label: "years since the ceasefire began", labelAnchor: "center", labelArrow: "none" }),
      years < last ? Plot.ruleX([years], { stroke: "currentColor", strokeDasharray: "1 3" }) : null,
      ...lines,
      Plot.dot(marks, { className: "last", x: "years", y: (d) => clip(d.estimate), symbol: "symbol", fill: "colour", stroke: "var(--paper)", strokeWidth: 0.8, r: 4 }),
      Plot.dot(limits, { className: "limit", x: "years", y: (d) => clip(d.high), stroke: "colour", symbol: "triangle", rotate: 180, r: 4, strokeWidth: 1.6 }),
      showLabels ? Plot.text(ends, {
        x: end, y: "place", text: "text", fill: "currentColor", textAnchor: "start", dx: 24, fontSize: 12,
      }) : null,
      showLabels ? Plot.dot(ends, { x: end, y: "place", dx: 14, symbol: "symbol", fill: "colour", r: 4 }) : null,
      Plot.tip(all, Plot.pointer({
        x: "years", y: (d) => clip(axis.log && d.estimate === 0 ? d.high : d.estimate),
        title: (d) => `${model.regimeLabel(d.regime)}\n${Number(d.years.toFixed(2))} years: ${d.cell} %`, fontSize: 12,
      })),
    ],
  });
}

/** Where the axis of years ends: a whole number if the horizon is within a week of it. */
export function axisEnd(model) {
  const last = model.times.at(-1).years;
  return Math.abs(Math.round(last) - last) < 0.02 ? Math.round(last) : last;
}

/** Whether labels stand at the ends of the lines; else a legend is needed. */
export const labelsFit = (width) => width >= 560;

/** Labels at the lines' ends, moved apart so that none covers another; `place` is on the axis. */
function labels(model, series, axis, height) {
  const [least, most] = axis.domain;
  const toPixel = (value) => height * (axis.log
    ? 1 - Math.log(value / least) / Math.log(most / least) : 1 - (value - least) / (most - least));
  const fromPixel = (pixel) => (axis.log
    ? least * (most / least) ** (1 - pixel / height) : least + (1 - pixel / height) * (most - least));
  const wanted = series.flatMap(({ regime, rows }) => {
    const { estimate, high } = rows.at(-1);
    const value = axis.log && estimate === 0 ? high : estimate;
    if (!Number.isFinite(value)) return [];
    const pixel = toPixel(Math.max(least, Math.min(most, 100 * value)));
    return [{ text: model.regimeLabel(regime), pixel, ...regimeStyle(model, regime) }];
  }).sort((a, b) => a.pixel - b.pixel);
  for (let round = 0; round < 40; ++round) {
    for (let place = 1; place < wanted.length; ++place) {
      const [above, below] = [wanted[place - 1], wanted[place]];
      const short = LABEL - (below.pixel - above.pixel);
      if (short > 0) {
        above.pixel -= short / 2;
        below.pixel += short / 2;
      }
    }
    for (const label of wanted) label.pixel = Math.max(2, Math.min(height - 2, label.pixel));
  }
  return wanted.map((label) => ({ ...label, place: fromPixel(label.pixel) }));
}
