// Commands that give what is on screen, each with a button that copies it.

import { byId, element } from "./elements.mjs";

/** One command per thing that is shown, as [title, command]. */
export function commandsOf(model, selection) {
  const found = [];
  if (model.history) found.push(["The result file", `${model.history.split("\n")[0]} -o ${quoted(model.file)}`]);
  const words = ["python3 -m firebreak conditional", quoted(model.file)];
  if (model.sweep) {
    for (const [path, [low, high]] of selection.ranges) words.push(`--where ${quoted(`${path}=${low}:${high}`)}`);
    if (selection.point !== null) words.push(`--point ${selection.point}`);
  }
  words.push(`--day ${model.times[selection.time].day}`, `--reference ${quoted(selection.reference)}`);
  words.push(...selection.outcomes.map((name) => `--outcome ${quoted(name)}`));
  if (selection.regimes.length < model.regimes.length) words.push(...selection.regimes.map((name) => `--regime ${quoted(name)}`));
  found.push(["Probabilities and differences, as CSV", words.join(" ")]);
  if (model.histories && model.replay) {
    const { point, regime, place } = selection.history;
    found.push(["The history shown, whole", [model.replay, model.sweep ? `--point ${model.points[point]}` : "",
      `--regime ${quoted(regime)}`, `--replication ${model.histories.replications[place]}`].filter(Boolean).join(" ")]);
  }
  return found;
}

function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\"'\"'")}'`;
}

/** Shows them. */
export function showCommands(model, selection) {
  const box = byId("commands");
  const focused = [...box.querySelectorAll("button")].indexOf(document.activeElement);
  box.replaceChildren(...commandsOf(model, selection).map(([title, command]) => element("div", { class: "command" },
    element("h3", {}, title),
    element("pre", { tabindex: "0", "aria-label": title }, element("code", {}, command)),
    element("button", { type: "button", "aria-label": `Copy: ${title}`, onclick: () => copy(title, command) }, "Copy"))));
  if (focused >= 0) box.querySelectorAll("button")[focused]?.focus({ preventScroll: true });
}

async function copy(title, command) {
  try {
    await navigator.clipboard.writeText(command);
  } catch { // not allowed from a disk by some browsers
    const area = element("textarea", { class: "off-screen", readonly: true }, command);
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  byId("copied").textContent = `Copied: ${title.charAt(0).toLowerCase() + title.slice(1)}.`;
}
