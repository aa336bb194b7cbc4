"""Each third-party file: those that are compared with what the importers make of them, and why the others are not.

`tests/readers/test_real.py` fails if a file is in none of the two.
"""

from typing import NamedTuple

COMPARED = (
    # kind, file
    ("iati", "iati/iom_257_activities_v203.xml"),
    ("iati", "iati/freedom_fund_v203.xml"),
    ("iati", "iati/us_state_narcotics_negatives_v203.xml"),
    ("iati", "iati/v1/dqt_sample.xml"),
    *(("routes", f"routes/tip-edgelists/edgelist{year}.txt") for year in (2001, 2005, 2010, 2015)),
    ("ctdc", "routes/ctdc_corridors_routes.csv"),
    ("glotip", "routes/glotip_flows_subset.csv"),
    ("factbook", "routes/tip_2017-03.json"),
    ("factbook", "routes/tip_2023-12.json"),
    ("ftm", "ftm/aleph_samples.ijson"),
)


class Other(NamedTuple):
    """What files are that hold no activities, routes or payments, and the tests that use them."""

    what: str
    users: tuple[str, ...] = ()


INTAKE, REREAD = "benchmarks/intake.py", "tests/readers/reread/countries.py"
IDENTITY, STANDARDS = "tests/identity/test_labelled.py", "tests/readers/test_standards.py"
OTHERS = {  # by the beginning of the path
    "documents/": Other("documents without claims about trafficking, for the intake of texts", (INTAKE,)),
    "htcds/": Other("definitions of fields, which the ontology names; a person read them, and no test does"),
    "iati/codelists_2/": Other("the lists of the codes that the ontology names", (STANDARDS,)),
    "iati/rulesets/": Other("rules for publishers; importers take files that break them, and no test reads them"),
    "iati/schema_203/": Other("the schema of the files that are compared, and its licence", (STANDARDS,)),
    "reference/countries-110m.json": Other("outlines of countries; pages have those of npm, and no test reads it"),
    "reference/geonames_cities": Other("names of cities; no importer guesses a city, and no test reads it"),
    "reference/i18n_iso_": Other("names and codes of countries, for the second reading", (REREAD,)),
    "reference/oas_participation": Other("members of the OAS; no importer reads it, and no test does"),
    "reference/supraverden": Other("names of organizations, which people said are the same", (IDENTITY,)),
    "reference/un_m49.json": Other("names and codes of regions, for the second reading", (REREAD,)),
    "reference/world-countries": Other("names of countries and their people, for the second reading", (REREAD,)),
    "w3c/": Other("the W3C's tests of SPARQL and its protocols, and their licence", ("tests/server/test_w3c.py",)),
}  # fmt: skip
