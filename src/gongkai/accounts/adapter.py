"""Sign-on as an office needs it: accounts are opened by the office, never by signing up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, resolve_url
from django.utils import timezone

from gongkai.accounts import rules, sealing
from gongkai.accounts.models import User
from gongkai.accounts.queries.scope import scope_of

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from allauth.socialaccount.models import SocialLogin
    from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "用户名或密码不正确。连续错五次将锁定三十分钟；忘记密码的，请联系主管部门重发。",
        "enter_current_password": "当前密码不正确，请重新输入。",
        "incorrect_password": "密码不正确，请重新输入。",
        "too_many_login_attempts": "登录失败次数过多，请几分钟后再试。",
        "rate_limited": "操作过于频繁，请几分钟后再试。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- the signature is allauth's
        """Return ``False``: the office registers its officers."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 -- the signature is allauth's
        """Return to the first page."""
        return resolve_url(settings.LOGIN_REDIRECT_URL)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are sealed in the database, and who must have a second factor cannot put it away."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "动态码不正确。请核对手机时间，输入最新的六位动态码，或一个没有用过的恢复码。",
        "cannot_delete_authenticator": "您的角色必须使用两步验证，不能停用。更换手机的，请由主管部门解除后重新启用。",
        "rate_limited": "输错次数过多，请几分钟后再试。",
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return sealing.unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Return whether the person's roles do without."""
        scope = scope_of(authenticator.user, timezone.localdate())
        return not (settings.SECOND_FACTOR and rules.needs_second_factor(scope))


class RegisteredOfficersAdapter(DefaultSocialAccountAdapter):
    """Who comes from the identity platform is matched to a registered officer; no account is ever made."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in the officer whose user name the platform gives, and tie the two on the first visit.

        Once tied, the platform's own identifier decides: a user name given to another person later lets nobody in.
        """
        app = sociallogin.account.get_provider().app
        if sociallogin.is_existing:
            self._check(request, sociallogin.user)
            return
        data = sociallogin.account.get_provider_account().get_user_data() or {}
        name = str(data.get(app.settings["claim"], ""))
        user = User.objects.filter(username=name).first() if name else None
        self._check(request, user)
        if SocialAccount.objects.filter(user=user, provider=sociallogin.account.provider).exists():
            self._refuse(request, "该账号已与平台上的另一身份绑定。请由系统管理员核实。")
        sociallogin.connect(request, user)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 -- allauth's
        """Return ``False``: accounts are never made from outside."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:  # noqa: ARG002 -- allauth's
        """Take nothing over: who the person is stands in the register."""
        return sociallogin.user

    def _check(self, request: HttpRequest, user: User | None) -> None:
        if user is None or not user.is_active or not hasattr(user, "officer"):
            self._refuse(request, "平台上的身份没有对应的在用备案人员。请先由主管部门备案，用户名须与平台一致。")

    def _refuse(self, request: HttpRequest, words: str) -> NoReturn:
        messages.error(request, words, extra_tags="danger")
        raise ImmediateHttpResponse(redirect("account_login"))
