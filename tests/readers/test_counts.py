"""Counts of CTDC and UNODC."""

from .conftest import Taking

CTDC = """from,to,n,internal,kind,labour,sexual,minor
USA,USA,10928,True,sexual exploitation,1583,9386,2041
MEX,USA,12,False,mixed,<11,0,
XYZ,USA,1,False,mixed,1,1,1
"""
COLUMNS = ["Iso3_code", "Country", "Region", "Subregion", "Indicator", "Dimension", "Category", "Sex", "Age", "Year"]
HEAD = ",".join([*COLUMNS, "Unit of measurement", "txtVALUE", "Source"]) + "\n"


def row(category: str, value: str, dimension: str = "by citizenship", sex: str = "Total", age: str = "Total") -> str:
    place = "ITA,Italy,Europe,Southern Europe,Detected trafficking victims"
    return f"{place},{dimension},{category},{sex},{age},2012,Counts,{value},GLOTIP\n"


def test_numbers_of_ctdc_are_detected_victims_of_a_route(taking: Taking) -> None:
    found = taking("ctdc", CTDC)
    assert [one["label"] for one in found.rows["routes"]] == ["within United States", "Mexico to United States"]
    assert found.only("route-reports", route="routes/mexico-united-states")[0]["form"] == "labour | sexual"
    inner = found.only("estimates", subject="routes/united-states-united-states")
    assert [(one["value"], one.get("form", ""), one.get("age", "")) for one in inner] == [
        ("10928", "", ""), ("1583", "labour", ""), ("9386", "sexual", ""), ("2041", "", "child"),
    ]  # fmt: skip
    assert {(one["basis"], one["population"], one["per"]) for one in inner} == {("detected", "victims", "total")}
    other = found.only("estimates", subject="routes/mexico-united-states")
    assert [(one.get("value", ""), one["hedge"], one["valueAsPrinted"]) for one in other] == [
        ("12", "exact", "12"), ("", "suppressed", "<11"), ("0", "exact", "0"),
    ]  # fmt: skip
    assert found.taken.report.unresolved == {"XYZ": 1}


def test_citizenship_is_an_implied_origin_and_what_is_no_country_stays_what_it_is(taking: Taking) -> None:
    text = HEAD + row("Nigeria", "112") + row("Nationals", "7") + row("Abroad", "<5", "by country of repatriation")
    text += (
        row("Romania", "9", "by country of repatriation")
        + row("Italy", "6")
        + row("Indian", "5")
        + row("M49 Region: Africa", "5")
    )
    found = taking("glotip", text)
    assert [(one["origin"], one["destination"], one["modality"]) for one in found.rows["route-reports"]] == [
        ("reference/places/nigeria", "reference/places/italy", "implied"),
        ("reference/places/africa", "reference/places/italy", "implied"),
    ]
    assert [
        (one["subject"], one.get("value", ""), one["hedge"], one["population"], one["note"])
        for one in found.rows["estimates"]
    ] == [
        ("routes/nigeria-italy", "112", "exact", "victims", "by citizenship: “Nigeria”"),
        ("reference/places/italy", "7", "exact", "nationals", "by citizenship: “Nationals”"),
        ("reference/places/italy", "", "suppressed", "victims", "by country of repatriation: “Abroad”"),
        ("reference/places/italy", "9", "exact", "victims", "by country of repatriation: “Romania”"),
        ("reference/places/italy", "6", "exact", "victims", "by citizenship: “Italy”"),
        ("reference/places/italy", "5", "exact", "victims", "by citizenship: “Indian”"),
        ("routes/africa-italy", "5", "exact", "victims", "by citizenship: “M49 Region: Africa”"),
    ]
    assert found.taken.report.unresolved == {"Indian": 1}


def test_sex_and_age_are_codes_and_unknown_ones_are_listed(taking: Taking) -> None:
    text = (
        HEAD
        + row("Peru", "5", sex="Female", age="0 to 17 years")
        + row("Peru", "6", sex="Male", age="18 years or over")
    )
    found = taking("glotip", text + row("Peru", "7", sex="Robot", age="Unknown") + row("Peru", "many"))
    assert [(one.get("sex", ""), one["age"]) for one in found.rows["estimates"]] == [
        ("female", "child"), ("male", "adult"), ("", "not-stated"),
    ]  # fmt: skip
    assert [fault.partition(";")[0] for fault in found.faults] == [
        "made.data:4: Sex: 'Robot' is no code of sex",
        "made.data:5: Value: 'many' is no whole number",
    ]
