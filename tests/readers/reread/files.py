"""Each third-party file: those that are compared with what the importers make of them, and why the others are not.

`tests/readers/test_real.py` fails if a file is in none of the two.
"""

from typing import NamedTuple

COMPARED = (
    "iati/iom_257_activities_v203.xml",
    "iati/freedom_fund_v203.xml",
    "iati/us_state_narcotics_negatives_v203.xml",
    "iati/v1/dqt_sample.xml",
)


class Other(NamedTuple):
    """What files are that hold no activities, and the tests that use them."""

    what: str
    users: tuple[str, ...] = ()


INTAKE, REAL = "benchmarks/intake.py", "tests/readers/test_real.py"
IDENTITY, STANDARDS = "tests/identity/test_labelled.py", "tests/readers/test_standards.py"
OTHERS = {  # by the beginning of the path
    "documents/": Other("documents without claims about trafficking, for the intake of texts", (INTAKE,)),
    "htcds/": Other("definitions of fields, which the ontology names; a person read them, and no test does"),
    "iati/codelists_2/": Other("the lists of the codes that the ontology names", (STANDARDS,)),
    "iati/rulesets/": Other("rules for publishers; importers take files that break them, and no test reads them"),
    "iati/schema_203/": Other("the schema of the files that are compared, and its licence", (STANDARDS,)),
    "reference/countries-110m.json": Other("outlines of countries; pages have those of npm, and no test reads it"),
    "reference/geonames_cities": Other("names of cities; no importer guesses a city, and no test reads it"),
    "reference/i18n_iso_": Other("names and codes of countries; no test reads it"),
    "reference/oas_participation": Other("members of the OAS; no importer reads it, and no test does"),
    "reference/supraverden": Other("names of organizations, which people said are the same", (IDENTITY,)),
    "reference/un_m49.json": Other("names and codes of regions; no test reads it"),
    "reference/world-countries": Other("names of countries and their people; no test reads it"),
    "ftm/": Other("entities of FollowTheMoney, of which nothing is imported", (REAL,)),
    "routes/": Other("lists and texts of routes: each name and figure of a claim is in the words it cites", (REAL,)),
    "w3c/": Other("the W3C's tests of SPARQL and its protocols, and their licence", ("tests/server/test_w3c.py",)),
}  # fmt: skip
