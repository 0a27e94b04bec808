// Means over the design points in range, with their intervals; the same as conditional.py of the package.

/** Places of the points that did not fail and lie in all ranges. */
export function chosenPoints(model, selection) {
  const ranges = model.parameters.filter(({ path }) => selection.ranges.has(path))
    .map(({ path, values }) => ({ values, ends: selection.ranges.get(path) }));
  return model.points.flatMap((number, place) => {
    const inside = !model.failedPlaces.has(place)
      && (selection.point === null || selection.point === number)
      && ranges.every(({ values, ends }) => values[place] >= ends[0] && values[place] <= ends[1]);
    return inside ? [place] : [];
  });
}

/** A row: the probability of an outcome under a regime, over points. */
export function probabilityOver(model, points, regime, outcome, time) {
  const parts = points.map((point) => model.probability(point, regime, outcome, time));
  return { regime, outcome, ...meanOver(model, points, parts, [0, 1]) };
}

/** A row: the paired difference from a reference, with the shares of points where it is lower and higher. */
export function differenceOver(model, points, regime, reference, outcome, time) {
  const parts = points.map((point) => model.difference(point, regime, reference, outcome, time));
  const known = parts.filter(([estimate]) => Number.isFinite(estimate));
  const share = (test) => (known.length ? known.filter(test).length / known.length : NaN);
  return {
    regime, reference, outcome,
    ...meanOver(model, points, parts, [-1, 1]),
    lower: share(([, , high]) => high < 0),
    higher: share(([, low]) => low > 0),
    replications: extent(points.map((point) => model.replications(point, regime)))[0],
  };
}

function meanOver(model, points, parts, bounds) {
  const known = parts.flatMap((part, place) => (Number.isFinite(part[0]) ? [{ part, world: model.worlds[points[place]] }] : []));
  const size = known.length;
  if (size === 0) return { estimate: NaN, low: NaN, high: NaN, q05: NaN, q95: NaN, points: 0, worlds: 0 };
  if (size === 1) {
    const [estimate, low, high] = known[0].part;
    return { estimate, low, high, q05: estimate, q95: estimate, points: 1, worlds: 1 };
  }
  const mean = known.reduce((sum, { part }) => sum + part[0], 0) / size;
  const below = known.reduce((sum, { part }) => sum + part[0] - part[1], 0) / size;
  const above = known.reduce((sum, { part }) => sum + part[2] - part[0], 0) / size;
  const sums = new Map();
  for (const { part, world } of known) sums.set(world, (sums.get(world) ?? 0) + part[0] - mean);
  const worlds = sums.size;
  let spread = 0;
  if (worlds > 1) {
    const squares = [...sums.values()].reduce((sum, value) => sum + value * value, 0);
    spread = student(model.quantiles, worlds - 1) * Math.sqrt((worlds / (worlds - 1)) * squares) / size;
  }
  const sorted = known.map(({ part }) => part[0]).sort((a, b) => a - b);
  return {
    estimate: mean,
    low: Math.max(bounds[0], mean - Math.hypot(below, spread)),
    high: Math.min(bounds[1], mean + Math.hypot(above, spread)),
    q05: quantile(sorted, 0.05), q95: quantile(sorted, 0.95), points: size, worlds,
  };
}

/** Student's quantile: listed for few degrees of freedom, beyond that linear in their inverse. */
function student({ normal, student: listed }, freedom) {
  if (freedom <= listed.length) return listed[freedom - 1];
  return normal + (listed.at(-1) - normal) * (listed.length / freedom);
}

function quantile(sorted, share) {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/** The least and the largest value, of however many. */
export function extent(values) {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}

/** Spearman's rank correlation of two lists; NaN where one does not vary. */
export function rankCorrelation(left, right) {
  const [a, b] = [ranks(left), ranks(right)];
  const middle = (left.length + 1) / 2;
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((rank, place) => {
    ab += (rank - middle) * (b[place] - middle);
    aa += (rank - middle) ** 2;
    bb += (b[place] - middle) ** 2;
  });
  return ab / Math.sqrt(aa * bb);
}

function ranks(values) {
  const order = values.map((_, place) => place).sort((a, b) => values[a] - values[b]);
  const found = new Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && values[order[end]] === values[order[start]]) ++end;
    for (let place = start; place < end; ++place) found[order[place]] = (start + end + 1) / 2;
    start = end;
  }
  return found;
}
