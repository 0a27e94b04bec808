// Making elements of the page.

/** An element with attributes and children; a function attribute named "onclick" and so on listens. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** A printed name as it stands within a sentence: names of countries stay capital. */
export function inSentence(label) {
  return label.startsWith("Russia") ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

/** A few words as a sentence. */
export function capital(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, "").replaceAll("'", "\u2019")}.`;
}

/** Fills a select with [value, text] pairs. */
export function fillSelect(select, pairs, chosen) {
  select.replaceChildren(...pairs.map(([value, text]) => element("option", { value }, text)));
  select.value = String(chosen);
}

/** A table behind a chart, folded away until asked for. */
export function foldedTable(caption, head, rows, open = false) {
  return element("details", { class: "behind", open }, element("summary", {}, "Table"),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, plainTable(caption, head, rows)));
}

/** A table whose first column heads its rows. */
export function plainTable(caption, head, rows) {
  return element("table", {}, element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))),
    element("tbody", {}, ...rows.map((cells) => element("tr", {}, ...cells.map((cell, column) =>
      element(column ? "td" : "th", column ? {} : { scope: "row" }, cell))))));
}
