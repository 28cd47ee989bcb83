"""``gongkai clock``: the due date of an application, with the computation day by day."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from gongkai.law.calendar.notices import week_reference
from gongkai.law.clock import CHANNELS, KINDS, clock, parse_date, parse_event
from gongkai.law.errors import InputError, LawError

if TYPE_CHECKING:
    import argparse

    from gongkai.law.clock import State

EX_USAGE = 64

_STATUS = {"open": "办理中", "suspended": "期限中止", "answered": "已答复", "closed": "已结案", "withdrawn": "已撤回"}
_LABELS = {
    "regulation": "适用",
    "receipt": "收到",
    "convention": "算法",
    "warning": "提示",
    "event": "办理",
    "counted": "计入",
    "skipped": "不计",
    "suspended": "中止",
    "due": "应答",
    "pending": "等待",
    "ended": "办结",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``gongkai clock``."""
    kinds = "；".join(f"{kind} {name}{_keys(keys)}" for kind, (name, keys) in KINDS.items())
    parser.add_argument("--received", required=True, metavar="YYYY-MM-DD", help="申请到达行政机关之日")
    parser.add_argument("--channel", default="in_person", choices=CHANNELS, help="收到渠道（默认 in_person 当面提交）")
    parser.add_argument(
        "--confirmed", metavar="YYYY-MM-DD", help="平常信函、互联网、传真：双方确认之日（默认同到达之日）"
    )
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="截至哪一天（默认最后一个事件之日）")
    parser.add_argument(
        "--event",
        action="append",
        default=[],
        metavar="KIND:YYYY-MM-DD[:KEY=VALUE,…]",
        help=f"办理中的一件事，可多次给出：{kinds}",
    )
    parser.add_argument("--next", action="store_true", help="列出同时进行的期限、可以办理和不能办理的事项及依据")
    parser.add_argument("--format", default="text", choices=("text", "json"), help="输出格式")


def run(arguments: argparse.Namespace) -> int:
    """Print the clock: 0, 1 if the law forbids an event, 64 if the question cannot be understood."""
    try:
        state = clock(
            parse_date(arguments.received),
            arguments.channel,
            None if arguments.confirmed is None else parse_date(arguments.confirmed),
            [parse_event(text) for text in arguments.event],
            None if arguments.as_of is None else parse_date(arguments.as_of),
        )
        answer = (
            _as_json(state, asked_next=arguments.next)
            if arguments.format == "json"
            else _as_text(state, asked_next=arguments.next)
        )
    except InputError as error:
        print(f"gongkai clock: {error}", file=sys.stderr)
        return EX_USAGE
    except LawError as error:
        if arguments.format == "json":
            print(json.dumps({"error": error.as_dict()}, ensure_ascii=False))
        else:
            print(f"{error.message}\n依据：{error.article}（{error.code}）", file=sys.stderr)
        return 1
    print(answer)
    return 0


def _keys(keys: tuple[str, ...]) -> str:
    return f"（{'、'.join(keys)}）" if keys else ""


def _as_json(state: State, *, asked_next: bool) -> str:
    """Return the object of the contract, and what the officer asks next if it was asked for."""
    answer: dict[str, Any] = {
        "regulation": state.regulation,
        "status": state.status,
        "due": state.due,
        "provisional": state.provisional,
        "overdue": state.overdue,
        "as_of": state.as_of,
        "days_used": state.days_used,
        "trace": state.trace,
    }
    if asked_next:
        answer["sub_clocks"] = [found._asdict() for found in state.sub_clocks]
        answer["next"] = [option._asdict() for option in state.allowed]
    return json.dumps(answer, ensure_ascii=False, default=str)


def _as_text(state: State, *, asked_next: bool) -> str:
    week = week_reference()
    due = "无" if state.due is None else f"{state.due}{'（暂定）' if state.provisional else ''}"
    overdue = "（逾期）" if state.overdue else ""
    lines = [
        f"状态　　　{_STATUS[state.status]}{overdue}",
        f"应答复日　{due}",
        f"已用　　　{state.days_used} 个工作日（截至 {state.as_of}）",
        "",
        f"计算过程（工作日：{week}，另有注明的除外）",
    ]
    for line in state.trace:
        # What holds for every ordinary day is said once, above; a day that is none is told with its notice.
        known = (line["article"] if line["kind"] != "counted" else "", line["source"] if line["source"] != week else "")
        basis = "；".join(filter(None, known))
        lines.append(f"  {line['date']}  {_LABELS[line['kind']]}  {line['text']}" + (f"〔{basis}〕" if basis else ""))
    if not asked_next:
        return "\n".join(lines)
    running = state.sub_clocks
    if running:
        lines += ["", "同时进行的期限"]
        lines += [
            f"  {found.due or '未定　　　'}  {found.caption}  {found.note}〔{found.article}〕" for found in running
        ]
    options = state.allowed
    lines += ["", "可以办理"]
    lines += [f"  {o.caption}{f'（至 {o.latest}）' if o.latest else ''}" for o in options if o.allowed] or ["  （无）"]
    lines += ["", "不能办理"]
    lines += [f"  {o.caption}：{o.reason}〔{o.article}〕" for o in options if not o.allowed] or ["  （无）"]
    return "\n".join(lines)
