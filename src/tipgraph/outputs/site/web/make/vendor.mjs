// Copies the scripts of others into vendor/, with their licences, when `make web` runs: drawing, an editor and an engine for SPARQL.
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const MOST_MEMORY = 16_384; // pages of 64 KiB: a gibibyte; without a limit a query takes four, and with it the tab of a small machine
const MEMORY_SECTION = 5;
const DRAWING = ["d3-array", "d3-geo", "d3-sankey"]; // each is one script, which adds to the global `d3`
const root = new URL("../../../../../../", import.meta.url);
const vendor = new URL("../vendor/", import.meta.url);
const npm = (path) => new URL(`node_modules/${path}`, root);
const text = (path) => readFileSync(npm(path), "utf8");
const version = (name) => JSON.parse(text(`${name}/package.json`)).version;
const write = (name, content) => writeFileSync(new URL(name, vendor), content);

mkdirSync(vendor, { recursive: true });
for (const name of DRAWING) copyFileSync(npm(`${name}/dist/${name}.min.js`), new URL(`${name}.min.js`, vendor));
write("LICENSES-pictures.txt", [
  ...DRAWING.map((name) => `${name}.min.js is ${name} ${version(name)} of npm:\n\n${text(`${name}/LICENSE`)}`),
  `d3-array.min.js has internmap inside:\n\n${text("internmap/LICENSE")}`,
].join("\n"));

copyFileSync(npm("@zazuko/yasqe/build/yasqe.min.css"), new URL("yasqe.min.css", vendor));
write("yasqe.min.js", text("@zazuko/yasqe/build/yasqe.min.js").replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"));
write("LICENSES-editor.txt", licencesOfEditor());

const wasm = limited(readFileSync(npm("oxigraph/web_bg.wasm")), MOST_MEMORY);
new WebAssembly.Module(wasm); // a limit in the wrong place would make it none
write("oxigraph.wasm.gz", gzipSync(wasm, { level: 9 }));
write("oxigraph.js", classic(text("oxigraph/web.js")));
write("LICENSES-engine.txt", licenceOfEngine());

/** The module of the engine as a classic script: a worker that is made of a text is no module. Nothing is fetched: the page hands the WebAssembly over. */
function classic(module) {
  const script = module.replace(/^export (?=class|function)/gm, "").replace(/^export \{.*\};$/m, "").replaceAll("import.meta.url", '""');
  return `var oxigraph = (() => {\n${script}\nreturn { initSync, Store };\n})();\n`;
}

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
  throw new Error("oxigraph declares its memory in another way now: mend src/tipgraph/outputs/site/web/make/vendor.mjs");
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
function licenceOfEngine() {
  const { version, license, repository } = JSON.parse(text("oxigraph/package.json"));
  return `oxigraph.js and oxigraph.wasm.gz, in a site together as engine.js, are oxigraph ${version} of npm (${license}; copyright the
Oxigraph developers), packed otherwise and with a limit to its memory. Its source, and what of others is compiled into it, is at
${repository.url.replace(/^git\+|\.git$/g, "")}

${readFileSync(new URL("LICENSE", root), "utf8").trim()}
`;
}

/** The licences of what the editor is made of, as the map of its sources names it. */
function licencesOfEditor() {
  const { version, license } = JSON.parse(text("@zazuko/yasqe/package.json"));
  const { sources, sourcesContent } = JSON.parse(text("@zazuko/yasqe/build/yasqe.min.js.map"));
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
  if (!existsSync(npm(name))) return source.match(/^(\/\/.*\n)+/)[0].replace(/^\/\/ ?/gm, "");
  return text(`${name}/${readdirSync(npm(name)).find((one) => /^licen[sc]e$/i.test(one))}`);
}
