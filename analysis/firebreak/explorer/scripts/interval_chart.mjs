// A row per regime: estimate, its interval, and over a sweep the range of the points.

import { drawing } from "./drawing.mjs";
import { regimeStyle } from "./regime_styles.mjs";
import { ticksOf, tickText } from "./axes.mjs";


/**
 * Draws rows as points with intervals, their cells beside them.
 *
 * Each row has regime, cell (its printed numbers), estimate, low, high, q05 and q95 as shares. A probability of
 * zero is a triangle at its upper limit; what has no estimate is a dash.
 */
export function intervalChart(model, rows, { axis, width, label, difference = false }) {
  const narrow = width < 400;
  const longest = Math.max(...rows.map(({ regime }) => model.regimeLabel(regime).length));
  const marginLeft = narrow ? (width < 300 ? 96 : 120) : Math.min(width < 560 ? 150 : 210, 7.2 * longest + 12);
  const row = narrow ? 38 : 7.2 * longest + 12 > marginLeft ? 31 : 27; // two lines need more
  const lines = rows.flatMap(({ cell }) => written(cell, narrow).split("\n"));
  const marginRight = 14 + 6.8 * Math.max(...lines.map((line) => line.length));
  const per = (value) => 100 * value;
  const clip = (value) => Math.max(axis.domain[0], Math.min(axis.domain[1], per(value)));
  const styled = rows.map((row) => ({ ...row, ...regimeStyle(model, row.regime) }));
  const known = styled.filter(({ estimate }) => Number.isFinite(estimate));
  const none = difference ? [] : known.filter(({ estimate }) => estimate === 0);
  const seen = known.filter((row) => !none.includes(row));
  const spread = seen.filter(({ points }) => points > 1);
  const ends = seen.filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high));
  const room = width - marginLeft - marginRight;
  const ticks = ticksOf(axis, Math.max(1, Math.min(width < 560 ? 4 : 6, Math.floor(room / 40))));
  const text = { y: "regime", fill: "currentColor", fontSize: narrow ? 12 : 13 };
  return drawing({
    width, height: rows.length * row + 42, marginLeft, marginRight, marginTop: 6, marginBottom: 36,
    ariaLabel: label,
    x: { type: axis.log ? "log" : "linear", domain: axis.domain, label: null },
    y: { type: "band", domain: rows.map(({ regime }) => regime), axis: null, padding: 0 },
    marks: [
      Plot.gridX({ ticks, className: "grid" }),
      Plot.axisX({ ticks, tickFormat: tickText, tickSize: 0, fontSize: 11.5,
        label: `${difference ? "percentage points" : "per cent"}${axis.log ? ", logarithmic" : ""}`, labelAnchor: "center", labelArrow: "none" }),
      difference ? Plot.ruleX([0], { stroke: "currentColor", strokeOpacity: 0.55 }) : null,
      Plot.link(spread, { className: "spread", x1: (d) => clip(d.q05), x2: (d) => clip(d.q95), y: "regime", stroke: "colour", strokeOpacity: 0.32, strokeWidth: 9, strokeLinecap: "butt" }),
      Plot.link(ends, { className: "interval", x1: (d) => clip(d.low), x2: (d) => clip(d.high), y: "regime", stroke: "colour", strokeWidth: 2.2 }),
      Plot.dot(seen, { className: "estimate", x: (d) => clip(d.estimate), y: "regime", fill: "colour", symbol: "symbol", r: 4.2, stroke: "var(--paper)", strokeWidth: 0.8 }),
      Plot.dot(none, { className: "limit", x: (d) => clip(d.high), y: "regime", stroke: "colour", symbol: "triangle", rotate: -90, r: 4.2, strokeWidth: 1.6 }),
      Plot.text(rows, { ...text, className: "row-label", text: (d) => model.regimeLabel(d.regime), frameAnchor: "left", textAnchor: "start", dx: -marginLeft, lineWidth: narrow ? 9.2 : (marginLeft - 8) / 13, lineHeight: 0.95 }),
      Plot.text(rows, { ...text, className: "row-numbers", text: (d) => written(d.cell, narrow), frameAnchor: "right", textAnchor: "end", dx: marginRight, fontVariant: "tabular-nums" }),
    ],
  });
}

/** A cell; where there is little room, with the interval below the estimate. */
function written(cell, narrow) {
  return narrow ? cell.replace(" (", "\n").replace(")", "") : cell;
}
