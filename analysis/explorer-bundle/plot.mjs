// The parts of Observable Plot that the page draws with; the rest is left out of the bundle.
export {
  areaY, axisX, axisY, dot, gridX, gridY, lineY, link, plot, pointer, ruleX, ruleY, text, tip,
} from "@observablehq/plot";

import {
  symbol, symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolStar, symbolTriangle, symbolWye,
} from "d3-shape";

// For legends: the shapes by the names that Plot gives them.
export { symbol };
export const SYMBOLS = {
  circle: symbolCircle, cross: symbolCross, diamond: symbolDiamond, square: symbolSquare, star: symbolStar,
  triangle: symbolTriangle, wye: symbolWye,
};
