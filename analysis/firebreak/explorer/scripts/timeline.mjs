// One stored history: when each outcome first came, and when it came to the others on the same luck.

import { byId, element, fillSelect, foldedTable, inSentence } from "./elements.mjs";
import { dateOf } from "./calendar.mjs";
import { drawing } from "./drawing.mjs";
import { axisEnd } from "./course_chart.mjs";
import { regimeStyle, swatch } from "./regime_styles.mjs";

const NEVER = -1;
const NOT_SIMULATED = -2;

/** The section of histories; `changed` is called when another one was chosen. */
export function makeTimeline(model, selection, changed) {
  const { histories } = model;
  const [point, replication, regime, outcome] = ["point", "replication", "regime", "outcome"].map((id) => byId(`history-${id}`));
  fillSelect(regime, model.regimes.map(({ name, label }) => [name, label]), selection.history.regime);
  const first = histories.outcomes.some(({ name }) => name === "clash") ? "clash" : histories.outcomes[0].name;
  fillSelect(outcome, histories.outcomes.map(({ name, label }) => [name, label]), first);
  const numbers = histories.replications;
  Object.assign(replication, { min: numbers[0], max: numbers.at(-1) });
  Object.assign(point, { min: model.points[0], max: model.points.at(-1) });
  byId("histories-lead").textContent = "First days of each outcome in one simulated history. Hollow marks: the same replication, with the same luck, "
    + `under the other chosen regimes, where it came on another day. ${numbers.length < histories.stored
      ? `The page has the first ${numbers.length.toLocaleString("en")} of ${histories.stored.toLocaleString("en")} histories of each point and regime.` : ""}`;

  const take = (key, list, input) => {
    const place = list.indexOf(Number(input.value));
    if (place >= 0 && input.value !== "") selection.history[key] = place;
    changed();
  };
  point.addEventListener("change", () => take("point", model.points, point));
  replication.addEventListener("change", () => take("place", numbers, replication));
  regime.addEventListener("change", () => { selection.history.regime = regime.value; changed(); });
  byId("history-next").addEventListener("click", () => {
    const { history } = selection;
    const wanted = histories.outcomes.findIndex(({ name }) => name === outcome.value);
    for (let step = 1; step <= numbers.length; ++step) {
      const place = (history.place + step) % numbers.length;
      if (model.firstDay(history.point, history.regime, place, wanted) >= 0) {
        history.place = place;
        byId("history-found").textContent = `Replication ${numbers[place]}.`;
        changed();
        return;
      }
    }
    byId("history-found").textContent = "None of the stored ones.";
  });
  return { show: () => show(model, selection, { point, replication, regime }) };
}

function show(model, selection, inputs) {
  const { history } = selection;
  const { outcomes, replications } = model.histories;
  inputs.point.value = model.points[history.point];
  inputs.replication.value = replications[history.place];
  inputs.regime.value = history.regime;
  const days = outcomes.map(({ name, label }, place) => ({
    name, label, day: model.firstDay(history.point, history.regime, history.place, place),
  }));
  const about = `Replication ${replications[history.place]} under ${model.regimeLabel(history.regime)}`
    + `${model.sweep ? `, design point ${model.points[history.point]}` : ""}`;
  const box = byId("timeline");
  const heading = element("h3", {}, about);
  if (days.every(({ day }) => day === NOT_SIMULATED)) {
    box.replaceChildren(heading, element("p", { class: "empty" }, "This replication was not simulated at this design point."));
    return;
  }
  const came = days.filter(({ day }) => day >= 0).sort((a, b) => a.day - b.day);
  const never = days.filter(({ day }) => day === NEVER).map(({ label }) => inSentence(label));
  const list = element("ol", { class: "events", "aria-label": about }, ...came.map(({ label, day }) => element("li", {},
    element("time", {}, dateOf(day)), element("span", {}, label), element("small", {}, `day ${day.toLocaleString("en")}`))));
  const regimes = [history.regime, ...selection.regimes.filter((name) => name !== history.regime)];
  const rows = outcomes.map(({ label, name }, place) => ({
    name, label, days: regimes.map((regime) => model.firstDay(history.point, regime, history.place, place)),
  }));
  const figure = element("figure", { class: "chart" });
  const legend = element("p", { class: "legend" }, ...regimes.map((regime) => element("span", {}, swatch(model, regime), model.regimeLabel(regime))));
  const table = foldedTable(`${about}, and under the other regimes: first days`,
    ["Outcome", ...regimes.map((regime) => model.regimeLabel(regime))],
    rows.map(({ label, days: each }) => [label, ...each.map((day) => (day >= 0 ? `${dateOf(day)} (day ${day})` : "\u2013"))]),
    box.querySelector("details")?.open);
  box.replaceChildren(heading, element("div", { class: "history" },
    element("div", {}, list, element("p", { class: "never" }, never.length ? `Did not happen: ${never.join(", ")}.` : "Everything happened.")),
    element("div", { class: "grow" }, figure, legend)), table);
  figure.replaceChildren(chart(model, rows, regimes, figure.clientWidth, about));
}

function chart(model, rows, regimes, width, about) {
  const shown = rows.filter(({ days }) => days.some((day) => day >= 0));
  const marks = shown.flatMap(({ name, days }) => days.flatMap((day, place) => (day >= 0
    ? [{ name, years: day / 365.25, day, own: place === 0, regime: regimes[place], ...regimeStyle(model, regimes[place]) }] : [])));
  const label = new Map(shown.map((row) => [row.name, row.label]));
  const narrow = width < 460;
  const marginLeft = narrow ? 118 : 190;
  const title = (d) => `${label.get(d.name)}\n${model.regimeLabel(d.regime)}: ${dateOf(d.day)} (day ${d.day})`;
  const options = { x: "years", y: "name", symbol: "symbol", title };
  const ownDay = new Map(marks.filter((mark) => mark.own).map(({ name, day }) => [name, day]));
  const hollow = marks.filter(({ own, name, day }) => !own && ownDay.get(name) !== day);
  const own = marks.filter((mark) => mark.own);
  return drawing({
    width, height: shown.length * 24 + 42, marginLeft, marginRight: 12, marginTop: 4, marginBottom: 36,
    ariaLabel: `${about}: first days of outcomes by regime. The list and the table have the days.`,
    x: { domain: [0, axisEnd(model)], label: null },
    y: { type: "band", domain: shown.map(({ name }) => name), axis: null },
    marks: [
      Plot.axisX({ ticks: 5, tickFormat: (value) => String(value), fontSize: 11.5, label: "years since the ceasefire began", labelAnchor: "center", labelArrow: "none" }),
      Plot.ruleY(shown, { y: "name", stroke: "currentColor", strokeOpacity: 0.14 }),
      Plot.text(shown, { y: "name", text: "label", frameAnchor: "left", textAnchor: "start", dx: -marginLeft, fontSize: narrow ? 11.5 : 13, fill: "currentColor", lineWidth: narrow ? 9.6 : 16 }),
      // On the same luck many come on one day, so each regime has a level of its own in the row.
      ...regimes.slice(1).map((regime, place) => Plot.dot(hollow.filter((mark) => mark.regime === regime), {
        ...options, className: "others", stroke: "colour", fill: "var(--paper)", strokeWidth: 1.4, r: 3.4, dy: level(place, regimes.length - 1),
      })),
      Plot.dot(own, { ...options, className: "own", fill: "colour", r: 5.2, stroke: "var(--paper)", strokeWidth: 0.8 }),
      Plot.tip(marks, Plot.pointer({ x: "years", y: "name", title, fontSize: 12 })),
    ],
  });
}

/** How far from the middle of the row the marks of one of so many regimes stand: above and below in turn [px]. */
function level(place, count) {
  const step = 9 / Math.ceil(count / 2);
  return (place % 2 ? 1 : -1) * step * (Math.floor(place / 2) + 1);
}
