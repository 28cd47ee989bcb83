"""The API: its operations, and how it answers."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from gongkai.api import problems
from gongkai.api.operations import datasets, decisions, records, reports, search, statistics, units

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PREFIX = "/api/v1/"

STATUSES = {
    "200": "数据",
    "400": "游标无效",
    "404": "没有这个地址，或没有这条已公开的信息",
    "410": "曾经公开，现已撤下",
    "422": "参数不能用",
    "429": "请求太密，见 Retry-After",
    "500": "接口出错",
    "503": "检索暂时不能用",
}
"""What each status means."""

_DESCRIPTION = """\
已公开的政府信息、机构、行政决定公示和年度报告，供程序读取。不用登记，不用密钥，网页里的脚本也可以直接调用。
列表按页取：照每页的 next 取下一页，取的过程中有新公开或撤下的，也不会重复或漏掉别的条目。
每个答复都有 ETag；带着 If-None-Match 再问，没有变化就答复 304。要全部数据的，请整套下载。"""


class Renderer(JSONRenderer):
    """JSON with Chinese as it is written."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012 -- ninja declares it so


api = NinjaAPI(
    title="政府信息公开数据接口",
    version="1",
    description=_DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    renderer=Renderer(),
    servers=[{"url": "/", "description": "本网站"}],
)
for _module in (records, search, units, decisions, reports, statistics, datasets):
    api.add_router("", _module.router)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer parameters that are not what they should be."""
    del request
    return problems.invalid(error.errors)


@api.exception_handler(Exception)
def anything_else(request: HttpRequest, error: Exception) -> NoReturn:
    """Leave everything else to the door."""
    del request
    raise error


@cache
def schema() -> dict[str, Any]:
    """Return the description of the API (OpenAPI 3.1)."""
    made = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX)))
    for methods in made["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                response["description"] = STATUSES[status]
    return made


@cache
def parameters() -> dict[str, frozenset[str]]:
    """Return the names of the query parameters by operation."""
    return {
        operation["operationId"]: frozenset(one["name"] for one in operation["parameters"] if one["in"] == "query")
        for path in schema()["paths"].values()
        for operation in path.values()
    }
