"""Reading the catalogues of the law: lists of named things with their articles, kept as TOML beside this module.

Each catalogue is read once and never changes while the program runs; the functions that serve it are pure.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


class CatalogueError(Exception):
    """A catalogue was asked for what the law does not have, or for what it forbids.

    ``str()`` is a Chinese sentence: what is wrong, why, what to do. ``code`` is stable, for machines; ``article`` is
    the provision the sentence rests on, empty where none applies.
    """

    code = "catalogue"

    def __init__(self, message: str, *, article: str = "") -> None:
        super().__init__(message)
        self.article = article


@cache
def load(name: str) -> dict[str, Any]:
    """Return the parsed parameter file ``name``.toml. The result is shared: callers must not change it."""
    text = resources.files("gongkai.law").joinpath("parameters", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
