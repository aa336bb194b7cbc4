// Copies the editor of Yasgui into vendor/, when `make web` runs: it is built already, with CodeMirror inside.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const vendor = new URL("../vendor/", import.meta.url);

mkdirSync(vendor, { recursive: true });
const script = readFileSync(require.resolve("@zazuko/yasqe/build/yasqe.min.js"), "utf8");
writeFileSync(new URL("yasqe.min.js", vendor), script.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"));
writeFileSync(new URL("LICENSES-editor.txt", vendor), licences());
copyFileSync(require.resolve("@zazuko/yasqe/build/yasqe.min.css"), new URL("yasqe.min.css", vendor));

/** The licences of what the editor is made of. */
function licences() {
  const { version, license } = require("@zazuko/yasqe/package.json");
  const parts = ["codemirror", "lodash-es", "query-string"].map((name) => {
    const folder = new URL(`../../../../node_modules/${name}/`, import.meta.url);
    const file = readdirSync(folder).find((one) => /^licen[sc]e/i.test(one));
    return `${name}:\n\n${readFileSync(new URL(file, folder), "utf8").trim()}`;
  });
  return [`yasqe.min.js and yasqe.min.css are @zazuko/yasqe ${version} (${license}; Triply and Zazuko), with these inside:`, ...parts].join("\n\n") + "\n";
}
