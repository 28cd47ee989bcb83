"""``gongkai found``: the first unit, administrator and chain, so that everything else is done on screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from gongkai.cli.installation import RefusedError, on_installation, require_migrated

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``gongkai found``."""
    parser.add_argument("--code", required=True, help="机构代码，终身不变，如 HL-001")
    parser.add_argument("--name", required=True, help="本级政府全称，如 海岚市人民政府")
    parser.add_argument("--short", required=True, help="简称，如 市政府")
    parser.add_argument("--since", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD", help="设立日")
    parser.add_argument("--document", required=True, help="设立依据的文号；没有的写明来源")
    parser.add_argument("--username", required=True, help="系统管理员的用户名")
    parser.add_argument("--person", required=True, help="系统管理员的姓名")
    parser.add_argument("--telephone", required=True, help="系统管理员的办公电话")
    parser.epilog = "只在还没有任何机构时可用。其余机构、人员和授权由该管理员在工作台上登记。"


@on_installation
def run(arguments: argparse.Namespace) -> int:
    """Found the installation and print the one-time password; refuse where there is a unit already."""
    from django.db import transaction  # noqa: PLC0415 -- Django must be started first

    from gongkai.accounts.domain.administration import one_time_password  # noqa: PLC0415 -- the same
    from gongkai.units.errors import UnitError  # noqa: PLC0415 -- the same
    from gongkai.units.models import Unit  # noqa: PLC0415 -- the same

    require_migrated()
    password: str = one_time_password()
    try:
        with transaction.atomic():
            if Unit.objects.exists():
                raise RefusedError("已有机构，不能再次建立。请由系统管理员登录后在“机构”中登记。")
            _found(arguments, password)
    except UnitError as error:
        raise RefusedError(str(error)) from error
    print(f"已建立{arguments.name}（{arguments.code}），系统管理员：{arguments.person}。")
    print("预设的审核流程：三审三校。可在“审核流程”中修改，或为镇街另设。")
    print(f"用户名：{arguments.username}")
    print(f"一次性密码：{password}（只显示这一次，登录后须修改）")
    return 0


def _found(arguments: argparse.Namespace, password: str) -> None:
    from django.utils import timezone  # noqa: PLC0415 -- Django must be started first

    from gongkai.accounts.domain import people  # noqa: PLC0415 -- the same
    from gongkai.accounts.models import Role, User  # noqa: PLC0415 -- the same
    from gongkai.journal.domain.entry import SYSTEM  # noqa: PLC0415 -- the same
    from gongkai.review.domain import chains  # noqa: PLC0415 -- the same
    from gongkai.review.registry import subjects  # noqa: PLC0415 -- the same
    from gongkai.units.domain import structure  # noqa: PLC0415 -- the same
    from gongkai.units.models import Kind  # noqa: PLC0415 -- the same

    today = timezone.localdate()
    unit = structure.establish(
        code=arguments.code,
        kind=Kind.GOVERNMENT,
        name=arguments.name,
        short_name=arguments.short,
        parent=None,
        day=arguments.since,
        document=arguments.document,
        actor=SYSTEM,
    )
    user = User.objects.create_user(
        arguments.username, password=password, name=arguments.person, must_change_password=True
    )
    people.register(user=user, unit=unit, position="系统管理员", telephone=arguments.telephone, day=today, actor=SYSTEM)
    people.grant(user=user, role=Role.ADMINISTRATOR, unit=unit, day=today, actor=SYSTEM, with_subtree=True)
    # Rooms that know their own chain set it when it is first asked for.
    for subject in (one for one in subjects() if not one.preset):
        chains.set_chain(name="三审三校", kind=subject.kind, steps=chains.FULL, actor=SYSTEM)
