// A workbook (XLSX): sheets of cells in a ZIP without compression, which every spreadsheet opens.

import { NOT_XML } from "./svg.js";

/** @typedef {(string|number)[][]} Cells */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Sheets as a workbook; a text stays a text, whatever it begins with. @param {Record<string, Cells>} sheets  by their names */
export function workbook(sheets) {
  const names = Object.keys(sheets);
  const each = (/** @type {(name: string, number: number) => string} */ make) => names.map((name, at) => make(name, at + 1)).join("");
  const relation = (/** @type {number} */ id, /** @type {string} */ type, /** @type {string} */ target) => `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const relations = (/** @type {string} */ inside) => `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${inside}</Relationships>`;
  return zip({
    "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
      + `<Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/>${each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${CONTENT}.worksheet+xml"/>`)}</Types>`,
    "_rels/.rels": relations(relation(1, "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": `${HEAD}<workbook xmlns="${SPREADSHEET}" xmlns:r="${OFFICE}"><sheets>${each((name, n) => `<sheet name="${escaped(name)}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations(each((_, n) => relation(n, "worksheet", `worksheets/sheet${n}.xml`))),
    ...Object.fromEntries(names.map((name, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheet(sheets[name])])),
  });
}

/** @param {string} text */
const escaped = (text) => text.replace(NOT_XML, "\uFFFD").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/** @param {Cells} rows */
function sheet(rows) {
  const cell = (/** @type {string|number} */ value) => (typeof value === "number" ? `<c><v>${value}</v></c>`
    : value ? `<c t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>` : "<c/>");
  return `${HEAD}<worksheet xmlns="${SPREADSHEET}"><sheetData>${rows.map((row) => `<row>${row.map(cell).join("")}</row>`).join("")}</sheetData></worksheet>`;
}

/** Texts as a ZIP. @param {Record<string, string>} files */
function zip(files) {
  const [parts, directory] = [/** @type {Uint8Array<ArrayBuffer>[]} */ ([]), /** @type {Uint8Array<ArrayBuffer>[]} */ ([])];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const [name, body] = [path, text].map((part) => new TextEncoder().encode(part));
    const common = [20, 0x0800, 0, 0, 0x5A21, [checksum(body)], [body.length], [body.length], name.length, 0]; // UTF-8, stored, 1 January 2025
    const local = bytes([[0x04034B50], ...common]);
    directory.push(bytes([[0x02014B50], 20, ...common, 0, 0, 0, [0], [offset]]), name);
    parts.push(local, name, body);
    offset += local.length + name.length + body.length;
  }
  const [count, size] = [Object.keys(files).length, directory.reduce((sum, { length }) => sum + length, 0)];
  return new Blob([...parts, ...directory, bytes([[0x06054B50], 0, 0, count, count, [size], [offset], 0])], { type: `${CONTENT}.sheet` });
}

/** Numbers of two bytes each, those in brackets of four. @param {(number|number[])[]} numbers */
const bytes = (numbers) => new Uint8Array(numbers.flatMap((number) =>
  (Array.isArray(number) ? [0, 8, 16, 24].map((shift) => number[0] >>> shift & 255) : [number & 255, number >>> 8])));

/** The CRC-32 of bytes. @param {Uint8Array} body */
function checksum(body) {
  let crc = -1;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc >>> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
  }
  return ~crc >>> 0;
}
