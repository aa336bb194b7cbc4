--+ summary: Which routes are reported most, by how many claims of how many sources?
--+ summary@es: ¿De qué rutas se informa más, con cuántas afirmaciones de cuántas fuentes?
-- Only routes whose direction is said. A claim that only says another one again is left out.
WITH reported AS (
  SELECT iri, source, unnest(origin) AS origin, destination
  FROM RouteReport
  WHERE directed AND NOT EXISTS (SELECT restating FROM Restatement WHERE restating = RouteReport.iri)
),
ends AS (SELECT iri, source, origin, unnest(destination) AS destination FROM reported)
SELECT origin, leaving.prefLabel AS origin_label, destination, arriving.prefLabel AS destination_label,
       count(*) AS claims, count(DISTINCT ends.source) AS sources
FROM ends LEFT JOIN Thing AS leaving ON origin = leaving.iri LEFT JOIN Thing AS arriving ON destination = arriving.iri
GROUP BY ALL
ORDER BY claims DESC, origin, destination
