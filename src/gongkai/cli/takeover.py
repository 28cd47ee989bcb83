"""``gongkai takeover``: look at an old site, take it over, write down what became of each page."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.cli.installation import RefusedError, on_installation, require_migrated

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

_HOST = re.compile(r"[a-z0-9.-]+(?::\d+)?")
_FORMS = {".csv": "csv", ".xlsx": "xlsx"}
_ONLY = {"bad": ("bad",), "all": ()}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``gongkai takeover``."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    examine = acts.add_parser("examine", help="只看不收：能收什么，缺什么，有什么疑问")
    take = acts.add_parser("take", help="接收：可以中断，重复运行不会重复接收")
    report = acts.add_parser("report", help="写出已接收网站的报告")
    for one in (examine, take):
        one.add_argument("source", type=Path, metavar="SOURCE", help="静态页面文件夹、WordPress 的 xml、csv 或 xlsx")
        one.add_argument("--files", type=Path, metavar="FOLDER", help="附件所在的文件夹（xml、csv、xlsx）")
        one.add_argument("--mapping", type=Path, metavar="FILE", help="栏目对照表：csv、xlsx 或 toml")
        one.add_argument("--corrections", type=Path, metavar="FILE", help="更正后的报告：csv 或 xlsx")
        one.add_argument("--unit", default="", metavar="CODE", help="没有写明发布机构的网页归哪个机构")
        one.add_argument(
            "--undated",
            choices=("refuse", "published"),
            default="refuse",
            help="没有生成日期的网页：refuse 不收（默认）；published 以发布日期为准",
        )
    take.add_argument("--user", required=True, metavar="NAME", help="以谁的名义接收：工作机构负责人或主管部门的用户名")
    take.add_argument("--basis", required=True, metavar="TEXT", help="接收的依据：决定迁移整合的文件及文号")
    report.add_argument("--only", choices=tuple(_ONLY), default="all", help="bad 只写有错未收的")
    for one in (examine, take, report):
        one.add_argument("--site", required=True, metavar="HOST", help="原网站的域名，如 www.example.gov.cn")
        one.add_argument("--report", type=Path, required=one is report, metavar="FILE", help="报告文件：.csv 或 .xlsx")
    parser.epilog = "先 examine 看报告，改好对照表，再 take；有错的网页在报告里更正后用 --corrections 交回。"


@on_installation
def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; 1 where a page was bad or the whole was refused."""
    require_migrated()
    from gongkai.takeover.errors import TakeOverError  # noqa: PLC0415 -- Django must be started first

    host = arguments.site.strip().lower().removeprefix("http://").removeprefix("https://").strip("/")
    if not _HOST.fullmatch(host):
        raise RefusedError(f"“{arguments.site}”不是域名。请写成 www.example.gov.cn 的形式。")
    if arguments.report is not None and arguments.report.suffix.lower() not in _FORMS:
        raise RefusedError(f"报告 {arguments.report.name} 的扩展名应为 .csv 或 .xlsx。")
    acts = {"examine": _examine, "take": _take, "report": _report}
    try:
        return acts[arguments.act](arguments, host)
    except TakeOverError as error:
        raise RefusedError(str(error)) from error


def _examine(arguments: argparse.Namespace, host: str) -> int:
    from gongkai.accounts.models import User  # noqa: PLC0415 -- Django must be started first
    from gongkai.takeover.domain.going_through import examine_files, through  # noqa: PLC0415 -- the same
    from gongkai.takeover.report import row_of, state_of  # noqa: PLC0415 -- the same

    site, judge = _opened(arguments, host, User(), is_rehearsal=True)
    states: Counter[str] = Counter()
    columns: Counter[tuple[str, str]] = Counter()
    units: Counter[tuple[str, str]] = Counter()
    missing: Counter[str] = Counter()
    noted = known = 0

    def rows() -> Iterator[list[str]]:
        nonlocal noted, known
        for verdicts, done, _ in through(site, host, judge, keeps=True):
            known += len(done)
            for verdict in verdicts:
                if verdict.state == "taken":
                    examine_files(site, verdict)
                state = state_of(verdict)
                states[state] += 1
                if verdict.state != "listing":
                    columns[verdict.page.column_words or "（没有读到栏目）", state] += 1
                    units[verdict.unit or verdict.page.unit or "（没有读到发布机构）", state] += 1
                missing.update(words.partition("：")[0] for words in verdict.problems if verdict.state == "bad")
                noted += bool(verdict.notes) and verdict.state == "taken"
                yield row_of(verdict)

    _write(arguments.report, host, rows())
    _show("网页", states)
    _show_by("栏目", columns)
    _show_by("发布机构", units)
    _show("有错之处", missing)
    if known:
        print(f"此前已接收：{known} 页")
    print(f"可接收而有提示，请抽查：{noted} 页")
    _told(arguments)
    return int(states["有错未收"] > 0)


def _take(arguments: argparse.Namespace, host: str) -> int:
    from gongkai.accounts.models import User  # noqa: PLC0415 -- Django must be started first
    from gongkai.files.errors import ScannerError  # noqa: PLC0415 -- the same
    from gongkai.records.errors import RecordError  # noqa: PLC0415 -- the same
    from gongkai.takeover.domain.taking import take  # noqa: PLC0415 -- the same
    from gongkai.takeover.models import PageState  # noqa: PLC0415 -- the same
    from gongkai.takeover.report import rows  # noqa: PLC0415 -- the same

    user = User.objects.filter(username=arguments.user).first()
    if user is None:
        raise RefusedError(f"没有用户“{arguments.user}”。请核对用户名。")
    if not arguments.basis.strip():
        raise RefusedError("没有写明接收的依据。请用 --basis 写明决定迁移整合的文件及文号。")
    site, judge = _opened(arguments, host, user, is_rehearsal=False)

    def progress(outcome: Any) -> None:  # noqa: ANN401 -- of a Django room
        if sys.stderr.isatty():
            print(f"\r已看 {outcome.known + sum(outcome.states.values())} 页", end="", file=sys.stderr, flush=True)

    try:
        outcome = take(
            site=site, host=host, source=arguments.source.name, basis=arguments.basis, judge=judge, progress=progress
        )
    except (RecordError, ScannerError) as error:
        raise RefusedError(f"{error}此前各批已经接收，排除后再次运行即可接着进行。") from error
    _show("网页", Counter({PageState(state).label: count for state, count in outcome.states.items()}))
    print(f"此前已接收：{outcome.known} 页，其中原网页又有改动：{outcome.changed} 页")
    print(f"链接指向后来接收的网页，已更新：{outcome.linked} 条")
    _write(arguments.report, host, rows(host))
    _told(arguments)
    return int(outcome.states[PageState.BAD] > 0)


def _report(arguments: argparse.Namespace, host: str) -> int:
    from gongkai.takeover.models import PageLine  # noqa: PLC0415 -- Django must be started first
    from gongkai.takeover.report import rows  # noqa: PLC0415 -- the same

    if not PageLine.objects.filter(site=host).exists():
        raise RefusedError(f"没有接收过 {host}。请核对域名。")
    _write(arguments.report, host, rows(host, _ONLY[arguments.only]))
    _told(arguments)
    return 0


def _opened(arguments: argparse.Namespace, host: str, user: Any, *, is_rehearsal: bool) -> tuple[Any, Any]:  # noqa: ANN401 -- of Django rooms
    from django.utils import timezone  # noqa: PLC0415 -- Django must be started first

    from gongkai.takeover import mapping  # noqa: PLC0415 -- the same
    from gongkai.takeover.domain.judging import Judge  # noqa: PLC0415 -- the same
    from gongkai.takeover.reading.opening import open_site  # noqa: PLC0415 -- the same
    from gongkai.takeover.reading.table import corrections  # noqa: PLC0415 -- the same

    today = timezone.localdate()
    given = corrections(arguments.corrections, host, today) if arguments.corrections is not None else {}
    judge = Judge(
        user=user,
        today=today,
        plan=mapping.read(arguments.mapping) if arguments.mapping is not None else None,
        unit=arguments.unit,
        takes_published=arguments.undated == "published",
        is_rehearsal=is_rehearsal,
        corrections=given,
    )
    if unknown := judge.unknown_codes():
        raise RefusedError(f"没有机构代码 {'、'.join(sorted(unknown))}。请核对 --unit 和对照表，或先登记机构。")
    return open_site(arguments.source, host, arguments.files, today), judge


def _write(path: Path | None, host: str, rows: Iterable[list[str]]) -> None:
    """Write the report; where none is asked for, go through the rows all the same."""
    from gongkai.takeover.report import table  # noqa: PLC0415 -- Django must be started first

    if path is None:
        for _ in rows:
            pass
        return
    made = table(_FORMS[path.suffix.lower()], host, rows)
    try:
        path.write_bytes(made.data)
    except OSError as error:
        raise RefusedError(f"报告 {path} 不能写入（{error.strerror}）。请检查路径和权限。") from error


def _told(arguments: argparse.Namespace) -> None:
    if arguments.report is not None:
        print(f"报告：{arguments.report}")


def _show(words: str, counts: Counter[str]) -> None:
    total = sum(counts.values())
    parts = "，".join(f"{name} {count}" for name, count in counts.most_common() if count)
    print(f"{words}：{total}" + (f"（{parts}）" if parts else ""))


def _show_by(words: str, counts: Counter[tuple[str, str]]) -> None:
    """Print one line for each name, the longest lists first."""
    names: dict[str, Counter[str]] = {}
    for (name, state), count in counts.items():
        names.setdefault(name, Counter())[state] += count
    print(f"按{words}：")
    for name, states in sorted(names.items(), key=lambda pair: (-sum(pair[1].values()), pair[0])):
        print(f"  {name}：" + "，".join(f"{state} {count}" for state, count in states.most_common()))
