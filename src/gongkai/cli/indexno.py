"""``gongkai indexno parse|validate|issue``: index numbers of the catalogue (索引号).

Numbers come as arguments or, with ``-``, one a line from standard input. With ``--format json`` every number gives one
JSON object on its own line. The status is 1 if any number is wrong or none can be issued.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from gongkai.law import indexno
from gongkai.law.catalogue import CatalogueError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``gongkai indexno``."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    grammars = [one.key for one in indexno.grammars()]
    for name, summary in (("parse", "拆出索引号的各个部分"), ("validate", "校验索引号，指出错在哪里")):
        action = actions.add_parser(name, help=summary, description=summary)
        action.add_argument("numbers", nargs="+", metavar="NUMBER", help="索引号；写 - 则从标准输入逐行读取")
        action.add_argument("--grammar", choices=grammars, help="索引号规则（默认：自动识别）")
    summary = "按规则生成下一个索引号"
    action = actions.add_parser("issue", help=summary, description=summary)
    action.add_argument("--grammar", choices=grammars, required=True, help="索引号规则")
    action.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="各部分的值，可重复")
    action.add_argument("--issued", nargs="*", default=[], metavar="NUMBER", help="已经使用的索引号；- 为标准输入")
    for action in actions.choices.values():
        action.add_argument("--format", choices=["text", "json"], default="text", help="输出格式")


def run(arguments: argparse.Namespace) -> int:
    """Do what ``arguments.action`` says and return the exit status."""
    if arguments.action == "issue":
        return _issue(arguments)
    results = [_read(text, arguments.grammar) for text in _numbers(arguments.numbers)]
    for result in results:
        _show(result, arguments)
    return 0 if all(result["valid"] for result in results) else 1


def _issue(arguments: argparse.Namespace) -> int:
    values = dict(pair.partition("=")[::2] for pair in arguments.set)
    grammar = indexno.grammar(arguments.grammar)
    try:
        number = grammar.issue(_numbers(arguments.issued), values)
    except CatalogueError as error:
        fields = "、".join(
            f"{segment.key}（{segment.caption}）" for segment in grammar.fields if segment.key != "serial"
        )
        _show({"number": None, "valid": False, "error": error.as_dict(), "fields": fields}, arguments)
        return 1
    _show(_facts(number), arguments)
    return 0


def _numbers(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if word == "-":
            yield from filter(None, map(str.strip, sys.stdin))
        else:
            yield word


def _read(text: str, grammar: str | None) -> dict[str, Any]:
    try:
        return _facts(indexno.parse(text, grammar))
    except CatalogueError as error:
        return {"number": text, "valid": False, "error": error.as_dict()}


def _facts(number: indexno.IndexNumber) -> dict[str, Any]:
    return {"number": number.text, "valid": True, "grammar": number.grammar, "fields": dict(number.fields)}


def _show(result: dict[str, Any], arguments: argparse.Namespace) -> None:
    if arguments.format == "json":
        print(json.dumps(result, ensure_ascii=False))
        return
    if not result["valid"]:
        print(result["error"]["message"], file=sys.stderr)
        if result["number"] is None:
            print(f"各部分用 --set 给出：{result['fields']}", file=sys.stderr)
        return
    print(result["number"])
    if arguments.action == "parse":
        grammar = indexno.grammar(result["grammar"])
        for segment in grammar.fields:
            value = result["fields"][segment.key]
            meaning = dict(segment.values).get(value)
            print(f"  {segment.caption}：{value}{f'（{meaning}）' if meaning else ''}")
