// What the numbers on the page are, in words.

import { byId, element } from "./elements.mjs";

/** Writes the section for this file. */
export function showMethod(model) {
  const level = `${Number((100 * model.confidence_level).toFixed(2))}%`;
  const said = [
    `Every probability, difference and interval of one design point is a number of the file ${model.file}; nothing is simulated again. `
    + `Intervals are of ${level}, pointwise, and about the number of histories at fixed parameters: they do not say whether the parameters are right. `
    + "Of many intervals some miss.",
    "Differences are paired: replication i has the same luck under every regime. Overlapping intervals of two probabilities do not mean that their difference is uncertain.",
    "\u201c<\u201d is an upper limit: no history had the outcome, which is not probability zero.",
  ];
  if (model.sweep) {
    const worlds = new Set(model.worlds).size;
    said.push(
      "Over several design points an estimate is the mean of theirs, each weighing the same: the probability given that the parameters lie in the ranges, "
      + "if the points are draws from what is believed of the parameters; over a lever\u2019s levels, a plain mean.",
      "Its interval has two parts. The points share the luck of their histories, so that Monte Carlo errors need not cancel: the first part is the mean "
      + "distance of the points\u2019 own interval ends, as if they went together fully. The second is Student\u2019s half-width from the spread between worlds. "
      + "Each end is the root of the sum of their squares away. Without hits, the upper end is the mean of the points\u2019 upper limits.",
      worlds > 1
        ? `Points of a sample are worlds of their own; in other designs those that share a value of an uncertain parameter, over any number of steps, are one world. This file has ${worlds.toLocaleString("en")} worlds in ${model.points.length.toLocaleString("en")} points.`
        : "The points of this file are no sample (a grid, a table or one parameter at a time): the second part is left out, and their mean is of these points alone.",
      "5 to 95% are quantiles of the points\u2019 estimates, with their Monte Carlo error. Lower, higher: share of the points whose own paired interval lies below or above zero; in the rest its sign is open. "
      + "The rank correlation is Spearman\u2019s, the other parameters not held constant.",
    );
    if (model.failed.length) said.push(`${model.failed.length.toLocaleString("en")} of ${model.points.length.toLocaleString("en")} design points failed and are left out; crosses mark their parameters.`);
  }
  said.push(...model.left_out);
  byId("method-text").replaceChildren(...said.map((text) => element("p", {}, text)));
}
