"""``gongkai init``: the data directory and its keys."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``gongkai init``."""
    parser.epilog = "数据目录由 GONGKAI_HOME 指定，默认为当前目录下的 var。已有的密钥不会改动。"


def run(_arguments: argparse.Namespace) -> int:
    """Create what is missing and say what was made; status 1 if the data directory cannot be written."""
    from gongkai.site import conf  # noqa: PLC0415 -- start-up: only this command needs it

    home = conf.home()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        created = conf.create_keys()
    except OSError as error:
        print(f"gongkai: 数据目录 {home} 不能写入（{error.strerror}）。请检查路径和权限，或另设 GONGKAI_HOME。")
        return 1
    print(f"数据目录：{home}")
    for path in created:
        print(f"已生成密钥：{path}（仅属主可读）")
    if created:
        print("密钥不在备份之内：请把它们另行抄存到安全的地方。丢失 field_keys，加密字段将无法解密。")
    for name, file in conf.KEY_FILES.items():
        if name in os.environ:
            print(f"{name} 由环境变量给出。")
        elif home / file not in created:
            print(f"已有密钥：{home / file}")
    print("下一步：gongkai migrate 建立数据库，gongkai found 建立本级政府和系统管理员。")
    return 0
