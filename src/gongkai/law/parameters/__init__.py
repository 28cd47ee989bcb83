"""The parameters of the law: dated TOML files, each value with its article and source, and the one way to read them.

The files are read through the module's own loader: ``importlib.resources`` would cost a third of the start-up of
``gongkai clock``, and a path of the file system would not work from an archive.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from importlib.abc import ResourceLoader


@cache
def read(name: str) -> dict[str, Any]:
    """Return the parsed file ``name``.toml of this folder, shared: callers must not change it.

    Raises ``FileNotFoundError`` where there is no such file.
    """
    loader = cast("ResourceLoader", __spec__.loader)
    return tomllib.loads(loader.get_data(f"{__path__[0]}/{name}.toml").decode("utf-8"))
