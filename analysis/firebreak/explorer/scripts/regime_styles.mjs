// Colour, dashes and symbol of each regime: three marks, so that none rests on colour alone.

const COLOURS = ["ink", "blue", "vermilion", "green", "purple", "orange", "sky"];
const DASHES = [null, "7 3", "2 2.5", "10 3 2 3", "12 4"];
const SYMBOLS = ["circle", "square", "triangle", "diamond", "cross", "star", "wye"];

/** The style of a regime by its place in the file: seven and five have no common factor, so 35 differ. */
export function regimeStyle(model, name) {
  const place = model.regimePlace(name);
  return {
    colour: `var(--${COLOURS[place % COLOURS.length]})`,
    dashes: DASHES[place % DASHES.length],
    symbol: SYMBOLS[place % SYMBOLS.length],
  };
}

/** A short drawn line with the symbol in a regime's style, for legends. */
export function swatch(model, name) {
  const { colour, dashes, symbol } = regimeStyle(model, name);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "swatch");
  svg.setAttribute("viewBox", "0 0 28 10");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(svg.namespaceURI, "path");
  line.setAttribute("d", "M0 5H28");
  line.style.stroke = colour;
  if (dashes) line.setAttribute("stroke-dasharray", dashes);
  const mark = document.createElementNS(svg.namespaceURI, "path");
  mark.setAttribute("d", Plot.symbol(Plot.SYMBOLS[symbol], 34)());
  mark.setAttribute("transform", "translate(14,5)");
  mark.setAttribute("class", "mark");
  mark.style.fill = colour;
  svg.append(line, mark);
  return svg;
}
