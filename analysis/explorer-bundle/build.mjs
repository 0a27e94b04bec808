// Writes the chart library as one file, with the licences of all that is in it.

import { build } from "esbuild";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const options = {
  entryPoints: ["plot.mjs"], bundle: true, minify: true, format: "iife", globalName: "Plot", target: "es2020",
  legalComments: "none", metafile: true,
};
const found = await build({ ...options, write: false });
const [output] = Object.values(found.metafile.outputs);
const folders = [...new Set(Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  .map(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean))].sort();
const packages = new Map(); // packages by the text of their licence
for (const folder of folders) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} has no licence file`);
  const text = readFileSync(join(folder, file), "utf8").trim();
  packages.set(text, [...(packages.get(text) ?? []), `${name} ${version} (${license})`]);
}
const licences = [...packages].map(([text, names]) => `${names.join(", ")}\n\n${text}`).join("\n\n---\n\n");
if (licences.includes("*/")) throw new Error("a licence would end the comment");
const banner = `/*!\nBuilt by analysis/explorer-bundle from:\n\n${licences}\n*/`;
await build({ ...options, banner: { js: banner }, outfile: "../firebreak/explorer/plot.bundle.js" });
