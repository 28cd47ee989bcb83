"""``gongkai password``: let somebody in again, by whoever runs the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.cli.installation import RefusedError, on_installation, require_migrated

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``gongkai password``."""
    parser.add_argument("username", help="用户名")
    parser.epilog = "同时解锁、结束各处的登录、解除两步验证，记入操作日志。平时请由系统管理员在工作台上办理。"


@on_installation
def run(arguments: argparse.Namespace) -> int:
    """Print a new one-time password; refuse for an account that is not there or closed."""
    from gongkai.accounts.domain.administration import recover  # noqa: PLC0415 -- Django must be started first
    from gongkai.accounts.models import User  # noqa: PLC0415 -- the same

    require_migrated()
    user = User.objects.filter(username=arguments.username).first()
    if user is None:
        raise RefusedError(f"没有用户名为“{arguments.username}”的账号。请核对。")
    if not user.is_active:
        raise RefusedError(f"账号“{arguments.username}”已停用。停用的账号由系统管理员在工作台上恢复。")
    print(f"{user.name}（{user.username}）的一次性密码：{recover(user=user)}（只显示这一次，登录后须修改）")
    return 0
