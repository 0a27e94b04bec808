// What the reader has chosen, kept in the address so that a link shows the same.

/** The choice that the page opens with. */
export function firstSelection(model) {
  const point = model.failedPlaces.has(0) ? model.points.findIndex((_, place) => !model.failedPlaces.has(place)) : 0;
  const other = model.regimeNames.find((name) => name !== model.reference) ?? model.reference;
  return {
    outcomes: [...model.shown_outcomes],
    regimes: [...model.regimeNames],
    reference: model.reference,
    time: model.times.length - 1,
    scale: "auto",
    point: null,
    ranges: new Map(),
    answer: { kind: "difference", outcome: model.shown_outcomes[0], regime: other },
    history: { point, regime: other, place: 0 },
  };
}

/** The choice as the part of an address after "#"; empty for the first one. */
export function toHash(model, selection) {
  const first = firstSelection(model);
  const said = new URLSearchParams();
  const differs = (key) => JSON.stringify(selection[key]) !== JSON.stringify(first[key]);
  if (differs("outcomes")) said.set("outcomes", selection.outcomes.join(" "));
  if (differs("regimes")) said.set("regimes", selection.regimes.join(" "));
  if (differs("reference")) said.set("reference", selection.reference);
  if (differs("time")) said.set("day", model.times[selection.time].day);
  if (differs("scale")) said.set("scale", selection.scale);
  if (selection.point !== null) said.set("point", selection.point);
  for (const [path, [low, high]] of selection.ranges) said.append("where", `${path}=${low}:${high}`);
  if (differs("answer")) said.set("answer", Object.values(selection.answer).join(" "));
  if (differs("history")) said.set("history", Object.values(selection.history).join(" "));
  return said.toString();
}

/** The choice that an address says; whatever the file does not have is passed over. */
export function fromHash(model, hash) {
  const selection = firstSelection(model);
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const names = (key, known) => known.filter((name) => (said.get(key) ?? "").split(" ").includes(name));
  const outcomes = names("outcomes", model.outcomeNames);
  if (outcomes.length) selection.outcomes = outcomes;
  const regimes = names("regimes", model.regimeNames);
  if (regimes.length) selection.regimes = regimes;
  if (model.references.includes(said.get("reference"))) selection.reference = said.get("reference");
  const time = model.times.findIndex(({ day }) => String(day) === said.get("day"));
  if (time >= 0) selection.time = time;
  if (["linear", "log"].includes(said.get("scale"))) selection.scale = said.get("scale");
  const point = said.has("point") ? Number(said.get("point")) : null;
  const place = model.points.indexOf(point);
  if (place >= 0 && !model.failedPlaces.has(place)) selection.point = point;
  for (const range of said.getAll("where")) {
    const [, path, low, high] = /^(.*)=([^:=]+):([^:=]+)$/.exec(range) ?? [];
    const known = model.parameters.some((parameter) => parameter.path === path);
    if (known && Number.isFinite(Number(low)) && Number.isFinite(Number(high))) {
      selection.ranges.set(path, [Number(low), Number(high)]);
    }
  }
  const [kind, outcome, regime] = (said.get("answer") ?? "").split(" ");
  if (["difference", "probability"].includes(kind)) selection.answer.kind = kind;
  if (model.outcomeNames.includes(outcome)) selection.answer.outcome = outcome;
  if (model.regimeNames.includes(regime)) selection.answer.regime = regime;
  const [of, under, replication] = (said.get("history") ?? "").split(" ");
  if (model.points[Number(of)] !== undefined && of !== "") selection.history.point = Number(of);
  if (model.regimeNames.includes(under)) selection.history.regime = under;
  if (model.histories && Number(replication) < model.histories.replications.length) {
    selection.history.place = Number(replication) || 0;
  }
  return selection;
}
