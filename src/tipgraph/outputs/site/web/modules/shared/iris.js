// A network page without its page: which nodes and edges a choice of filters shows, and that choice as a URL fragment.

/** @import { Facet, Item, NetworkData, NetworkEdge, NetworkNode, NetworkState, Shown } from "../network/types.d.ts" */
/** @import { Answer, Row, Term } from "../query/types.d.ts" @import { AlsoSaid, Labels, Remarked, SaidAt, Sentence, ToldClaim, Words } from "./types.d.ts" */

export const ID_BASE = "https://w3id.org/tipgraph/id/";

/** @param {string} iri */
export const shortIri = (iri) => iri.startsWith(ID_BASE) ? iri.slice(ID_BASE.length) : iri;
// RDF terms as a SPARQL endpoint answers with them, and as they are put into the slots of a query: no other text ever is.

export const XSD = "http://www.w3.org/2001/XMLSchema#";
export const TIP = "https://w3id.org/tipgraph/ns#";
export const CODE = "https://w3id.org/tipgraph/code#";
