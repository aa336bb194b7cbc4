--+ summary: Who takes part in the same undertakings, and in how many of them?
--+ summary@es: ¿Quiénes participan en las mismas iniciativas, y en cuántas?
-- Not who is only invited, named or meant to benefit, nor what is only planned or proposed.
WITH taking AS (
  SELECT DISTINCT participant AS actor, undertaking
  FROM Participation
  WHERE NOT list_has_any(coalesce(caveat, []), ['planned', 'proposed', 'invited', 'named', 'target-group'])
),
pairs AS (
  SELECT one.actor AS one, other.actor AS other, count(*) AS undertakings
  FROM taking AS one JOIN taking AS other ON one.undertaking = other.undertaking AND one.actor < other.actor
  GROUP BY ALL
)
SELECT one, first.prefLabel AS one_label, other, second.prefLabel AS other_label, undertakings
FROM pairs LEFT JOIN Thing AS first ON one = first.iri LEFT JOIN Thing AS second ON other = second.iri
ORDER BY undertakings DESC, one, other
