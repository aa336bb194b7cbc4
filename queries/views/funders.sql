--+ summary: What did each actor give, pledge or propose, by kind of money, type of finance and currency, apart from money passed on and claims that are not reviewed; how many amounts are not known?
--+ summary@es: ¿Cuánto dio, prometió o propuso cada actor, por tipo de dinero, de financiación y moneda, aparte del dinero transmitido y de lo no revisado, y cuántos montos no se conocen?
-- A claim of a payment for which another one counts, and what a later budget or file revised, are left out. The amount of several givers belongs to none of them alone, and an
-- unknown amount is unknown, never 0: both are counted apart, and so are claims that are only implied and money for attendance.
WITH given AS (
  SELECT unnest(giver) AS actor, len(giver) AS givers, moneyKind AS kind, financeType AS finance, currency, amount,
         modality = 'implied' AS is_implied, len(attendance) > 0 AS is_for_attendance,
         len(coalesce(continues, [])) + len(coalesce(mayContinue, [])) > 0 AS passed_on,
         review = 'unreviewed' AS unreviewed
  FROM Funding
  WHERE len(coalesce(countsAs, [])) = 0
)
SELECT actor, any_value(prefLabel) AS label, kind, finance, passed_on, unreviewed, currency, sum(amount) FILTER (givers = 1) AS amount,
       count(*) AS claims, count(*) FILTER (amount IS NULL) AS unknown, count(amount) FILTER (givers > 1) AS shared,
       count(*) FILTER (is_implied) AS implied, count(*) FILTER (is_for_attendance) AS attendance
FROM given LEFT JOIN Thing ON actor = iri
GROUP BY actor, kind, finance, passed_on, unreviewed, currency
ORDER BY unreviewed, claims DESC, actor, kind, finance, passed_on, unreviewed, currency
