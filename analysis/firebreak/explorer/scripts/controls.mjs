// The form: horizon, outcomes, regimes, reference, scale and design point.

import { byId, element, fillSelect } from "./elements.mjs";
import { swatch } from "./regime_styles.mjs";
import { years } from "./printed_numbers.mjs";

/** Makes the form; `changed` is called after each choice. Returns a function that shows the selection in it. */
export function makeControls(model, selection, changed) {
  const time = byId("time");
  Object.assign(time, { min: 0, max: model.times.length - 1 });
  time.disabled = model.times.length < 2;
  time.addEventListener("input", () => { selection.time = Number(time.value); changed(); });

  const outcomes = checkboxes("outcomes", model.outcomes.map(({ name, label, meaning }) => [name, label, null, meaning]), "outcomes", model.outcomeNames,
    model.outcomeNames.length > 6 ? model.outcomeNames.filter((name) => !model.main_outcomes.includes(name)) : []);
  const regimes = checkboxes("regimes", model.regimes.map(({ name, label, meaning }) => [name, label, swatch(model, name), meaning]), "regimes", model.regimeNames);

  function checkboxes(id, entries, key, order, folded = []) {
    const inputs = entries.map(([name]) => element("input", {
      type: "checkbox", name: key, value: name,
      onchange: () => {
        const chosen = order.filter((_, place) => inputs[place].checked);
        if (chosen.length) selection[key] = chosen; // the last one stays
        changed();
      },
    }));
    const lines = entries.map(([, label, mark, meaning], place) => element("label", { title: meaning || null }, inputs[place], mark, element("span", {}, label)));
    const main = entries.map(([name]) => folded.length === 0 || !folded.includes(name));
    const more = element("details", { class: "more" }, element("summary", {}, `${folded.length} more`),
      ...lines.filter((_, place) => !main[place]));
    more.open = selection[key].some((name) => folded.includes(name));
    byId(id).replaceChildren(...lines.filter((_, place) => main[place]), ...(folded.length ? [more] : []));
    return () => inputs.forEach((input) => { input.checked = selection[key].includes(input.value); });
  }

  byId("all-regimes").addEventListener("click", () => { selection.regimes = [...model.regimeNames]; changed(); });
  byId("no-regimes").addEventListener("click", () => { selection.regimes = [selection.reference]; changed(); });
  const reference = byId("reference");
  fillSelect(reference, model.references.map((name) => [name, model.regimeLabel(name)]), selection.reference);
  reference.addEventListener("change", () => { selection.reference = reference.value; changed(true); });
  const scale = byId("scale");
  scale.addEventListener("change", () => { selection.scale = scale.value; changed(); });
  const point = byId("point");
  fillSelect(point, [["", "all in the ranges"], ...model.points.map((number, place) => [
    number, `only ${number}${model.failedPlaces.has(place) ? " (failed)" : ""}`])], selection.point ?? "");
  for (const option of point.options) option.disabled = option.textContent.endsWith("(failed)");
  point.addEventListener("change", () => {
    selection.point = point.value === "" ? null : Number(point.value);
    if (selection.point !== null) selection.history.point = model.points.indexOf(selection.point);
    changed();
  });

  return function show() {
    outcomes();
    regimes();
    const said = years(model.times[selection.time].years);
    time.value = selection.time;
    time.setAttribute("aria-valuetext", said);
    byId("time-said").textContent = said;
    reference.value = selection.reference;
    scale.value = selection.scale;
    point.value = selection.point ?? "";
  };
}

/** Makes the choice of colours, which belongs to the reader and not to the address. */
export function makeTheme() {
  const theme = byId("theme");
  theme.addEventListener("change", () => { document.documentElement.dataset.theme = theme.value; });
}
