"""The one form of every answer that says no."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field

from gongkai.api.errors import Fault, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gongkai.windows.errors import GoneError


class FaultShape(Schema):
    """What is wrong with one parameter."""

    place: str = Field(description="参数所在：query 查询参数，path 地址")
    name: str = Field(description="参数名称")
    what: str = Field(description="哪里不对")


class ProblemBody(Schema):
    """What happened, why, and what to do."""

    code: str = Field(description="错误代码，不会改变，供程序判断")
    what: str = Field(description="出了什么问题")
    why: str = Field(description="为什么")
    advice: str = Field(description="怎么办")
    faults: list[FaultShape] = Field(description="有问题的参数；与参数无关时为空")


class Problem(Schema):
    """Every answer that is not the data."""

    error: ProblemBody


def dumps(data: Any) -> str:  # noqa: ANN401 -- whatever JSON can hold
    """Return ``data`` as JSON, Chinese unescaped."""
    return json.dumps(data, ensure_ascii=False)


def problem(status: int, code: str, words: tuple[str, str, str], faults: Iterable[Fault] = ()) -> HttpResponse:
    """Return an answer that says no; ``words`` are what happened, why, and what to do.

    What is not there is kept like a page; what was asked wrongly never is.
    """
    what, why, advice = words
    listed = [{"place": fault.place, "name": fault.name, "what": fault.what} for fault in faults]
    body = {"error": {"code": code, "what": what, "why": why, "advice": advice, "faults": listed}}
    response = HttpResponse(dumps(body), status=status, content_type="application/json")
    if status not in {404, 410}:
        response["Cache-Control"] = "no-store"
    return response


def refused(error: RefusedError) -> HttpResponse:
    """Return what is said of a question that is not answered."""
    response = problem(error.status, error.code, (error.what, error.why, error.advice), error.faults)
    if error.status in {429, 503}:
        response["Retry-After"] = "60"
    return response


def missing() -> HttpResponse:
    """Return what is said of an address that leads nowhere."""
    return problem(
        404,
        "not-found",
        (
            "没有这个地址，或者没有这条已公开的信息。",
            "地址可能写错了，或者这条信息没有公开。",
            "对照 /api/ 的说明改正地址（以“/”结尾），或从列表里取每条的 api_address。",
        ),
    )


def gone(error: GoneError) -> HttpResponse:
    """Return what is said of something that was taken down."""
    advice = "请删除此前取得的副本；需要了解详情的，可以向发布机构提出申请（条例第二十七条）。"
    return problem(410, "gone", ("这条信息曾经公开，现已撤下。", f"撤下的理由：{error.reason}", advice))


def broken() -> HttpResponse:
    """Return what is said where the interface itself failed."""
    return problem(
        500, "broken", ("接口出错了，没有得到数据。", "这是网站的问题，已经记录，与您的请求无关。", "请稍后再试。")
    )


def hurried(seconds: int) -> HttpResponse:
    """Return what is said to an address that asks too often."""
    response = problem(
        429,
        "too-many",
        (
            "请求太密，这一次没有处理。",
            "每个网络地址的请求次数有限，这样大家都能用。",
            f"请 {seconds} 秒后再试；需要全部数据的，用 /api/v1/datasets/ 整套下载，不必逐页取。",
        ),
    )
    response["Retry-After"] = str(seconds)
    return response


_QUOTES = re.compile("'(?:, | or )'")
_KINDS = {
    "missing": "必须给出",
    "int_parsing": "要写成整数",
    "int_from_float": "要写成整数",
    "int_parsing_size": "数太大",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "literal_error": "只能是：{expected}",
    "string_too_long": "不能超过 {max_length} 个字",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "含有不能用的字符",
    "date_from_datetime_parsing": "日期要写成 2024-05-20",
    "date_parsing": "日期要写成 2024-05-20",
    "date_from_datetime_inexact": "日期要写成 2024-05-20，不带时间",
}


def invalid(errors: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """Return what is said of parameters that are not what they should be; ``errors`` are those of pydantic."""
    faults = []
    for error in errors:
        place, *names = (str(part) for part in error["loc"])
        context = {
            name: re.sub("'(, | or )'", "、", str(value)).strip("'") for name, value in error.get("ctx", {}).items()
        }
        words = _KINDS.get(error["type"], "不是可以接受的值").format(**context)
        faults.append(Fault(place, names[-1] if names else "", words))
    said = "；".join(f"{fault.name} {fault.what}" for fault in faults)
    return problem(
        422,
        "invalid",
        (
            f"参数不能用：{said}。",
            "参数要符合接口说明里的类型和范围，否则得到的不是想要的数据。",
            "对照 /api/ 的说明改正后再试。",
        ),
        faults,
    )
