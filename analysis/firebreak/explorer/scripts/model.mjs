// What the file holds: names from the page's data, numbers from its packed arrays.

const VIEWS = { float64: Float64Array, float32: Float32Array, int16: Int16Array, int32: Int32Array };

/** Reads the page's data; resolves to the model that all else asks. */
export async function loadModel() {
  const about = JSON.parse(document.getElementById("data").textContent);
  const arrays = await unpack(about.packed);
  delete about.packed;
  return modelOf(about, arrays);
}

async function unpack(packed) {
  const text = atob(packed.bytes);
  const deflated = new Uint8Array(text.length);
  for (let place = 0; place < text.length; ++place) deflated[place] = text.charCodeAt(place);
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate"));
  const bytes = await new Response(stream).arrayBuffer();
  return new Map(packed.index.map(({ name, type, shape, at }) => {
    const values = new VIEWS[type](bytes, at, shape.reduce((size, axis) => size * axis, 1));
    return [name, { values, shape }];
  }));
}

/** Makes the model of names and arrays. */
export function modelOf(about, arrays) {
  const places = (entries) => new Map(entries.map((entry, place) => [entry.name ?? entry, place]));
  const regime = places(about.regimes);
  const reference = places(about.references);
  const outcome = places(about.outcomes);
  const failed = new Set(about.failed);
  const { values } = arrays.get("parameters");
  const size = about.points.length;
  const parameters = about.parameters.map((parameter, place) => ({
    ...parameter, values: Array.from(values.subarray(place * size, (place + 1) * size)),
  }));
  return {
    ...about,
    parameters,
    sweep: about.points.length > 1,
    regimeNames: about.regimes.map(({ name }) => name),
    outcomeNames: about.outcomes.map(({ name }) => name),
    regimeLabel: (name) => about.regimes[regime.get(name)].label,
    outcomeLabel: (name) => about.outcomes[outcome.get(name)].label,
    regimePlace: (name) => regime.get(name),
    outcomePlace: (name) => outcome.get(name),
    referencePlace: (name) => reference.get(name),
    failedPlaces: new Set(about.points.flatMap((number, place) => (failed.has(number) ? [place] : []))),
    /** Estimate and ends of one quantity at one design point (its place). */
    probability: (point, regimeName, outcomeName, time) =>
      three(arrays, "probability", [point, regime.get(regimeName), outcome.get(outcomeName), time]),
    difference: (point, regimeName, referenceName, outcomeName, time) =>
      three(arrays, "difference",
        [point, regime.get(regimeName), reference.get(referenceName), outcome.get(outcomeName), time]),
    replications: (point, regimeName) => at(arrays.get("replications"), [point, regime.get(regimeName)]),
    /** First day of an outcome (its place among those of histories), -1: never, -2: not simulated. */
    firstDay: (point, regimeName, history, place) =>
      at(arrays.get("first_day"), [point, regime.get(regimeName), history, place]),
  };
}

function three(arrays, name, place) {
  return [name, `${name}_low`, `${name}_high`].map((part) => at(arrays.get(part), place));
}

function at({ values, shape }, place) {
  let index = 0;
  for (let axis = 0; axis < shape.length; ++axis) index = index * shape[axis] + place[axis];
  return values[index];
}
