"""The numbers of lists as they are printed."""

_ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")]
_ROMAN += [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]
_MOST_LETTERED = 780  # Word prints a letter up to thirty times


def numeral(number: int, form: str) -> str:
    """Return a number in one of the forms of Word and HTML: `decimal`, `lowerLetter`, `upperRoman`, `a`, `I` and so on.

    >>> numeral(4, "lowerLetter"), numeral(28, "A"), numeral(9, "lowerRoman"), numeral(3, "decimal")
    ('d', 'BB', 'ix', '3')
    """
    kind = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}.get(form, form)
    if kind.endswith("Letter") and 0 < number <= _MOST_LETTERED:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif kind.endswith("Roman") and 0 < number < 4000:
        text = ""
        for value, letters in _ROMAN:
            text += letters * (number // value)
            number %= value
    else:
        return str(number)
    return text.upper() if kind.startswith("upper") else text
