"""HTML from notebooks made fit for the site's pages."""

import re

import bleach
from bs4 import BeautifulSoup, Tag

LONG = 40  # characters of a table cell that need a column of some width

_TAGS = frozenset(
    "a abbr b blockquote br caption cite code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3"
    " h4 h5 hr i img ins kbd li mark ol p pre q small span strong sub summary sup table tbody td tfoot th thead"
    " tr ul".split()
)
_ATTRIBUTES = {
    "*": ["class", "id", "title", "lang", "role", "tabindex", "aria-label"],
    "a": ["href"],
    "img": ["src", "alt"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan", "scope"],
}
_NUMBER = re.compile(r"[-+−–]?[\d.,]+ ?%?|nan|NaN|–|—")


def clean_html(html: str) -> str:
    """Cut HTML to harmless tags, put tables into scrollers, and lead links to the site's pages.

    Parameters
    ----------
    html : str
        What a notebook shows. It may carry words of an article, so none of it is trusted: scripts, styles and
        pictures from elsewhere go, tags that are no text or table are stripped.

    Returns
    -------
    str
        HTML with links to pages (``NAME.html``), figures (``figures/NAME``) and the web; other links are plain text.
    """
    soup = BeautifulSoup(html, "html.parser")
    for element in soup(["style", "script"]):
        element.decompose()
    for link in soup("a", href=True):
        address = _site_address(link["href"])
        if address:
            link["href"] = address
        else:
            link.unwrap()
    for picture in soup("img"):
        address = _site_address(picture.get("src", ""))
        if address and not address.startswith("http"):
            picture["src"] = address
        else:
            picture.decompose()
    for table in soup("table"):
        _one_head(table)
        _align(table)
        label = {"tabindex": "0", "role": "group", "aria-label": "Table"}
        table.wrap(soup.new_tag("div", attrs={"class": "scroller"} | label))
    return bleach.clean(str(soup), tags=_TAGS, attributes=_ATTRIBUTES, protocols=["http", "https", "data"], strip=True)


def _one_head(table: Tag) -> None:
    """Move the names of the index, which pandas sets into a second row, beside those of the columns."""
    rows = table.select("thead > tr")
    pairs = list(zip(rows[0]("th"), rows[1]("th"), strict=False)) if len(rows) == 2 else []
    if pairs and not any(upper.get_text(strip=True) and lower.get_text(strip=True) for upper, lower in pairs):
        for upper, lower in pairs:
            upper.string = upper.get_text() or lower.get_text()
        rows[1].decompose()


def _align(table: Tag) -> None:
    """Mark the cells that hold a number, with the head of their column, and those that need room for words."""
    for cell in table("td"):
        words = cell.get_text(strip=True)
        if _NUMBER.fullmatch(words):
            cell["class"] = "number"
        elif len(words) > LONG:
            cell["class"] = "long"
    heads, first_row = table.select("thead tr:first-child > th"), table.select("tbody tr:first-child > *")
    for head, cell in zip(heads, first_row, strict=False):
        if cell.get("class") == "number":
            head["class"] = "number"


def _site_address(address: str) -> str | None:
    """Give the address on the site that an address in a notebook leads to, or None if the site has no such page."""
    if re.match(r"https?://|#|data:image/", address):
        return address
    path, mark, anchor = address.partition("#")
    if path.endswith(".ipynb") and "/" not in path:
        return path.removesuffix(".ipynb") + ".html" + mark + anchor
    if re.fullmatch(r"(\.\./)?figures/[^/]+", path):
        return path.removeprefix("../")
    return None
