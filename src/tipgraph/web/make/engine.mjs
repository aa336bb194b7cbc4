// Makes vendor/oxigraph.js and vendor/oxigraph.wasm.gz, when `make web` runs: the engine that answers inside a page.
import { buildSync } from "esbuild";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";

const require = createRequire(import.meta.url);
const folder = new URL("../../../../node_modules/oxigraph/", import.meta.url);
const vendor = new URL("../vendor/", import.meta.url);

mkdirSync(vendor, { recursive: true });
const { outputFiles } = buildSync({
  entryPoints: [new URL("web.js", folder).pathname], bundle: true, write: false, minify: true, logLevel: "warning",
  format: "iife", globalName: "oxigraph", // a worker that is made of a text is no module
  define: { "import.meta.url": '""' }, // nothing is fetched: the page hands the WebAssembly over
});
writeFileSync(new URL("oxigraph.wasm.gz", vendor), gzipSync(readFileSync(new URL("web_bg.wasm", folder)), { level: 9 }));
writeFileSync(new URL("LICENSES-engine.txt", vendor), licence());
writeFileSync(new URL("oxigraph.js", vendor), outputFiles[0].text);

/** The licence of the engine: its package names two to choose from, and carries neither; ours is one of them. */
function licence() {
  const { version, license, repository } = require("oxigraph/package.json");
  const apache = readFileSync(new URL("../../../../LICENSE", import.meta.url), "utf8").trim();
  return `oxigraph.js and oxigraph.wasm.gz are oxigraph ${version} of npm (${license}; copyright the Oxigraph developers),
only packed otherwise. Its source, and what of others is compiled into it, is at
${repository.url.replace(/^git\+|\.git$/g, "")}

${apache}
`;
}
