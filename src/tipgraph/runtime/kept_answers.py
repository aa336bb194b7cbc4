"""Answers that an object keeps as long as it lives."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

_Self = TypeVar("_Self")
_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


def kept(
    method: Callable[Concatenate[_Self, _Given], _Answer],
) -> Callable[Concatenate[_Self, _Given], _Answer]:
    """Return a method that keeps its answers in its object; `functools.cache` would keep the object for ever.

    What is given must be hashable.

    >>> class Book:
    ...     @kept
    ...     def pages(self, chapter):
    ...         return [chapter]
    >>> book = Book()
    >>> book.pages("one") is book.pages("one"), book.pages("one") is Book().pages("one")
    (True, False)
    >>> from weakref import ref
    >>> known = ref(book)
    >>> del book
    >>> known() is None
    True
    """
    name = f"_kept_{method.__name__}"

    @wraps(method)
    def answer(self: _Self, /, *given: _Given.args, **named: _Given.kwargs) -> _Answer:
        answers: dict[Any, _Answer] = vars(self).setdefault(name, {})
        key = (given, frozenset(named.items())) if named else given
        if key not in answers:
            answers[key] = method(self, *given, **named)
        return answers[key]

    return answer
