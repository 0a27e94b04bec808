// A chart as one image with a name: its parts say nothing to a screen reader, the table behind it does.

/** Draws with Plot; the options are Plot's, with `ariaLabel` as the name. */
export function drawing(options) {
  const svg = Plot.plot(options);
  svg.setAttribute("role", "img");
  for (const part of svg.querySelectorAll("g[aria-label]")) part.removeAttribute("aria-label");
  return svg;
}
