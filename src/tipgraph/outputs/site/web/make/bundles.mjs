// Bundles the modules of each page into one classic script: `node bundles.mjs [FOLDER]`. Without a folder, it writes the committed bundles.
import { buildSync } from "esbuild";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL("..", import.meta.url));
const EMBEDDED = ["notebook", "review", "single-file"]; // these bundles are put inside documents, or sent by `tipgraph review`; the others are assets of a site
const pages = readdirSync(`${web}modules`, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== "shared");

buildSync({
  absWorkingDir: `${web}modules`,
  entryPoints: {
    "assets/page": "shared/every-page.js",
    "embedded/worker": "query/worker.js",
    ...Object.fromEntries(pages.map(({ name }) => [`${EMBEDDED.includes(name) ? "embedded" : "assets"}/${name}`, `${name}/page.js`])),
  },
  outdir: process.argv[2] ? resolve(process.argv[2]) : web,
  bundle: true, format: "iife", charset: "utf8", target: "es2022", logLevel: "warning",
  banner: { js: "// Written by `make generate` from the modules in web/modules; do not edit." },
});
