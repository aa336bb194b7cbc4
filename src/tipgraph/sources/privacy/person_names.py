"""Possible names of persons in a text, by the form of names: a rule flags, and a person answers.

Letters do not tell whether "Rosa Blanca" is a woman or a shelter. A name is suspected if

- a word of address precedes capitalised words: "Ms. Ana Pérez", "la Dra. Pérez";
- an office precedes or follows two to four of them: "Minister Ana Pérez", "Ana Pérez, Director of …";
- a label of an actor has two to four of them and nothing else: "Ana Pérez", "PÉREZ, Ana", "J. M. Pérez";

and, except after a word of address, none of the words is known for an organization, an office, a place, its people, or
from the labels of the kit. The rule misses names in scripts without capitals, names of one word, and names with the
word of a place.

Decision: docs/decisions/0116-our-own-rules-compare-names.md.
"""

import re
from collections.abc import Container, Iterable, Iterator
from typing import Final, NamedTuple

from tipgraph.model import folded

NAME: Final = "name"

_ADDRESSES = """mr mrs ms miss mx dr dra prof profa sr sra srta don dona hon rev sir dame herr frau mme mlle lic licda
ing sister hermana padre monsignor excellency"""
_OFFICES = """
acting adviser advisor advocate ambassador asesor asesora attorney bishop captain chair chairman chairperson
chairwoman chief colonel commissioner consul coordinador coordinadora coordinator counsel delegate deputy diputada
diputado director directora embajador embajadora fiscal focal former founder general governor head inspector interim
jefa jefe judge juez jueza justice lawyer magistrate manager mayor minister ministra ministro officer ombudsman
president presidenta presidente procurador procuradora professor prosecutor rapporteur relator relatora representante
representative secretaria secretario secretary senador senadora senator spokesperson superintendent undersecretary
viceminister viceministra viceministro vicepresident
"""
_BODIES = """
academia academy acción action against agence agencia agency alianza alliance alternative american américa anti
archdiocese army arzobispado asamblea asociacion asociación assembly assistance assistant associates association
associação audit authority autoridad avocats ayuda banco bank bar board border branch bureau business campaign campus
caribbean caritas casa cathedral catholic center centre centro chamber charity child children christian church
ciudadana civil club coalición coalition colectivo colegio college comisión comissão comité commission committee
commonwealth communauté community company comunidad concern confederation conference conferencia congregation congress
consejería consejo consorcio consortium consulate consultants consulting contact convention convergencia cooperación
cooperation cooperativa coordinación corporación corporation corps council court crescent crime cross cruz customs
cámara data defence defense defensoría delegación departamento department development diocese dirección direction
directorate division división doctors economic ecumenical educación education embajada embassy employment empresa
enforcement enterprise equality equipo estado europe europea european exchange executive experts faculty federación
federal federation feminista fondation fondo force foreign foro forschung forum foundation frauen free freedom
frontières fund fundación fundação gender gesellschaft global gobierno gouvernement government group grupo guard
health help hermanas hilfe hogar home homme hommes hope hospital house human humanitarian humanos iglesia immigration
independent indígena iniciativa initiative inspectorate institut institute instituto integrated intelligence inter
interamerican interior internacional international internationale interpol investigation job juridique jurist justicia
juventud kids labor labour latin latina law league legal liberty library liga limited line local lutheran línea market
media medica medical medicine men mercy migración migrant migrante migrantes migrants migration military mining
ministerio ministry ministère ministério misión missing mission mobile mother movement movimiento mujer mujeres
municipal municipality museum médecins nacional national nations network niña niñas niño niños norte north northern
observatorio observatory of office oficina open opportunity organisation organización organization organizations
orthodox outreach oxfam pact parish park parlamento parliament partner partners partnership pastoral peace people
peoples planning plataforma platform point polaris police policy policía política population post prevention primate
private procuraduría program programa programme project promoción prosecution protección protection provincia
provincial public pública público quality radio rapid red redes refuge refugee refugees regional relief republic
república rescue research response rights risk road royal rural safe safety salud save school science search sección
secours secretariat secretaría section sector security seguridad senate service services servicio servicios sex
shelter sisters social sociedad society sociology solidarity solutions south southern special staff state states
station strategy street studies sub subregional sud support supreme survivors task technical tecnológica terre
together tourism trabajo trade trafficking training transport trata treasury tribunal trust unidad unidos unit united
universidad university unión urban victim victims village violence vision visión voluntary volunteer watch welfare
west western women womens work worker workers working world young youth zonta
"""
_PEOPLES = """
african arab argentine austrian belgian british canadian caribbean cuban czech danish dominican dutch english filipino
finnish french german greek guatemalan honduran irish italian mexicana mexicano nordic norwegian panamanian peruana
peruano peruvian polish portuguese salvadoran scottish slovak spanish swedish swiss thai turkish ukrainian welsh
"""
# Places that are also names of people.
_GIVEN = """
america ana andrea angel barbara bernardo carlos catalina chad charlotte christian cruz david diego dominga domingo
dominica florence francisco george georgia guadalupe helena isabel israel ivan jean jordan jorge jose juan kitts leon
lucas lucia lucy luis maria marie marino mario marta martin mateo maurice miguel nicolas paris paul paz pedro pierre
rafael ricardo rosa salvador san santa santiago sofia thomas tobias tome valencia victoria vincent virginia
"""
_SMALL = "al bin da de del della den der di do dos du e el ibn la las le los van von y zu"
_ENDINGS = re.compile(r"(?:n|s|i|ns|[ei]?an[aos]?|ians?|ese|ish|ist|e[nñ][aos]|ense|in[aos]|vian)")
_STEM = 5
_MOST = 4  # words of a name
_LONGEST_RUN = 2 * _MOST + 1  # with particles, and one word too many
_BEFORE_OFFICE = 4  # words between a name's comma and the office
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?|[^\w\s]|\w+")


_NAMES_TOO, _PARTICLES = frozenset(_GIVEN.split()), frozenset(_SMALL.split())
BODY_WORDS: Final = frozenset(_BODIES.split())
"""Words in the names of organizations."""
_ADDRESSED, _OFFICED = frozenset(_ADDRESSES.split()), frozenset(_OFFICES.split())
_CUES = _ADDRESSED | _OFFICED | {"doña"}


class Token(NamedTuple):
    """A word or a mark of a text with its place."""

    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """The word for comparison."""
        return folded(self.text)

    @property
    def is_capitalised(self) -> bool:
        """Tell whether it begins with a capital, as initials and parts of names do."""
        return self.text[0].isupper()


class NameWords:
    """Known words that are no names of persons."""

    def __init__(self, labels: Iterable[str] = (), places: Iterable[str] = ()) -> None:
        self._words = {word for text in (_BODIES, _OFFICES, _PEOPLES, *labels) for word in folded(text).split()}
        named = {word for name in places for word in folded(name).split()} - _NAMES_TOO
        self._words = (self._words | named) - _NAMES_TOO
        self._stems = {word.rstrip("aeiou") for word in named if len(word.rstrip("aeiou")) >= _STEM}
        self._stems |= {word for word in named if len(word) >= _STEM}

    def __contains__(self, word: object) -> bool:
        """Tell whether a word or a part of it ("Anti-Trafficking") is known, in any spelling."""
        parts = folded(str(word)).split()
        return any(part in self._words or self._is_people(part) for part in parts)

    def _is_people(self, word: str) -> bool:
        return any(word[:cut] in self._stems and _ENDINGS.fullmatch(word[cut:]) for cut in range(_STEM, len(word)))


def names_of_persons(text: str, known: Container[str]) -> list[str]:
    """Return possible names of persons in a text beside a word of address or an office.

    >>> names_of_persons("opened by Ms. Ana Pérez and Luis Soto, Minister of Labour", NameWords())
    ['Ana Pérez', 'Luis Soto']
    """
    if _CUES.isdisjoint(re.findall(r"[^\W\d_]+", text.casefold())):
        return []
    tokens = [Token(match[0], *match.span()) for match in _TOKEN.finditer(text)]
    return list(dict.fromkeys(text[run[0].start : run[-1].end].rstrip(".") for run in _runs(tokens, known)))


def is_name(label: str, known: Container[str]) -> bool:
    """Tell whether a whole label may be the name of a person.

    >>> [is_name(label, NameWords()) for label in ("Ana Pérez", "PÉREZ, Ana", "Pérez Foundation", "Ana", "IOM")]
    [True, True, False, False, False]
    """
    tokens = [Token(match[0], *match.span()) for match in _TOKEN.finditer(label)]
    words = [token for token in tokens if token.text != ","]
    return len(tokens) - len(words) <= 1 and len(_run(words, 0)) == len(words) and _may_be_name(words, known)


def key(name: str) -> str:
    """Return the key that all spellings of a name share.

    >>> key("PÉREZ,  Ana")
    'perez ana'
    """
    return folded(name)


def _runs(tokens: list[Token], known: Container[str]) -> Iterator[list[Token]]:
    """Yield the words of a possible name beside each word of address and each office."""
    for at, token in enumerate(tokens):
        if not token.is_capitalised:
            continue
        if token.word in _ADDRESSED:
            run = _run(tokens, at + 1 + any(token.text in _PARTICLES for token in tokens[at + 1 : at + 2]))
            is_name = any(_is_word(token) and token.word not in known for token in run)
        else:
            run = _run(tokens, at + 1) if token.word in _OFFICED else _run_before_office(tokens, at)
            is_name = _may_be_name(run, known)
        if is_name:
            yield run


def _run_before_office(tokens: list[Token], at: int) -> list[Token]:
    """Return the run that begins at a position if a comma and an office follow it; else an empty list."""
    if at and tokens[at - 1].is_capitalised:
        return []
    run = _run(tokens, at)
    after = tokens[at + len(run) : at + len(run) + 1 + _BEFORE_OFFICE]
    return run if after and after[0].text == "," and _names_office(after[1:]) else []


def _names_office(tokens: list[Token]) -> bool:
    """Tell whether an office comes before the next mark."""
    for token in tokens:
        if not token.text[0].isalpha():
            return False
        if token.word in _OFFICED:
            return True
    return False


def _run(tokens: list[Token], at: int) -> list[Token]:
    """Return the capitalised words from a position on, with the particles between them."""
    end = at
    for number in range(at, min(at + _LONGEST_RUN, len(tokens))):
        token = tokens[number]
        if token.is_capitalised:
            end = number + 1
            if token.text.endswith(".") and len(token.word) > 1:  # a sentence ends
                break
        elif token.text not in _PARTICLES or number == at:
            break
    return tokens[at:end]


def _is_word(token: Token) -> bool:
    return len(token.word) > 1 and token.text not in _PARTICLES


def _may_be_name(run: list[Token], known: Container[str]) -> bool:
    """Tell whether two to four words have the form of a name: unknown words, with the capitals of names."""
    words = [token for token in run if token.text not in _PARTICLES]
    full = [token.text for token in words if _is_word(token)]
    if not (full and 2 <= len(words) <= _MOST):
        return False
    return not (_has_acronym(full) or any(text in known for text in full))


def _has_acronym(words: list[str]) -> bool:
    """Tell whether one of the words is an acronym, and another one is not in capitals."""
    return any(word.isupper() and len(word) <= _MOST for word in words) and not all(map(str.isupper, words))
