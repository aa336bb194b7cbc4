// A door before the server under test, for the W3C protocol tests; its address is printed.
//
// The runner lays the data of a test into an endpoint by an update of its own, which a server that only reads refuses.
// The data lie in the graph already; so this door answers that one request itself, and passes all others on as they are.
"use strict";
const http = require("node:http");

const LOADS = "DROP SILENT ALL ;\nINSERT DATA";
const target = new URL(process.argv[2]);

/** Pass a request on as it is, and its answer back. */
function passOn(request, body, response) {
  const headers = { ...request.headers, host: target.host };
  const passed = http.request(new URL(request.url, target), { method: request.method, headers }, (reply) => {
    response.writeHead(reply.statusCode, reply.headers);
    reply.pipe(response);
  });
  passed.on("error", () => response.destroy());
  passed.end(body);
}

const server = http.createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  const loads = request.headers["content-type"] === "application/sparql-update" && body.toString().startsWith(LOADS);
  if (loads) response.writeHead(204).end();
  else passOn(request, body, response);
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`http://127.0.0.1:${server.address().port}${target.pathname}\n`));
