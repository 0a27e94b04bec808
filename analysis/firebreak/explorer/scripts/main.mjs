// Starts the page and keeps what is shown in step with what is chosen.

import { byId } from "./elements.mjs";
import { loadModel } from "./model.mjs";
import { chosenPoints } from "./estimates.mjs";
import { firstSelection, fromHash, toHash } from "./selection.mjs";
import { makeControls, makeTheme } from "./controls.mjs";
import { makeAnswerControls } from "./answer_controls.mjs";
import { showResults } from "./results_view.mjs";
import { makeBrushes } from "./brushes.mjs";
import { makeTimeline } from "./timeline.mjs";
import { showCommands } from "./commands.mjs";
import { showGlossary } from "./glossary.mjs";
import { showMethod } from "./method.mjs";
import { significant, years } from "./printed_numbers.mjs";

function start(model) {
  const selection = fromHash(model, location.hash);
  byId("question").textContent = model.question;
  byId("caveat").textContent = model.caveat;
  byId("sentence").textContent = model.sentence;
  for (const [kind, there] of [
    ["sweep", model.sweep], ["parameters", model.parameters.length > 0], ["histories", model.histories],
    ["several-regimes", model.regimes.length > 1], ["several-times", model.times.length > 1],
  ]) {
    for (const part of document.querySelectorAll(`.of-${kind}`)) part.hidden = !there;
  }
  showMethod(model);
  showGlossary(model);
  makeTheme();

  let waiting = 0;
  const changed = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => show(false));
  };
  const rebuilt = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => show(true));
  };
  const showControls = makeControls(model, selection, rebuilt);
  const showAnswer = makeAnswerControls(model, selection, rebuilt);
  const brushes = model.parameters.length ? makeBrushes(model, selection, changed) : null;
  const timeline = model.histories ? makeTimeline(model, selection, changed) : null;

  function show(rebuild) {
    const points = chosenPoints(model, selection);
    showControls();
    showAnswer();
    byId("said").textContent = sentence(model, selection, points);
    document.body.classList.toggle("empty-range", points.length === 0);
    if (points.length) showResults(model, selection, points);
    if (rebuild) brushes?.build();
    brushes?.mark(points);
    timeline?.show();
    showCommands(model, selection);
    const hash = toHash(model, selection);
    try {
      history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
    } catch { // some browsers refuse after a hundred changes in a short time; the next one comes through
    }
    document.documentElement.dataset.ready = "true";
  }

  byId("reset").addEventListener("click", () => {
    Object.assign(selection, firstSelection(model));
    rebuilt();
  });
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  const phone = matchMedia("(max-width: 860px)");
  const fold = () => { byId("controls-fold").open = !phone.matches; };
  phone.addEventListener("change", fold);
  fold();
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    if (window.innerWidth !== width) rebuilt();
    width = window.innerWidth;
  });
  for (const [name, printing] of [["beforeprint", true], ["afterprint", false]]) {
    window.addEventListener(name, () => {
      document.body.classList.toggle("printing", printing); // charts as wide as the paper
      show(true);
    });
  }
  show(true);
}

/** What is shown, in a sentence: read out when it changes, and printed above the charts. */
function sentence(model, selection, points) {
  const list = (names, label, what) => (names.length > 3 ? `${names.length} ${what}` : names.map(label).join(", "));
  const parts = [
    `Within ${years(model.times[selection.time].years)}`,
    list(selection.outcomes, model.outcomeLabel, "outcomes"),
    list(selection.regimes, model.regimeLabel, "regimes"),
  ];
  if (model.sweep) {
    const worlds = new Set(points.map((place) => model.worlds[place])).size;
    parts.push(points.length === 0 ? "no design point lies in these ranges"
      : points.length === 1 ? `design point ${model.points[points[0]]}`
        : `${points.length === model.points.length ? "all" : `${points.length.toLocaleString("en")} of`} ${model.points.length.toLocaleString("en")} design points${worlds > 1 && worlds < points.length ? ` (${worlds.toLocaleString("en")} worlds)` : ""}`);
    for (const [path, ends] of selection.ranges) parts.push(`${path} ${ends.map(significant).join(" to ")}`);
    if (selection.point === null && model.failed.length) parts.push(`${model.failed.length} failed, left out`);
  }
  return `${parts.join(" \u00b7 ")}.`;
}

try {
  start(await loadModel());
} catch (error) {
  const problem = byId("problem");
  problem.hidden = false;
  problem.textContent = typeof DecompressionStream === "undefined"
    ? "This browser is too old for this page: it needs one of 2023 or later."
    : `The page cannot be shown: ${error.message}`;
  throw error;
}
