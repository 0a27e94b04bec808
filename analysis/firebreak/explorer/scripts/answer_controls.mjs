// What the dots of the parameters' cards show.

import { byId, fillSelect, inSentence } from "./elements.mjs";

/** Makes the selects; `changed` is called after each choice. Returns a function that shows the selection. */
export function makeAnswerControls(model, selection, changed) {
  const inputs = { kind: byId("answer-kind"), outcome: byId("answer-outcome"), regime: byId("answer-regime") };
  fillSelect(inputs.outcome, model.outcomes.map(({ name, label }) => [name, label]), selection.answer.outcome);
  fillSelect(inputs.regime, model.regimes.map(({ name, label }) => [name, label]), selection.answer.regime);
  for (const [key, input] of Object.entries(inputs)) {
    input.addEventListener("change", () => { selection.answer[key] = input.value; changed(); });
  }
  return () => {
    for (const [key, input] of Object.entries(inputs)) input.value = selection.answer[key];
    const own = selection.answer.kind === "difference" && selection.answer.regime === selection.reference;
    byId("parameters-lead").textContent = own
      ? "The reference does not differ from itself: its probability is shown, in per cent."
      : `A dot for each design point, ${selection.answer.kind === "difference" ? `in percentage points minus ${inSentence(model.regimeLabel(selection.reference))}` : "in per cent"}. `
        + "Draw across a chart, or move the two handles below it, to keep only the points in that range; everything on the page follows. Strongest first.";
  };
}
