--+ summary: Which routes are reported most, by how many claims of how many sources?
--+ summary@es: ¿De qué rutas se informa más, con cuántas afirmaciones de cuántas fuentes?
-- Only routes whose direction is said. A claim that only says another one again is left out. Labels are joined to
-- the counted routes, since there are many more claims (docs/decisions/0180-labels-are-joined-to-counted-rows.md).
WITH places AS MATERIALIZED (SELECT iri, prefLabel FROM Place),
reported AS (
  SELECT source, unnest(origin) AS origin, destination
  FROM RouteReport
  WHERE directed AND iri NOT IN (SELECT restating FROM Restatement WHERE restating IS NOT NULL)
),
ends AS (SELECT source, origin, unnest(destination) AS destination FROM reported),
by_source AS (SELECT origin, destination, source, count(*) AS claims FROM ends GROUP BY ALL),
routes AS (
  SELECT origin, destination, sum(claims)::BIGINT AS claims, count(*) AS sources FROM by_source GROUP BY origin, destination
)
SELECT origin, leaving.prefLabel AS origin_label, destination, arriving.prefLabel AS destination_label, claims, sources
FROM routes LEFT JOIN places AS leaving ON origin = leaving.iri LEFT JOIN places AS arriving ON destination = arriving.iri
ORDER BY claims DESC, origin, destination
