from gongkai.accounts.models.grant import Grant, Role
from gongkai.accounts.models.officer import Officer
from gongkai.accounts.models.user import User

__all__ = ["Grant", "Officer", "Role", "User"]
