"""One spelling for the address of an old page, however a link, a file name or a visitor writes it.

No database and no framework: what is stored, what is linked and what is asked for must meet by this alone.
"""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes, urlencode, urljoin, urlsplit

LONGEST = 500
"""Characters of an address; a longer one is no page that anybody linked to."""

_FRONT_PAGES = frozenset(
    f"{name}.{suffix}"
    for name in ("index", "default")
    for suffix in ("html", "htm", "shtml", "jsp", "php", "asp", "aspx")
)
_NOT_THE_PAGE = frozenset({"jsessionid", "from", "isappinstalled", "spm", "_t", "timestamp", "random", "tdsourcetag"})
_PATH_SAFE = "/-._~!$&'()*+,=:@"
_SESSION = re.compile(r";(?:jsessionid|sid)=[^/;]*", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Address(NamedTuple):
    """Where a page stood: ``host`` (empty for a link without one) and ``path`` with its query, both in one spelling."""

    host: str
    path: str


def normalise(link: str, base: str = "") -> Address | None:
    """Return where ``link`` leads from the page at ``base``; ``None`` for what is no address of a page of the web.

    ``base`` is an address as it was written, not in our spelling: that has lost whether it was a folder.
    Percent signs of UTF-8 and of GB18030 become the same, ``index.html`` and a slash at the end go, dots are resolved,
    parameters stand in one order and those that only follow a visitor are dropped, as is the fragment.

    >>> normalise("HTTP://www.Example.cn:80/a/../%B9%AB%B8%E6/index.html?b=2&a=1#top")
    Address(host='www.example.cn', path='/%E5%85%AC%E5%91%8A?a=1&b=2')
    >>> normalise("../t1.html", "http://www.example.cn/col/2/").path
    '/col/t1.html'
    """
    try:
        joined = urljoin(base, _CONTROL.sub("", link).replace("\\", "/"))
        parts = urlsplit(joined)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in {"", "http", "https"} or (parts.scheme and not host):
        return None
    if port is not None and port != _DEFAULT_PORTS.get(parts.scheme):
        host = f"{host}:{port}"
    return spelt(host, parts.path, parts.query)


def spelt(host: str, path: str, query: str = "") -> Address | None:
    """Return the address in one spelling; ``path`` may be decoded already, as a framework hands it over."""
    words = _decoded(_SESSION.sub("", path))
    if "\0" in words:
        return None
    # Two slashes at the start would survive: to POSIX they mean something else than one.
    words = "/" + posixpath.normpath("/" + words).lstrip("/")
    folder, _, last = words.rpartition("/")
    if last.lower() in _FRONT_PAGES:
        words = folder or "/"
    asked = _asked(query)
    spelling = quote(words, safe=_PATH_SAFE) + (f"?{asked}" if asked else "")
    return Address(host.lower(), spelling) if len(spelling) <= LONGEST else None


def _decoded(text: str) -> str:
    """Return the characters of a percent-encoded text, in UTF-8 or else in GB18030."""
    data = unquote_to_bytes(text.encode("utf-8", "replace"))
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _asked(query: str) -> str:
    pairs = []
    for pair in query.replace("&amp;", "&").split("&"):
        name, _, value = (_decoded(part.replace("+", " ")) for part in pair.partition("="))
        if name and name.lower() not in _NOT_THE_PAGE and not name.lower().startswith("utm_"):
            pairs.append((name, value))
    return urlencode(sorted(pairs))
