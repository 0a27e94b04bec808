// The three sections of results: probabilities, paired differences and their course.

import { byId, capital, element, foldedTable, inSentence } from "./elements.mjs";
import { differenceOver, probabilityOver } from "./estimates.mjs";
import { differenceCell, perCent, plain, probabilityCell, signed, years } from "./printed_numbers.mjs";
import { differenceAxis, probabilityAxis } from "./axes.mjs";
import { swatch } from "./regime_styles.mjs";
import { intervalChart } from "./interval_chart.mjs";
import { courseChart, labelsFit } from "./course_chart.mjs";

const TOGETHER = 6; // regimes that one panel of lines can hold

/** Draws all three for the design points given. */
export function showResults(model, selection, points) {
  const within = years(model.times[selection.time].years);
  const level = `${Number((100 * model.confidence_level).toFixed(2))}%`;
  const many = points.length > 1;
  const reference = model.regimeLabel(selection.reference);
  const mean = many ? `Mean over ${points.length.toLocaleString("en")} design points of the p` : "P";
  const sample = new Set(points.map((point) => model.worlds[point])).size > 1;
  byId("probabilities-lead").textContent = `${mean}robability that the outcome has happened within ${within}, with ${level} intervals`
    + `${many ? "; the pale bar spans 5 to 95% of the points" : ""}. `
    + `${many && !sample ? "The points are no sample: their mean is of these points alone. " : ""}`
    + "A triangle is an upper limit: no history had the outcome.";
  byId("differences-lead").textContent = `Probability within ${within} minus that under ${inSentence(reference)}, in percentage points; `
    + "each pair of histories has the same luck.";
  byId("course-lead").textContent = `${mean}robability that the outcome has happened by then; bands are pointwise ${level} intervals.`;
  const cards = {
    "probability-cards": (outcome) => probabilityCard(model, selection, points, outcome, within),
    "difference-cards": (outcome) => differenceCard(model, selection, points, outcome, within, reference),
    "course-cards": (outcome) => courseCard(model, selection, points, outcome),
  };
  for (const [id, card] of Object.entries(cards)) {
    if (!byId(id).parentElement.hidden) place(id, selection.outcomes.map(card));
  }
}

/** Replaces the cards of a section; tables that were open stay open, focus stays on the table it was on. */
function place(id, cards) {
  const box = byId(id);
  const open = new Set([...box.querySelectorAll("details[open]")].map((part) => part.dataset.of));
  const focused = box.contains(document.activeElement) ? document.activeElement.closest("details")?.dataset.of : null;
  box.replaceChildren(...cards.map(({ card }) => card));
  for (const { card, draw } of cards) {
    for (const part of card.querySelectorAll("details")) part.open = open.has(part.dataset.of);
    draw();
    if (focused && card.dataset.outcome === focused) card.querySelector("summary").focus({ preventScroll: true });
  }
}

function card(model, outcome, note, table) {
  const figure = element("figure", { class: "chart" });
  table.dataset.of = outcome;
  const made = element("article", { class: "card", "data-outcome": outcome },
    element("h3", {}, model.outcomeLabel(outcome)), element("p", { class: "note" }, note), figure, table);
  return { made, figure };
}

function probabilityCard(model, selection, points, outcome, within) {
  const rows = selection.regimes.map((regime) => {
    const row = probabilityOver(model, points, regime, outcome, selection.time);
    return { ...row, cell: probabilityCell(row) };
  });
  const caption = `${model.outcomeLabel(outcome)}: probability within ${within}, per cent`;
  const table = foldedTable(caption, ["Regime", "Probability (interval)", ...spreadHead(points)],
    rows.map((row) => [model.regimeLabel(row.regime), row.cell, ...spreadCells(row, points, plain)]));
  const { meaning, weighted } = model.outcomes[model.outcomePlace(outcome)];
  const note = `${meaning ? `${capital(meaning)} Per cent` : "Per cent"}, ${weighted ? "survival-weighted estimate" : "share of the histories"}.`;
  const { made, figure } = card(model, outcome, note, table);
  return { card: made, draw: () => figure.replaceChildren(intervalChart(model, rows, {
    axis: probabilityAxis(rows, selection.scale), width: figure.clientWidth, label: `${caption}. The table below has the numbers.`,
  })) };
}

function differenceCard(model, selection, points, outcome, within, reference) {
  const rows = selection.regimes.filter((regime) => regime !== selection.reference).map((regime) => {
    const row = differenceOver(model, points, regime, selection.reference, outcome, selection.time);
    return { ...row, cell: differenceCell(row, row.replications, model.confidence_level) };
  });
  const caption = `${model.outcomeLabel(outcome)}: difference from ${inSentence(reference)} within ${within}, percentage points`;
  const many = points.length > 1;
  const table = foldedTable(caption,
    ["Regime", "Difference (interval)", ...spreadHead(points), ...(many ? ["Lower in", "Higher in", "Open in"] : [])],
    rows.map((row) => [model.regimeLabel(row.regime), row.cell, ...spreadCells(row, points, signed),
      ...(many ? [row.lower, row.higher, 1 - row.lower - row.higher].map(perCent) : [])]));
  const { made, figure } = card(model, outcome, `Percentage points, minus ${inSentence(reference)}.`, table);
  const draw = () => figure.replaceChildren(rows.length ? intervalChart(model, rows, {
    axis: differenceAxis(rows), width: figure.clientWidth, difference: true, label: `${caption}. The table below has the numbers.`,
  }) : element("p", { class: "empty" }, "Choose a regime besides the reference."));
  return { card: made, draw };
}

function courseCard(model, selection, points, outcome) {
  const series = selection.regimes.map((regime) => ({
    regime,
    rows: model.times.map(({ years: at }, time) => {
      const row = probabilityOver(model, points, regime, outcome, time);
      return { ...row, years: at, cell: probabilityCell(row) };
    }),
  }));
  const caption = `${model.outcomeLabel(outcome)} over time, per cent`;
  const table = foldedTable(caption, ["Years", ...series.map(({ regime }) => model.regimeLabel(regime))],
    model.times.map(({ years: at }, time) => [String(Number(at.toFixed(2))), ...series.map(({ rows }) => rows[time].cell)]));
  const { made, figure } = card(model, outcome, "Per cent.", table);
  const axis = probabilityAxis(series.flatMap(({ rows }) => rows), selection.scale);
  const draw = () => figure.replaceChildren(...panels(model, series, selection).map(({ title, members }, _, all) => {
    const box = element("div", { class: "panel" }, title ? element("h4", {}, title) : null);
    figure.append(box);
    // Plot needs a width; the panel keeps it, however long its legend is.
    const width = all.length > 1 && figure.clientWidth >= 700 ? Math.floor((figure.clientWidth - 16) / 2) : figure.clientWidth;
    box.style.width = `${width}px`;
    box.append(courseChart(model, members, { axis, width, years: model.times[selection.time].years, label: `${caption}${title ? `, ${title}` : ""}. The table below has the numbers.` }));
    if (!labelsFit(width)) {
      box.append(element("p", { class: "legend" }, ...members.map(({ regime }) => element("span", {}, swatch(model, regime), model.regimeLabel(regime)))));
    }
    return box;
  }));
  return { card: made, draw };
}

/** All lines together if they are few, else a panel for each family. */
function panels(model, series, selection) {
  if (series.length <= TOGETHER) return [{ title: "", members: series }];
  const families = new Map();
  for (const one of series) {
    const title = model.regimes[model.regimePlace(one.regime)].family;
    families.set(title, [...(families.get(title) ?? []), one]);
  }
  const reference = series.find(({ regime }) => regime === selection.reference);
  return [...families].map(([title, members]) => ({
    title, members: reference && !members.includes(reference) ? [reference, ...members] : members,
  }));
}

function spreadHead(points) {
  return points.length > 1 ? ["5% of points", "95% of points"] : [];
}

function spreadCells({ q05, q95 }, points, write) {
  if (points.length < 2) return [];
  const decimals = q95 > q05 ? Math.max(0, 1 - Math.floor(Math.log10(100 * (q95 - q05)))) : 2;
  return [q05, q95].map((value) => (Number.isFinite(value) ? write(100 * value, Math.min(decimals, 6)) : "NA"));
}
