"""What a program is told when it asks for something wrongly: what happened, why, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one parameter. ``place`` is where it stands (``query``, ``path``)."""

    place: str
    name: str
    what: str


class RefusedError(Exception):
    """A question that is not answered. ``code`` is stable, for machines; ``status`` that of the answer."""

    status = 400
    code = "refused"

    def __init__(self, what: str, why: str, advice: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.advice = advice
        self.faults = faults


class BusyError(RefusedError):
    """As many whole sets are being sent as may be at once."""

    status = 429
    code = "busy"

    def __init__(self) -> None:
        super().__init__(
            "正在整套下载的人已满，这一次没有开始。",
            "同时进行的整套下载有限，这样其他人照常打开网站。",
            "请 1 分钟后再试；只要一部分的，可以逐页取列表。",
        )


class CursorError(RefusedError):
    """A cursor that this site did not give, or not for this list."""

    code = "cursor"

    def __init__(self) -> None:
        super().__init__(
            "参数 cursor 不是本接口给出的游标。",
            "游标只能原样取自上一页的 next，改动过的、别的列表的或网站更换密钥以前的都不能用。",
            "去掉 cursor，从第一页重新开始，以后每页照 next 给的地址取。",
            (Fault("query", "cursor", "不是有效的游标"),),
        )


class UnknownUnitError(RefusedError):
    """A unit that does not exist, or did not on the day asked for."""

    status = 404
    code = "unknown-unit"

    def __init__(self, code: str, place: str = "query") -> None:
        super().__init__(
            f"没有代码为“{code}”的机构。",
            "代码要与机构列表里的 code 完全一致；问的是某一天时，那一天须已设立。",
            "先从 /api/v1/units/ 查出机构的代码。",
            (Fault(place, "unit" if place == "query" else "code", "没有这个机构"),),
        )


class TooManyParametersError(RefusedError):
    """More parameters than are read at all."""

    code = "too-many-parameters"

    def __init__(self) -> None:
        super().__init__("参数太多。", "一次请求的参数数量有上限。", "只给接口说明里列出的参数，每个一次。")


class SearchDownError(RefusedError):
    """The search engine did not answer."""

    status = 503
    code = "search-unavailable"

    def __init__(self) -> None:
        super().__init__(
            "检索暂时不能用，没有得到结果。",
            "检索服务没有应答；这不表示没有要找的信息。",
            "请一分钟后再试，或用 /api/v1/records/ 按条件查询。",
        )


class UnknownParametersError(RefusedError):
    """Parameters that the operation does not have, or has once only: leaving them out would answer another question."""

    status = 422
    code = "parameters"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        names = "、".join(fault.name for fault in faults)
        super().__init__(
            f"参数 {names} 不能用。",
            "写错的参数如果不理会，得到的就不是想要的数据。",
            "对照 /api/ 的说明改正参数的名称，每个参数只写一次。",
            faults,
        )
