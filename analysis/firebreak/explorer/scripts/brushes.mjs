// A card per varied parameter: the points by its values, and a range that is chosen on it.

import { byId, element } from "./elements.mjs";
import { drawing } from "./drawing.mjs";
import { extent, rankCorrelation } from "./estimates.mjs";
import { plain, significant } from "./printed_numbers.mjs";
import { tickText, ticksOf } from "./axes.mjs";

const STEPS = 1000;
const FIRST_CARDS = 6;
const [HEIGHT, TOP, BOTTOM, LEFT, RIGHT] = [170, 8, 24, 46, 14];

/** The section of parameters; `changed` is called when a range was chosen. */
export function makeBrushes(model, selection, changed) {
  let cards = FIRST_CARDS;
  const usable = model.points.map((_, place) => place).filter((place) => !model.failedPlaces.has(place));

  function answers() {
    const { kind, outcome, regime } = selection.answer;
    return model.points.map((_, place) => 100 * (kind === "difference" && regime !== selection.reference
      ? model.difference(place, regime, selection.reference, outcome, selection.time)
      : model.probability(place, regime, outcome, selection.time))[0]);
  }

  function ordered(values) {
    const find = byId("find").value.trim().toLowerCase();
    const known = usable.filter((place) => Number.isFinite(values[place]));
    const varied = model.parameters.filter((parameter) => parameter.values.some((value) => value !== parameter.values[0]));
    return varied.map((parameter) => ({
      parameter,
      strength: rankCorrelation(known.map((place) => parameter.values[place]), known.map((place) => values[place])),
    })).filter(({ parameter: { path, meaning } }) => `${path} ${meaning}`.toLowerCase().includes(find))
      .sort((a, b) => (selection.ranges.has(b.parameter.path) - selection.ranges.has(a.parameter.path))
        || (Math.abs(b.strength) || 0) - (Math.abs(a.strength) || 0));
  }

  /** Makes the cards anew: order, answers and widths. */
  function build() {
    const values = answers();
    const all = ordered(values);
    const shown = all.slice(0, all.length <= cards + 3 ? all.length : Math.max(cards, selection.ranges.size));
    const made = shown.map(({ parameter, strength }) => card(model, selection, parameter, strength, values, changed));
    byId("brushes").replaceChildren(...made.map((one) => one.element));
    for (const one of made) one.draw();
    const more = byId("more-parameters");
    more.hidden = shown.length === all.length;
    more.textContent = `Show ${Math.min(12, all.length - shown.length)} more of ${all.length} parameters`;
    current = made;
  }

  let current = [];
  byId("more-parameters").addEventListener("click", () => { cards += 12; build(); });
  byId("find").addEventListener("input", build);
  byId("clear-ranges").addEventListener("click", () => { selection.ranges.clear(); changed(); build(); });
  return {
    build,
    /** Marks the points in range on the cards that are there. */
    mark(points) {
      const chosen = new Set(points);
      byId("clear-ranges").disabled = selection.ranges.size === 0;
      for (const one of current) one.mark(chosen);
    },
  };
}

function card(model, selection, parameter, strength, values, changed) {
  const { path, meaning, unit, log } = parameter;
  const [least, most] = extent(parameter.values);
  const toStep = (value) => STEPS * (log ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least));
  const fromStep = (step) => (log ? least * (most / least) ** (step / STEPS) : least + (most - least) * (step / STEPS));
  const chosen = () => selection.ranges.get(path) ?? [least, most];
  const figure = element("figure", { class: "chart brush" });
  const shade = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  shade.setAttribute("class", "shade");
  const said = element("output", {});
  const unitText = unit === "1" || unit === "x" ? "" : ` [${unit}]`;
  const ends = ["from", "to"].map((word, end) => element("input", {
    type: "range", min: 0, max: STEPS, step: 1, "aria-label": `${path}, ${word}`, class: `end-${word}`,
    oninput: () => take(end, Number(ends[end].value)),
  }));
  const clear = element("button", { type: "button", class: "small", onclick: () => { selection.ranges.delete(path); update(); changed(); } }, "Clear");
  let dots = [];
  let width = 0;

  function take(end, step) {
    const steps = chosen().map(toStep);
    steps[end] = end ? Math.max(step, steps[0]) : Math.min(step, steps[1]);
    choose(steps);
  }

  /** Rounded outwards to three digits, so that the command says the range exactly. */
  function choose(steps) {
    const low = steps[0] <= 0 ? least : rounded(fromStep(steps[0]), Math.floor);
    const high = steps[1] >= STEPS ? most : rounded(fromStep(steps[1]), Math.ceil);
    if (low <= least && high >= most) selection.ranges.delete(path);
    else selection.ranges.set(path, [Math.max(low, least), Math.min(high, most)]);
    update();
    changed();
  }

  function update() {
    const range = chosen();
    const steps = range.map(toStep);
    ends.forEach((input, end) => {
      input.value = Math.round(steps[end]);
      input.setAttribute("aria-valuetext", `${significant(range[end])}${unitText}`);
    });
    said.textContent = `${significant(range[0])} to ${significant(range[1])}${unitText}`;
    clear.disabled = !selection.ranges.has(path);
    made.classList.toggle("chosen", selection.ranges.has(path));
    const across = (width - LEFT - RIGHT) / STEPS;
    const place = { x: LEFT + across * steps[0], y: TOP, width: across * (steps[1] - steps[0]), height: HEIGHT - TOP - BOTTOM };
    for (const [name, value] of Object.entries(place)) shade.setAttribute(name, Math.max(0, value));
  }

  const correlation = Number.isFinite(strength) ? `rank correlation ${plain(strength, 2)}` : "no correlation defined";
  const made = element("article", { class: "card", "data-parameter": path },
    element("h3", {}, meaning.replaceAll("'", "\u2019") || path),
    element("p", { class: "note" }, element("code", {}, path), ` \u00b7 ${parameter.kind === "lever" ? "lever \u00b7 " : ""}${correlation}`),
    figure,
    element("div", { class: "ends", role: "group", "aria-label": `Range of ${path}` }, ...ends),
    element("div", { class: "range-said" }, said, clear));
  drag(figure, (from, to) => choose([from * STEPS, to * STEPS]));

  return {
    element: made,
    draw() {
      const shown = model.points.map((_, place) => place).filter((place) => Number.isFinite(values[place]));
      const [floor] = extent(shown.map((place) => values[place]));
      width = figure.clientWidth;
      const svg = drawing({
        width, height: HEIGHT, marginLeft: LEFT, marginRight: RIGHT, marginTop: TOP, marginBottom: BOTTOM,
        ariaLabel: `${path} across, answer upwards, a dot for each design point`,
        x: { type: log ? "log" : "linear", domain: least < most ? [least, most] : [least - 1, most + 1], label: null },
        y: { label: null, nice: true },
        marks: [
          Plot.gridY({ ticks: 4, className: "grid" }),
          Plot.axisY({ ticks: 4, tickFormat: tickText, tickSize: 0, fontSize: 11 }),
          Plot.axisX({ ticks: ticksOf({ log, domain: [least, most] }, 5), tickFormat: (value) => significant(value), fontSize: 11 }),
          selection.answer.kind === "difference" ? Plot.ruleY([0], { strokeOpacity: 0.5 }) : null,
          Plot.dot(shown, { className: "points", x: (place) => parameter.values[place], y: (place) => values[place], r: 2.6, fill: "currentColor" }),
          Plot.dot([...model.failedPlaces], { className: "failed", x: (place) => parameter.values[place], y: () => floor, symbol: "times", r: 4, stroke: "var(--vermilion)", strokeWidth: 1.8, title: (place) => `Design point ${model.points[place]} failed` }),
        ],
      });
      svg.append(shade);
      figure.replaceChildren(svg);
      dots = [...svg.querySelectorAll(".points circle")].map((circle, place) => [circle, shown[place]]);
      update();
    },
    mark(points) {
      for (const [circle, place] of dots) circle.classList.toggle("outside", !points.has(place));
    },
  };
}

function rounded(value, way) {
  if (value === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2);
  return Number((way(value / unit - (way === Math.ceil ? 1e-9 : -1e-9)) * unit).toPrecision(12));
}

/** Calls `choose` with the shares of the frame that a pointer was drawn across. */
function drag(figure, choose) {
  let start = null;
  const share = (event) => {
    const box = figure.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left - LEFT) / (box.width - LEFT - RIGHT)));
  };
  figure.addEventListener("pointerdown", (event) => {
    start = share(event);
    figure.setPointerCapture(event.pointerId);
  });
  figure.addEventListener("pointermove", (event) => {
    if (start === null) return;
    const end = share(event);
    if (Math.abs(end - start) > 0.01) choose(Math.min(start, end), Math.max(start, end));
  });
  for (const name of ["pointerup", "pointercancel"]) figure.addEventListener(name, () => { start = null; });
}
