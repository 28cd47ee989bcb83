"""``gongkai verify-log``: prove that the journal is whole, from its first entry to its last."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from gongkai.cli.installation import on_installation, require_migrated

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``gongkai verify-log``."""
    parser.epilog = "请定期把链尾摘要抄存到系统之外：与抄存的一致，才能证明此前的日志没有被整体替换。"


@on_installation
def run(_arguments: argparse.Namespace) -> int:
    """Print how many entries there are and the digest of the last: 0, or 1 with the first break."""
    require_migrated()
    from gongkai.journal.queries.chain import verify  # noqa: PLC0415 -- Django must be started first

    verdict = verify()
    if verdict.broken is not None:
        print(f"gongkai: 操作日志不完整：{verdict.broken.message}此前 {verdict.checked} 条完好。", file=sys.stderr)
        print("请停止使用，保护现场，并与最近的备份比对（网络安全法第二十一条）。", file=sys.stderr)
        return 1
    print(f"操作日志完整：共 {verdict.checked} 条。")
    print(f"链尾摘要（SM3）：{verdict.digest}")
    return 0
