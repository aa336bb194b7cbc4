// The namespaces of the graph, as Python has them.

import { namespaces } from "./python.json";

export const { id: ID_BASE, tip: TIP, code: CODE, xsd: XSD } = namespaces;

/** An IRI without the namespace of entries. @param {string} iri */
export const shortIri = (iri) => iri.startsWith(ID_BASE) ? iri.slice(ID_BASE.length) : iri;
