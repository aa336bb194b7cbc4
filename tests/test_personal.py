"""What points to a person is found in any spelling, and what only looks like it is not."""

import time
from datetime import date
from hashlib import sha256

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipgraph.sources.personal_data import EMAIL, PASSPORT, TELEPHONE, Found, find_personal, key, mask, masked
from tipgraph.sources.privacy.person_names import NameWords, is_name, names_of_persons

AROUND = st.sampled_from(["{}", "see {}, please", "({})", "of {}; then", "«{}»", "sobre {} y más", "\t{}\u00a0", "{}…"])
LABEL = st.from_regex(r"[a-z][a-z0-9-]{0,8}[a-z]", fullmatch=True)
LOCAL = st.from_regex(r"[a-z]{3,9}(?:[._+-][a-z0-9]{1,6})?", fullmatch=True)
AT = ["@", "＠", " @ ", "(at)", " (at) ", "[at]", " [AT] ", "{at}", "(arroba)", "%40", "&#64;", "\u200b@"]
DOT = [".", "．", " . ", "(dot)", " [dot] ", "(punto)", " dot "]
DIGITS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "０１２３４５６７８９"]
SEPARATORS = [" ", "-", ".", "\u00a0", "\u2009", "–", "‑", "−", " - ", "/"]


def kinds(text: str) -> list[str]:
    return [one.kind for one in find_personal(text)]


@given(AROUND, LOCAL, st.lists(LABEL, min_size=1, max_size=3), st.sampled_from(AT), st.sampled_from(DOT))
def test_an_address_is_found_however_it_is_written(
    around: str, local: str, labels: list[str], at: str, dot: str
) -> None:
    text = around.format(local + at + dot.join([*labels, "org"]))
    assert EMAIL in kinds(text)
    assert key(find_personal(text)[0]) == f"{local}@{'.'.join([*labels, 'org'])}"
    assert local not in masked(text)
    assert find_personal(masked(text)) == []


@pytest.mark.parametrize("text", [
    "mailto:ana.perez@example.org?subject=x", "https://example.org/?email=ana@example.org&x=1",
    "https://example.org/?to=ana%40example.org", "ana at example dot org", "ana arroba example punto org",
    '"ana perez"@example.org', "José@bücher.example", "ana@[192.0.2.1]", "Ana Pérez <ana@example.org>",
    "ana@sub.example.co.uk", "git@github.com:x/y",
])  # fmt: skip
def test_an_address_in_other_places(text: str) -> None:
    assert kinds(text) == [EMAIL]


@pytest.mark.parametrize("text", [
    "@handle", "https://medium.com/@name/post", "12345@N00", "two seminars @ Lima", "label@es", "held at Lima. Then",
    "a@b", "5 kg @ 3.20", "met (at) noon", "package@1.2.3", "look at the dot product", "@", "(at)", "at dot",
])  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    assert find_personal(text) == []


@given(
    AROUND, st.sampled_from(["+{}", "+{} ", "00{} ", "(+{}) "]), st.sampled_from(["41", "52", "591", "880", "34"]),
    st.lists(st.integers(20, 99).map(str), min_size=4, max_size=4),
    st.sampled_from(SEPARATORS), st.sampled_from(DIGITS),
)  # fmt: skip
def test_a_telephone_number_is_found_in_any_digits_and_separators(
    around: str, before: str, country: str, groups: list[str], separator: str, digits: str
) -> None:
    number = before.format(country) + separator.join(groups)
    text = around.format(number.translate(str.maketrans("0123456789", digits)))
    assert kinds(text) == [TELEPHONE]
    assert key(find_personal(text)[0]).endswith(country + "".join(groups))
    assert "".join(groups) not in "".join(filter(str.isdigit, masked(text)))


WRITTEN = [
    phonenumbers.PhoneNumberFormat.INTERNATIONAL,
    phonenumbers.PhoneNumberFormat.E164,
    phonenumbers.PhoneNumberFormat.RFC3966,
]


EXAMPLES = {
    (region, kind): example
    for region in sorted(phonenumbers.SUPPORTED_REGIONS)
    for kind in (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE)
    if (example := phonenumbers.example_number_for_type(region, kind))
}


def test_numbers_of_every_country_are_found_and_behind_a_word_those_without_the_country_too() -> None:
    missed = []
    for example in EXAMPLES.values():
        texts = [f"reach us: {phonenumbers.format_number(example, form)}" for form in WRITTEN]
        national = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)
        texts += [f"Tel.: {national}"] * (sum(map(str.isdigit, national)) > 5)
        missed += [text for text in texts if TELEPHONE not in kinds(text)]
    assert len(EXAMPLES) > 400
    assert missed == []


@pytest.mark.parametrize("text", [
    "022 717 91 11", "020 7946 0958", "0171/1234567", "0791234567", "(202) 555-0143", "202.555.0143",
    "1-888-373-7888", "55 1234 5678", "(591-2) 2441234", "fax 717 9111", "teléfono: 7123-4567", "WhatsApp 79123456",
    "Tél. no 71 12 34 56", "wa.me/41227179111", "since 2004 022 717 91 11", "tel:+41227179111",
])  # fmt: skip
def test_a_telephone_number_without_its_country(text: str) -> None:
    assert kinds(f"write, or {text}, at any time") == [TELEPHONE]


@pytest.mark.parametrize("text", [
    "A1234567", "G12345678", "AN123456", "passport no. 123456789", "Pasaporte N° AB123456", "passport C01X00T47",
    "DNI 12.345.678", "12345678Z", "X1234567L", "123-45-6789", "123.456.789-09", "12.345.678-5", "cédula: 1.234.567",
    "PEPJ800101HDFRRN09", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<", "Ａ１２３４５６７", "passport ١٢٣٤٥٦٧٨٩",
])  # fmt: skip
def test_a_number_as_passports_and_identity_cards_have(text: str) -> None:
    assert kinds(f"seen: {text}.") == [PASSPORT]
    assert find_personal(masked(f"seen: {text}.")) == []


AMOUNT = st.integers(0, 10**13)
DAY = st.dates(date(1900, 1, 1), date(2100, 1, 1))
OTHER = st.one_of(
    st.builds("{}-{}-{}".format, st.sampled_from(["XM-DAC-47066", "GB-CHC", "US-EIN", "BE-BCE_KBO"]),
              st.from_regex(r"[A-Z]{0,3}\.?[0-9]{4,10}", fullmatch=True), st.integers(0, 99)),
    AMOUNT.map("{:,}".format), AMOUNT.map("{:,} USD".format), AMOUNT.map("US${:,}.50".format), AMOUNT.map(str),
    AMOUNT.map(lambda number: f"{number:,}".replace(",", " ") + " euros"),
    AMOUNT.map(lambda number: f"{number:,}".replace(",", ".") + ",50"), AMOUNT.map("+{:,}".format),
    DAY.map(lambda day: day.isoformat()),
    st.builds("{}/{}".format, DAY, DAY),
    DAY.map("{:%d/%m/%Y}".format),
    DAY.map("{0:%d.%m.%Y}-{0:%d.%m.%Y}".format),
    DAY.map("{:%Y%m%d}".format),
    st.builds("{}-{}".format, st.integers(1900, 2100), st.integers(1900, 2100)),
    st.binary().map(lambda raw: sha256(raw).hexdigest()), st.uuids().map(str),
    st.builds("{:.4f}, {:.4f}".format, st.floats(-90, 90), st.floats(-180, 180)),
    st.builds("{:+.6f}{:+.6f}".format, st.floats(-90, 90), st.floats(-180, 180)),
    st.integers(1, 10**9).map("Q{}".format), st.integers(1, 10**9).map("https://www.wikidata.org/wiki/Q{}".format),
    st.builds("CP/doc.{}/{:02}".format, st.integers(1, 9999), st.integers(0, 99)),
    st.builds("AG/RES. {} (XXXV-O/{:02})".format, st.integers(1, 9999), st.integers(0, 99)),
    st.builds("A/{}/{}".format, st.integers(1, 99), st.integers(1, 999)),
    st.integers(1, 9999).map("S/RES/{} (2016)".format),
    st.from_regex(r"ISBN 97[89]-[0-9]-[0-9]{3}-[0-9]{5}-[0-9X]", fullmatch=True),
    st.from_regex(r"ISBN [0-9]{9}[0-9X]", fullmatch=True), st.from_regex(r"10\.[0-9]{4}/[0-9]{6,12}", fullmatch=True),
    st.integers(1, 10**10).map("https://example.org/doc/{0}?id={0}".format),
    st.builds("between {} and {}, or {}-{}".format, *[st.integers(1, 99_999)] * 4),
    st.sampled_from([
        "01234567", "SC 01234567", "BO", "BOL", "068", "P24M", "04-1234567", "SLMAQM09GR1234", "S-SJTIP-21-CA-0007",
        "FY20042005", "p13-1", "oas-cim-2005/funding/p13-1", "2004-11-11T09:30:00+01:00", "0000-0002-1825-0097",
    ]),
)  # fmt: skip


@given(st.sampled_from(["{}", "in {} there", "({})", "see {}, and", "of {}."]), OTHER)
def test_what_only_looks_like_it_is_not_found(around: str, other: str) -> None:
    text = around.format(other)
    assert find_personal(text) == []
    assert masked(text) == text


@given(st.text())
def test_any_text_is_read_and_masked_for_good(text: str) -> None:
    assert not [one for one in find_personal(masked(text)) if one.kind == EMAIL]
    assert all(one.text for one in find_personal(text))


@pytest.mark.parametrize("piece", [
    "a", "a.", "@", "a@", "a@a", "a@b.org ", "0 ", "0", "+1 ", "+41 22 717 91 11, ", "(at)", " at ", "a dot ", "<<",
    "P<AAA", "P<AAAB<<", "\u200b", "A ", "A, ", "Mr ", "Mr A, ", "Minister A B, ", "de ",
    "passport ", "tel. ", "tel 0 ",
])  # fmt: skip
def test_a_hostile_cell_takes_no_time(piece: str) -> None:
    known = NameWords()

    def seconds(times: int) -> float:
        begun = time.process_time()
        masked(piece * times)
        names_of_persons(piece * times, known)
        is_name(piece * times, known)
        return time.process_time() - begun

    assert seconds(20_000) < 40 * seconds(2_000) + 1  # ten times as much takes about ten times as long


def test_what_is_masked_is_known_again_by_who_sees_it() -> None:
    assert mask(Found(EMAIL, "jane.doe@example.org")) == "j…@…"
    assert masked("jane@example.org, +41 22 717 9111, A1234567") == "j…@…, …11, …67"


KNOWN = NameWords(places=["Mexico", "Bolivia", "Lima", "San José", "Santiago", "Jordan"])


@pytest.mark.parametrize("label", [
    "Ana Pérez", "PÉREZ, Ana", "J. M. Pérez", "Juan de la Cruz", "Jordan Smith", "Santiago Soto", "Li Wei",
    "Ludwig van Beethoven", "Иван Петров", "Mary-Ann O'Neill", "Kofi A. Annan", "ANA PEREZ",
])  # fmt: skip
def test_a_label_that_may_be_a_name(label: str) -> None:
    assert is_name(label, KNOWN)


@pytest.mark.parametrize("label", [
    "Lantern Fund", "Harbour Watch", "Casa Clara", "Government of Bolivia", "Bolivian Lanterns", "Mexican Rosa Clara",
    "Attorney General", "IOM", "OAS Permanent Council", "Save the Children", "Rosa", "Pérez Foundation",
    "Lima, Bolivia", "Anti-Trafficking Coordinator", "A. B.", "", "2004", "IOM Clara", "a b c", "Ana, Rosa, Clara",
])  # fmt: skip
def test_a_label_that_is_none(label: str) -> None:
    assert not is_name(label, KNOWN)


@pytest.mark.parametrize(("text", "told"), [
    ("opened by Ms. Ana Pérez in Lima", ["Ana Pérez"]), ("la Dra. Pérez habló", ["Pérez"]), ("Sra. de Soto", ["Soto"]),
    ("H.E. Ms. Ana Pérez and Hon. John Doe", ["Ana Pérez", "John Doe"]), ("Minister Ana Pérez spoke", ["Ana Pérez"]),
    ("DR. ANA PEREZ", ["ANA PEREZ"]), ("Embajadora Rosa Soto", ["Rosa Soto"]), ("Mr. President", []),
    ("the Attorney General of Mexico", []), ("Secretary General", []), ("Minister of Labour, La Paz", []),
    ("Lima, Peru: the Director", []), ("the Deputy Minister", []), ("Executive Director Harbour Watch", []), ("", []),
    ("Judge.", []), ("Dr.", []), ("a mayor problem", []), ("mr ana", []),
])  # fmt: skip
def test_names_beside_a_word_of_address_or_an_office(text: str, told: list[str]) -> None:
    assert names_of_persons(text, KNOWN) == told


GIVEN = st.sampled_from(["Ana", "Luis", "Nguyễn", "Olga", "Mehmet", "Fatou", "Zoë", "Þóra", "Siân", "Łukasz"])
FAMILY = st.sampled_from(["Pérez", "Okafor", "Ivanova", "Yılmaz", "García-Soto", "O'Brien", "Nováková", "Diop", "Æsir"])


@given(GIVEN, FAMILY, st.sampled_from(["{0} {1}", "{1}, {0}", "{0} M. {1}", "{0} de {1}"]))
def test_names_in_their_common_forms(given_name: str, family: str, form: str) -> None:
    name = form.format(given_name, family)
    assert is_name(name, KNOWN)
    assert names_of_persons(f"a talk of Ms. {name.replace(',', '')} on visas", KNOWN) == [name.replace(",", "")]
