"""Long lists: `shared/long-list.js` shows the items in parts, and filters and sorts all of them.

    lists/en/NAME.js    the items of a very long list that its page does not hold, as HTML, packed

Decision: docs/decisions/0184-a-long-list-is-shown-in-parts.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tipgraph.outputs.site.embedded_engine import carry, packed
from tipgraph.outputs.site.site_tree import Site, file_name

_END = "<!--next-->"  # of an item; data cannot look so, since their `<` is escaped
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class LongList(Generic[_Item]):
    """The items of a list that a page holds, how many it shows at once, the number of all, and where the others are.

    `path` is empty if the page holds all of them. Without JavaScript, the page shows those that it holds.
    """

    items: Sequence[_Item]
    size: int
    total: int
    path: str = ""


def long_list(
    site: Site, page: str, name: str, template: str, items: Sequence[_Item], parts: int, held: int, **context: Any
) -> LongList[_Item]:
    """Return the list of a page; a script has most of it if it has more items than the share `held` of the limit.

    The page shows the share `parts` of the limit at once, and the page of a large site holds no more. `template` prints
    `items`, each with `<!--next-->` after it.
    """
    size = site.share(parts)
    if len(items) <= (size if site.records else site.share(held)):
        return LongList(items, size, len(items))
    path = f"lists/{site.language}/{file_name(name)}.js"
    html = site.part(page, template, items=items[size:], **context)
    carry(site.home / path, {"items": packed([item.strip() for item in html.split(_END)[:-1]])})
    return LongList(items[:size], size, len(items), path)
