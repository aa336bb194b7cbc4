// Copies the editor of Yasgui into vendor/, when `make web` runs: it is built already, with CodeMirror inside.
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const vendor = new URL("../vendor/", import.meta.url);

mkdirSync(vendor, { recursive: true });
const script = readFileSync(require.resolve("@zazuko/yasqe/build/yasqe.min.js"), "utf8");
writeFileSync(new URL("yasqe.min.js", vendor), script.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"));
writeFileSync(new URL("LICENSES-editor.txt", vendor), licences());
copyFileSync(require.resolve("@zazuko/yasqe/build/yasqe.min.css"), new URL("yasqe.min.css", vendor));

/** The licences of what the editor is made of, as the map of its sources names it. */
function licences() {
  const { version, license } = require("@zazuko/yasqe/package.json");
  const { sources, sourcesContent } = JSON.parse(readFileSync(require.resolve("@zazuko/yasqe/build/yasqe.min.js.map"), "utf8"));
  const first = new Map(); // of each package, where its first source is
  sources.forEach((source, i) => {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1];
    if (name && !first.has(name)) first.set(name, i);
  });
  const parts = [...first.keys()].sort().map((name) => `${name}:\n\n${licence(name, sourcesContent[first.get(name)]).trim()}`);
  return [`yasqe.min.js and yasqe.min.css are @zazuko/yasqe ${version} (${license}; Triply and Zazuko), with these inside:`, ...parts].join("\n\n") + "\n";
}

/** The licence of a package: a file of it, or the comment that its source begins with where npm does not bring it. */
function licence(name, source) {
  const folder = new URL(`../../../../../../node_modules/${name}/`, import.meta.url);
  if (!existsSync(folder)) return source.match(/^(\/\/.*\n)+/)[0].replace(/^\/\/ ?/gm, "");
  const file = readdirSync(folder).find((one) => /^licen[sc]e$/i.test(one));
  return readFileSync(new URL(file, folder), "utf8");
}
