"""The columns of a paper register and the words offices write in them; the data is in ``columns.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.tables.captions import Field


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("gongkai.applications.paper_register").joinpath("columns.toml").read_text("utf-8"))


@cache
def fields() -> tuple[Field, ...]:
    """Return the columns in the order of the template."""
    return tuple(
        Field(one["name"], tuple(one["captions"]), one["required"], one["rule"], one.get("example", ""))
        for one in _data()["column"]
    )


def words(kind: str) -> dict[str, str]:
    """Return what registers write for ``media``, ``modes`` or ``outcomes``, and what each means."""
    return dict(_data()[kind])


def withdrawn(cell: str) -> bool:
    """Tell whether a cell of the outcome says that the applicant withdrew."""
    return cell.strip().startswith(tuple(_data()["withdrawal"]["begins"]))
