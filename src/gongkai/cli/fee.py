"""``gongkai fee``: the fee of a month's applications or of one application's pages, step by step."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from gongkai.law.clock import parse_date
from gongkai.law.errors import InputError, LawError
from gongkai.law.fees import by_items, by_pages, of_item

if TYPE_CHECKING:
    import argparse

    from gongkai.law.fees import Fee

EX_USAGE = 64


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``gongkai fee``."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--items", type=int, metavar="N", help="同一申请人一个自然月内的件数")
    what.add_argument("--pages", type=int, metavar="N", help="一件申请的页数")
    what.add_argument("--nth-item", type=int, metavar="N", help="当月第 N 件单独的费用")
    parser.add_argument("--received", metavar="YYYY-MM-DD", help="收到申请之日（按件：其中最早的一件）")
    parser.add_argument("--waive", metavar="理由", help="免收，并记录理由")
    parser.add_argument("--format", default="text", choices=("text", "json"), help="输出格式")


def run(arguments: argparse.Namespace) -> int:
    """Print the fee: 0, 1 if the law forbids one, 64 if the question cannot be understood."""
    try:
        fee = _fee(arguments)
    except InputError as error:
        print(f"gongkai fee: {error}", file=sys.stderr)
        return EX_USAGE
    except LawError as error:
        if arguments.format == "json":
            print(json.dumps({"error": error.as_dict()}, ensure_ascii=False))
        else:
            print(f"{error.message}\n依据：{error.article}（{error.code}）", file=sys.stderr)
        return 1
    if arguments.format == "json":
        print(json.dumps({"amount_yuan": fee.amount_yuan, "trace": fee.trace}, ensure_ascii=False))
    else:
        lines = [f"{line['text']}〔{line['article']}〕" for line in fee.trace]
        print("\n".join([f"应收 {fee.amount_yuan} 元", "", "计算过程", *(f"  {line}" for line in lines)]))
    return 0


def _fee(arguments: argparse.Namespace) -> Fee:
    received = None if arguments.received is None else parse_date(arguments.received)
    if arguments.items is not None:
        fee = by_items(arguments.items, received=received)
    elif arguments.pages is not None:
        fee = by_pages(arguments.pages, received=received)
    else:
        fee = of_item(arguments.nth_item, received=received)
    return fee if arguments.waive is None else fee.waived(arguments.waive)
