// Axes of probabilities and differences, in per cent and percentage points.

const SMALL = 0.1; // where all are below this, the axis is logarithmic unless a linear one is asked for
const DECADES = 2.5;

/** Kind and ends of an axis [per cent] that holds the rows' estimates and interval ends. */
export function probabilityAxis(rows, wanted) {
  const known = rows.filter(({ estimate }) => Number.isFinite(estimate));
  const top = Math.max(1e-9, ...known.flatMap(({ estimate, high, q95 }) =>
    [estimate, high, q95].filter(Number.isFinite)));
  const positive = known.map(({ estimate }) => estimate).filter((value) => value > 0);
  const most = positive.length ? Math.max(...positive) : 0;
  const log = wanted === "log" ? positive.length > 0 : wanted === "auto" && positive.length > 0 && most < SMALL;
  if (!log) return { log: false, domain: [0, Math.min(100, 106 * top)] };
  const lows = known.filter(({ estimate }) => estimate > 0).map(({ estimate, low }) => (low > 0 ? low : estimate / 3));
  const spread = known.map(({ q05 }) => q05).filter((value) => value > 0);
  const least = 0.9 * Math.min(...lows, ...positive, ...spread);
  return { log: true, domain: [100 * Math.max(least, top / 10 ** DECADES), Math.min(100, 130 * top)] };
}

/** Ends of an axis [percentage points] that holds differences and zero. */
export function differenceAxis(rows) {
  const ends = rows.flatMap(({ estimate, low, high, q05, q95 }) => [estimate, low, high, q05, q95])
    .filter(Number.isFinite).map((value) => 100 * value);
  const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const margin = 0.04 * (most - least || 1);
  return { log: false, domain: [least - margin, most + margin] };
}

/** Marks of an axis: how many if it is linear, else which steps of each decade, as far as they are not too many. */
export function ticksOf({ log, domain: [least, most] }, wanted) {
  if (!log || !(least < most)) return wanted;
  const marks = (steps) => {
    const found = [];
    for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); ++power) {
      for (const step of steps) {
        const value = Number((step * 10 ** power).toPrecision(6));
        if (value >= least && value <= most) found.push(value);
      }
    }
    return found;
  };
  const choices = [[1, 1.5, 2, 3, 4, 5, 7], [1, 2, 5], [1, 3], [1]].map(marks);
  return choices.find((found) => found.length <= wanted + 1) ?? choices.at(-1);
}

/** The text at a mark of an axis in per cent. */
export function tickText(value) {
  if (value === 0) return "0";
  const text = Math.abs(value) < 1e-4 ? value.toExponential(0) : String(Number(value.toPrecision(4)));
  return text.replace("-", "\u2212");
}
