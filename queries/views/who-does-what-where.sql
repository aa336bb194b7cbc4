--+ summary: Who does what, where (3W): how many undertakings of each kind does each actor carry out in each country?
--+ summary@es: ¿Quién hace qué y dónde (3W): cuántas iniciativas de cada tipo lleva a cabo cada actor en cada país?
-- Those who carry out, organize, host or lead, as in who-does-what-where.rq. A place outside every country, such as a
-- region, stands for itself. The kind is empty where the source does not say it. What is only planned or proposed is left out.
WITH doing AS (
  SELECT DISTINCT participant AS actor, undertaking, source
  FROM Participation
  WHERE role IN ('organizer', 'convenor', 'host', 'implementer', 'associate', 'leader', 'counterpart', 'researcher',
                 'collaborator')
    AND NOT list_has_any(coalesce(caveat, []), ['planned', 'proposed', 'invited', 'target-group'])
),
what AS (SELECT DISTINCT undertaking, source, unnest(undertakingKind) AS kind FROM UndertakingReport),
places AS (SELECT DISTINCT undertaking, source, unnest(place) AS place FROM UndertakingReport),
countries AS (
  SELECT held.iri AS place, holder AS country
  FROM (SELECT iri, unnest(within) AS holder FROM Place) AS held SEMI JOIN Country ON holder = Country.iri
),
located AS (
  SELECT DISTINCT undertaking, source, coalesce(country, places.place) AS place
  FROM places LEFT JOIN countries ON places.place = countries.place
),
counted AS (
  SELECT actor, kind, place, count(DISTINCT undertaking) AS undertakings
  FROM doing LEFT JOIN what USING (undertaking, source) JOIN located USING (undertaking, source)
  GROUP BY ALL
)
SELECT actor, who.prefLabel AS label, kind, place, whereabouts.prefLabel AS place_label, undertakings
FROM counted LEFT JOIN Thing AS who ON actor = who.iri LEFT JOIN Thing AS whereabouts ON place = whereabouts.iri
ORDER BY undertakings DESC, actor, kind, place
