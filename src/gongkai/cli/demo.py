"""``gongkai demo``: a fictional city with everything in it, and the server on top of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.cli.installation import REFUSED, RefusedError, on_installation, require_migrated
from gongkai.cli.output import complain, console

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence

    from rich.progress import TaskID

    from gongkai.demo.making import Made

HOME = "var/demo"
MARK = "demo.json"
"""The file that tells a demonstration from an installation; without it nothing is touched."""

_MADE = (
    "gongkai.sqlite3",
    "gongkai.sqlite3-wal",
    "gongkai.sqlite3-shm",
    "index",
    "cache",
    "static",
    "files",
    "published",
    "imports",
)
"""What a demonstration leaves in its folder, besides its keys and its mark."""

_SETTINGS = {
    # Never the database of an installation, whatever the environment says.
    "GONGKAI_DATABASE_URL": "",
    "GONGKAI_HTTPS": "no",
    "GONGKAI_PROXY": "no",
    "GONGKAI_SECOND_FACTOR": "no",
    "GONGKAI_OIDC_SERVER": "",
    "GONGKAI_INDEX_GRAMMAR": "quanzhou",
    "GONGKAI_SERVICE": "all",
    "GONGKAI_SITE_CODE": "0000000000",
    "GONGKAI_SITE_ICP": "演示网站，未备案",
    "GONGKAI_SITE_CONTACT": "电话 0599-0000000",
}
CITY, PREFECTURE = "city", "prefecture"
_PRESETS = {
    CITY: {
        "GONGKAI_CITY": "海岚市",
        "GONGKAI_SITE_HOST": "海岚市人民政府办公室",
        "GONGKAI_INDEX_PREFIX": "HL",
        "GONGKAI_INDEX_AREA": "06",
    },
    PREFECTURE: {
        "GONGKAI_CITY": "岚州市",
        "GONGKAI_SITE_HOST": "岚州市人民政府办公室",
        "GONGKAI_INDEX_PREFIX": "LZ",
        "GONGKAI_INDEX_AREA": "00",
    },
}
_SHOWN = {
    CITY: ("全市", "市政府办公室", "水利局", "教育局", "澜江镇", "新港街道"),
    PREFECTURE: ("全市", "市政府办公室", "岚前区人民政府", "岚前区人民政府办公室", "岚前区教育局", "海岚市云天镇"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``gongkai demo``."""
    from gongkai.cli import serve  # noqa: PLC0415 -- start-up: only this command needs it

    serve.configure(parser)
    parser.add_argument("--no-serve", action="store_true", help="只生成演示数据，不启动服务")
    parser.add_argument("--fresh", action="store_true", help="删除已有的演示数据，重新生成")
    parser.add_argument(
        "--preset",
        choices=(CITY, PREFECTURE),
        help="哪座城市：city 县级市（默认）；prefecture 设区的市，520 个单位和 2019 年全年的数据",
    )
    parser.add_argument("--size", choices=("small", "full"), help="县级市的数据规模（默认 full；small 更快）")
    parser.add_argument(
        "--today", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD", help="演示数据截至哪一天（默认今天）"
    )
    parser.epilog = f"数据目录由 GONGKAI_HOME 指定，默认 {HOME}；不会动用已有的正式数据目录。地名、人名、文件均为虚构。"


def run(arguments: argparse.Namespace) -> int:
    """Make the demonstration, or take the one that is ready, and serve it."""
    os.environ.setdefault("GONGKAI_HOME", HOME)
    os.environ.update(_SETTINGS)
    from gongkai.site import conf  # noqa: PLC0415 -- start-up: only this command needs it

    home = conf.home()
    try:
        arguments.preset = _preset(arguments, home)
        os.environ.update(_PRESETS[arguments.preset])
        asked = {"preset": arguments.preset, "size": arguments.size, "today": arguments.today}
        ready = prepare(home, fresh=arguments.fresh, **asked)
        conf.create_keys()
    except RefusedError as error:
        complain("demo", str(error))
        return REFUSED
    except OSError as error:
        complain(str(home), f"不能写入（{error.strerror}）。请检查权限，或另设 GONGKAI_HOME")
        return REFUSED
    status = 0 if ready else _make(arguments)
    if status:
        return status
    _show(json.loads((home / MARK).read_text(encoding="utf-8")), home)
    if arguments.no_serve:
        print(f"启动服务：GONGKAI_HOME={home} gongkai demo")
        return 0
    return _serve(arguments)


def _preset(arguments: argparse.Namespace, home: Path) -> str:
    """Return which city is asked for: the one that stands in ``home``, where nothing else is said."""
    if arguments.preset == PREFECTURE and arguments.size is not None:
        raise RefusedError("设区的市只有一种规模，--size 只用于县级市。请去掉 --size，或者不用 --preset prefecture。")
    mark = home / MARK
    known = _known(mark) if mark.is_file() and not arguments.fresh else {}
    return str(arguments.preset or known.get("preset", CITY))


def _serve(arguments: argparse.Namespace) -> int:
    """Serve with a worker beside the server: what is written is found, and what is planned is published."""
    from gongkai.cli import serve  # noqa: PLC0415 -- start-up: only where it serves

    command = [sys.executable, "-m", "gongkai", "worker"]
    with subprocess.Popen(command) as worker:  # noqa: S603 -- our own program, with nothing from outside
        try:
            return serve.run(arguments)
        finally:
            worker.terminate()


def prepare(home: Path, *, fresh: bool, size: str | None, today: date | None, preset: str = CITY) -> bool:
    """Make ``home`` ready to be filled and return whether a demonstration stands there that can be used as it is.

    Raises ``RefusedError`` where something else lies in ``home``, or another demonstration than the one asked for.
    """
    mark = home / MARK
    if not mark.is_file():
        if home.is_dir() and any(home.iterdir()):
            raise RefusedError(
                f"{home} 里已有数据，又不是演示数据，不会改动它。请用 GONGKAI_HOME 为演示另指定一个空目录。"
            )
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    else:
        known = _known(mark)
        if known.get("ready") and not fresh:
            stands = {"preset": CITY, "size": None} | known
            asked = {"preset": preset, "size": size, "today": today.isoformat() if today else None}
            if any(value is not None and stands.get(name) != value for name, value in asked.items()):
                what = "设区的市" if stands["preset"] == PREFECTURE else f"规模 {stands['size']}"
                raise RefusedError(
                    f"{home} 里已有演示数据（{what}，截至 {stands.get('today')}），与所要的不同。"
                    "请加 --fresh 重新生成，或另设 GONGKAI_HOME。"
                )
            return True
        _clear(home)
    mark.write_text(json.dumps({"ready": False}), encoding="utf-8")
    return False


def _known(mark: Path) -> dict[str, Any]:
    try:
        found = json.loads(mark.read_text(encoding="utf-8"))
    except ValueError:  # It broke off while it was written: what stands beside it is to be made anew.
        return {}
    return found if isinstance(found, dict) else {}


def _clear(home: Path) -> None:
    """Remove what a demonstration made; keys and whatever else somebody put there stay."""
    for name in _MADE:
        path = home / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


@on_installation
def _make(arguments: argparse.Namespace) -> int:
    from django.conf import settings  # noqa: PLC0415 -- Django must be started first
    from django.core.management import call_command  # noqa: PLC0415 -- the same

    from gongkai.accounts.domain.administration import one_time_password  # noqa: PLC0415 -- the same

    today = arguments.today or date.today()  # noqa: DTZ011 -- the day on the wall of whoever tries it
    is_prefecture = arguments.preset == PREFECTURE
    if today < (earliest := _earliest(is_prefecture=is_prefecture)):
        raise RefusedError(
            f"演示数据包含 {earliest.year - 1} 年全年，截止日不能早于 {earliest}。请改用 --today {earliest} 或更晚。"
        )
    began, worked = time.monotonic(), time.process_time()
    size = None if is_prefecture else arguments.size or "full"
    password: str = one_time_password()
    with _bar() as progress:
        progress("建立数据库", 0, 1)
        call_command("migrate", verbosity=0, interactive=False)
        progress("建立数据库", 1, 1)
        made = _city(size, today, password, progress)
    require_migrated()
    about = {
        "ready": True,
        "preset": arguments.preset,
        "size": size,
        "today": today.isoformat(),
        "password": password,
        "accounts": [[account.role, account.unit, account.username] for account in made.accounts],
        "followed": [[one.shows, one.unit, one.number, one.code] for one in made.followed],
    }
    mark = Path(settings.HOME) / MARK
    fresh = mark.with_suffix(".new")
    fresh.write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    fresh.replace(mark)
    print(
        f"已生成：机构 {made.units} 个，政府信息 {made.records} 件，行政决定和收费 {made.decisions} 条，"
        f"申请 {made.cases} 件，索引 {made.indexed} 件，用时 {time.monotonic() - began:.0f} 秒"
        f"（处理器 {time.process_time() - worked:.0f} 秒）。"
    )
    return 0


def _earliest(*, is_prefecture: bool) -> date:
    from gongkai.demo import plan  # noqa: PLC0415 -- Django must be started first
    from gongkai.demo.prefecture import making  # noqa: PLC0415 -- the same

    found: date = making.EARLIEST if is_prefecture else plan.EARLIEST
    return found


def _city(size: str | None, today: date, password: str, progress: Callable[[str, int, int], None]) -> Made:
    """Make the city of a size, or the prefecture where none is given."""
    from gongkai.demo import making, sizes  # noqa: PLC0415 -- Django must be started first
    from gongkai.demo.prefecture import making as prefecture  # noqa: PLC0415 -- the same

    if size is None:
        return prefecture.make(today=today, password=password, progress=progress).made
    return making.make(size=sizes.SIZES[size], today=today, password=password, progress=progress)


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None]]:
    """Show a progress bar for each step; yield what to tell the words of a step, how much is done, and of how much."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console()) as bar:
        tasks: dict[str, TaskID] = {}

        def told(words: str, done: int, total: int) -> None:
            if words not in tasks:
                tasks[words] = bar.add_task(words, total=total)
            bar.update(tasks[words], completed=done, total=total)

        yield told


def _show(about: dict[str, Any], home: Path) -> None:
    """Print the accounts to sign on with, and what to follow an application on the portal with."""
    from rich.table import Table  # noqa: PLC0415 -- start-up: only here

    shown = console()
    accounts = _chosen(about["accounts"], _SHOWN[about.get("preset", CITY)])
    followed = about.get("followed", ())
    for title, captions, rows in (
        (f"演示账号（密码均为 {about['password']}）", ("角色", "机构", "用户名"), accounts),
        ("门户“依申请公开—查询进度”（/apply/status/）可查的申请", ("看什么", "机构", "申请编号", "查询码"), followed),
    ):
        if not rows:
            continue
        table = Table(title=title, title_justify="left")
        for caption in captions:
            table.add_column(caption)
        for row in rows:
            table.add_row(*row)
        shown.print(table)
    shown.print(f"其余机构的账号照此命名，全部列在 {home / MARK}。地名、人名、文件均为虚构。", soft_wrap=True)


def _chosen(accounts: Sequence[Sequence[str]], shown: Sequence[str]) -> Iterator[Sequence[str]]:
    for unit in shown:
        yield from (account for account in accounts if account[1] == unit)
