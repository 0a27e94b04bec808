// What the outcomes and regimes are.

import { byId, capital, element } from "./elements.mjs";

/** Writes both lists; what has no meaning is not listed. */
export function showGlossary(model) {
  for (const [id, entries] of [["outcome-words", model.outcomes], ["regime-words", model.regimes]]) {
    const known = entries.filter(({ meaning }) => meaning);
    byId(id).replaceChildren(...known.flatMap(({ label, meaning }) => [element("dt", {}, label), element("dd", {}, capital(meaning))]));
    byId(id).parentElement.hidden = known.length === 0;
  }
}
