// Makes vendor/oxigraph.js and vendor/oxigraph.wasm.gz, when `make web` runs: the engine that answers inside a page.
import { buildSync } from "esbuild";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";

const MOST_MEMORY = 16_384; // pages of 64 KiB: a gibibyte; without a limit a query takes four, and with it the tab of a small machine
const MEMORY_SECTION = 5;
const require = createRequire(import.meta.url);
const folder = new URL("../../../../../../node_modules/oxigraph/", import.meta.url);
const vendor = new URL("../vendor/", import.meta.url);

mkdirSync(vendor, { recursive: true });
const { outputFiles } = buildSync({
  entryPoints: [new URL("web.js", folder).pathname], bundle: true, write: false, minify: true, logLevel: "warning",
  format: "iife", globalName: "oxigraph", // a worker that is made of a text is no module
  define: { "import.meta.url": '""' }, // nothing is fetched: the page hands the WebAssembly over
});
const wasm = limited(readFileSync(new URL("web_bg.wasm", folder)), MOST_MEMORY);
new WebAssembly.Module(wasm); // a limit in the wrong place would make it none
writeFileSync(new URL("oxigraph.wasm.gz", vendor), gzipSync(wasm, { level: 9 }));
writeFileSync(new URL("LICENSES-engine.txt", vendor), licence());
writeFileSync(new URL("oxigraph.js", vendor), outputFiles[0].text);

/** WebAssembly whose memory grows to a number of pages and no further. */
function limited(binary, pages) {
  for (let at = 8; at < binary.length;) {
    const [id, size] = [binary[at], numberAt(binary, at + 1)];
    const end = size.end + size.value;
    if (id === MEMORY_SECTION) {
      const least = numberAt(binary, size.end + 2);
      if (binary[size.end] !== 1 || binary[size.end + 1] !== 0 || least.end !== end) break; // one memory, without a limit
      const content = [1, 1, ...numberOf(least.value), ...numberOf(pages)];
      return Buffer.concat([binary.subarray(0, at), Buffer.from([id, content.length, ...content]), binary.subarray(end)]);
    }
    at = end;
  }
  throw new Error("oxigraph declares its memory in another way now: mend src/tipgraph/outputs/site/web/make/engine.mjs");
}

/** A number in LEB128, and where it ends. */
function numberAt(binary, start) {
  let [value, at] = [0, start];
  for (let shift = 0; ; shift += 7, at += 1) {
    value += (binary[at] & 127) * 2 ** shift;
    if (binary[at] < 128) return { value, end: at + 1 };
  }
}

/** A number as LEB128. */
function numberOf(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...numberOf(value >>> 7)];
}

/** The licence of the engine: its package names two to choose from, and carries neither; ours is one of them. */
function licence() {
  const { version, license, repository } = require("oxigraph/package.json");
  const apache = readFileSync(new URL("../../../../../../LICENSE", import.meta.url), "utf8").trim();
  return `oxigraph.js and oxigraph.wasm.gz, in a site together as engine.js, are oxigraph ${version} of npm (${license}; copyright the
Oxigraph developers), packed otherwise and with a limit to its memory. Its source, and what of others is compiled into it, is at
${repository.url.replace(/^git\+|\.git$/g, "")}

${apache}
`;
}
