"""The description of the API, told to people: read from the same schema that programs read."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import Any

from gongkai.api.service import schema

_TYPES = {"integer": "整数", "string": "文字", "number": "数", "boolean": "是否", "array": "列表", "object": "对象"}
_MANY = 8


@cache
def described() -> dict[str, Any]:
    """Return the operations group by group, and the shapes of what they answer."""
    operations = [
        _operation(path, operation) for path, methods in schema()["paths"].items() for operation in methods.values()
    ]
    shapes = schema()["components"]["schemas"]
    return {
        "description": schema()["info"]["description"].splitlines(),
        "groups": [(tag, list(found)) for tag, found in groupby(operations, key=lambda one: one["tag"])],
        "problem": _fields(shapes["ProblemBody"]),
    }


def _operation(path: str, operation: dict[str, Any]) -> dict[str, Any]:
    content = operation["responses"]["200"].get("content", {})
    answer = content.get("application/json", {}).get("schema", {})
    shape = schema()["components"]["schemas"].get(answer.get("$ref", "").rpartition("/")[2], answer)
    return {
        "id": operation["operationId"],
        "tag": operation["tags"][0],
        "path": path,
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "parameters": [_parameter(one) for one in operation["parameters"]],
        "fields": _fields(shape),
        "media": list(content),
        "statuses": [(status, one["description"]) for status, one in operation["responses"].items() if status != "200"],
    }


def _parameter(one: dict[str, Any]) -> dict[str, Any]:
    shape = one["schema"]
    values = shape.get("enum", ())
    limits = [
        words.format(shape[key])
        for key, words in (
            ("minimum", "不小于 {}"),
            ("maximum", "不大于 {}"),
            ("maxLength", "不超过 {} 个字"),
            ("default", "不给时为 {}"),
        )
        if shape.get(key) is not None and not (key == "maximum" and shape[key] > 10**9)
    ]
    return {
        "name": one["name"],
        "required": one["required"],
        "is_path": one["in"] == "path",
        "description": one.get("description", ""),
        "type": "日期" if shape.get("format") == "date" else _TYPES.get(shape.get("type", ""), ""),
        "values": values[:_MANY],
        "more": len(values) - _MANY if len(values) > _MANY else 0,
        "limits": limits,
    }


def _fields(shape: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the fields of a shape with what they mean; those of a list are those of its entries."""
    properties = shape.get("properties", {})
    entries = properties.get("items", {}).get("items", {}).get("$ref", "").rpartition("/")[2]
    found = [(name, one.get("description", "")) for name, one in properties.items()]
    if entries:
        inner = schema()["components"]["schemas"][entries].get("properties", {})
        found += [(f"items[].{name}", one.get("description", "")) for name, one in inner.items()]
    return found
