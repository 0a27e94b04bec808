// Numbers as they are printed; the same text as the package's tables (printed_numbers.py) for the same value.

const MINUS = "\u2212";

/** Rounds half to even where the value lies exactly between, as Python does. */
function fixed(value, decimals) {
  const text = value.toFixed(decimals);
  const whole = Math.abs(value).toFixed(100);
  const rest = whole.slice(whole.indexOf(".") + 1 + decimals);
  if (!/^50*$/.test(rest)) return text;
  const kept = whole.slice(0, whole.indexOf(".") + 1 + decimals).replace(/\.$/, "");
  const odd = "13579".includes(kept.at(-1));
  const even = odd ? (Number(kept) + 10 ** -decimals).toFixed(decimals) : kept;
  return (value < 0 ? "-" : "") + even;
}

/** A number with so many decimals, never "-0". */
export function plain(value, decimals) {
  const text = fixed(value, decimals);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", MINUS);
}

/** A number with its sign, plus as well as minus; zero has none. */
export function signed(value, decimals) {
  const text = plain(value, decimals);
  return text.startsWith(MINUS) || Number(text) === 0 ? text : `+${text}`;
}

/** The decimals at which the half-width of an interval has one to two digits. */
export function decimalsFor(low, high) {
  const half = (high - low) / 2;
  return half > 0 ? Math.max(0, Math.trunc(-Math.floor(Math.log10(half / 3)))) : 2;
}

/** An upper limit rounded up to two significant digits. */
export function limit(value) {
  if (!(value > 0)) return plain(value, 0);
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(value)));
  const step = 10 ** -decimals;
  return plain(Math.ceil(value / step - 1e-9) * step, decimals);
}

/** A number with three significant digits, for parameters. */
export function significant(value) {
  const size = Math.abs(value);
  let text;
  if (size === 0 || (size >= 1000 && size < 1e7)) text = Math.round(value).toLocaleString("en");
  else if (size >= 1e-4 && size < 1000) text = String(Number(value.toPrecision(3)));
  else text = value.toExponential(1).replace("e+", "e");
  return text.replace("-", MINUS);
}

/** A probability as a cell of a table, in per cent: "21.3 (20.7 to 21.9)", or "< 0.19" if none was seen. */
export function probabilityCell({ estimate, low, high }) {
  if (!Number.isFinite(estimate)) return "NA";
  if (estimate === 0) return Number.isFinite(high) ? `< ${limit(100 * high)}` : "NA";
  return withInterval(plain, 100 * estimate, 100 * low, 100 * high);
}

/** A difference as a cell of a table, in percentage points. */
export function differenceCell({ estimate, low, high }, replications, level) {
  if (!Number.isFinite(estimate)) return "NA";
  if (estimate === 0 && !(low < high)) {
    const most = 1 - ((1 - level) / 2) ** (1 / Math.max(1, replications));
    return `none seen (\u00b1${limit(100 * most)})`;
  }
  return withInterval(signed, 100 * estimate, 100 * low, 100 * high);
}

function withInterval(write, estimate, low, high) {
  if (!(Number.isFinite(low) && Number.isFinite(high))) return write(estimate, 2);
  const decimals = decimalsFor(low, high);
  return `${write(estimate, decimals)} (${write(low, decimals)} to ${write(high, decimals)})`;
}

/** A share as per cent without decimals; what is not none or all never reads so. */
export function perCent(share) {
  if (!Number.isFinite(share)) return "NA";
  if (share > 0 && share < 0.005) return "<1%";
  if (share < 1 && share > 0.995) return ">99%";
  return `${fixed(100 * share, 0)}%`;
}

/** Years without needless decimals: "2.5 years", "1 year". */
export function years(value) {
  const text = String(Number(value.toFixed(2)));
  return `${text} ${text === "1" ? "year" : "years"}`;
}
