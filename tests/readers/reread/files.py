"""The third-party files that are read a second time."""

COMPARED = (
    "iati/iom_257_activities_v203.xml",
    "iati/freedom_fund_v203.xml",
    "iati/us_state_narcotics_negatives_v203.xml",
    "iati/v1/dqt_sample.xml",
)
