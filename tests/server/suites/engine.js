// What rdf-test-suite asks for beside an endpoint: an engine of its own, which the tests of protocols do not use.
"use strict";
const none = async () => { throw new Error("only protocols are tested"); };
module.exports = { parse: none, query: none };
