"""How IATI activities are classified: policy markers, tags, humanitarian emergencies and appeals, and the flag.

A marker with significance 0 was examined and is not targeted. It is a claim, and never a topic.

Decision: docs/decisions/0206-classifications-are-one-class.md.
"""

from tipgraph.sources.importers.iati.activity import Activity, Element
from tipgraph.sources.importers.iati.words import worded
from tipgraph.sources.importers.row_builder import RowBuilder

_OECD = frozenset({"", "1", "DAC"})  # the list of the OECD, in versions 2 and 1
_SCHEMES = ("policy-marker", "tag")
_TRUE = frozenset({"1", "true"})


def read_classifications(builder: RowBuilder, activity: Activity, project: str) -> None:
    """Claim the classifications of an activity."""
    for scheme in _SCHEMES:
        for element in activity.all(scheme):
            _read(builder, activity, project, element, scheme)
    kinds = builder.ontology.matches("humanitarianscopetype")
    for element in activity.all("humanitarian-scope"):
        kind = kinds.get(element.get("type"), "")
        if kind:
            _read(builder, activity, project, element, kind)
        else:
            activity.fault(builder, f"{element.get('type')!r} is no type of a humanitarian-scope; left out", element)
    if (activity.node.get("humanitarian") or "").strip().casefold() in _TRUE:
        builder.claim("classifications", activity.start_tag, undertaking=project, classificationScheme="humanitarian")


def _read(builder: RowBuilder, activity: Activity, project: str, element: Element, scheme: str) -> None:
    code, significance = element.get("code"), element.get("significance")
    if not code:
        activity.fault(builder, f"a {element.node.tag} without a code; left out", element)
        return
    is_marker = scheme == "policy-marker"
    is_of_oecd = is_marker and element.get("vocabulary") in _OECD
    known = builder.ontology.matches("policymarker") if is_of_oecd else {}
    if is_of_oecd and code not in known:
        activity.fault(builder, f"{code!r} is no policy marker of the OECD's list; imported unchanged", element)
    weight = builder.ontology.matches("policysignificance").get(significance, "") if is_marker else ""
    if significance and not weight:
        activity.fault(builder, f"{significance!r} is no significance with a code here", element)
    builder.claim("classifications", element.at, undertaking=project, classificationScheme=scheme, conceptCode=code,
                  policyMarker=known.get(code, ""), vocabulary=element.get("vocabulary") or "1", significance=weight,
                  **worded(builder, element.node, "conceptLabel", activity.language))  # fmt: skip
