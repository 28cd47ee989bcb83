"""Whole sets, to be downloaded at once."""

from typing import Literal

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from ninja import Path, Router

from gongkai.api import datasets, roster
from gongkai.api.operations.asking import REFUSED
from gongkai.api.shapes import Manifest
from gongkai.api.turns import Turns

router = Router(tags=["整套下载"])
turns = Turns()
SetInPath = Path[Literal[tuple(datasets.SETS)], {"description": "哪一套数据"}]
FormInPath = Path[Literal[tuple(datasets.FORMS)], {"description": "哪种格式"}]


@router.get(
    "datasets/",
    response={200: Manifest} | REFUSED,
    url_name="datasets",
    operation_id="datasets",
    summary="有哪些数据可以整套下载",
    description="各套数据的条数、列和下载地址。digest 与上次相同，就不必再下载。",
)
def manifest(request: HttpRequest) -> dict:
    """List the sets."""
    del request
    return {
        "items": [
            {
                "name": found.name,
                "title": found.title,
                **found.state().shown(),
                "columns": [{"name": name, "caption": caption} for name, caption in found.columns.items()],
                "downloads": [
                    {"format": form, "address": roster.address("api:dataset", found.name, form)}
                    for form in datasets.FORMS
                ],
            }
            for found in datasets.SETS.values()
        ]
    }


@router.get(
    "datasets/{name}.{form}",
    response={200: None} | REFUSED,
    url_name="dataset",
    operation_id="dataset",
    summary="整套下载",
    description="csv 是带 BOM 的 UTF-8，可以直接用表格软件打开；json 是一个数组，jsonl 每行一个 JSON 对象，字段最全。"
    "边读边发，内容是下载这一刻公开着的。ETag 随清单里的 digest 变化。"
    "同时进行的整套下载有限，满了答复 429，请稍后再试。",
    openapi_extra={
        "responses": {
            200: {
                "description": "OK",
                "content": {
                    "text/csv": {"schema": {"type": "string"}},
                    "application/json": {"schema": {"type": "array", "items": {"type": "object"}}},
                    "application/x-ndjson": {"schema": {"type": "string"}},
                },
            }
        }
    },
)
def download(request: HttpRequest, name: SetInPath, form: FormInPath) -> HttpResponse:
    """Stream a set."""
    found = datasets.SETS[name]
    response = StreamingHttpResponse(content_type=datasets.FORMS[form].media_type)
    response["ETag"] = f'"{found.state().digest}-{form}"'
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate()}.{form}"'
    if get_conditional_response(request, response["ETag"], None, response) is response:
        response.streaming_content = turns.taken(datasets.FORMS[form].made(found))
    return response
