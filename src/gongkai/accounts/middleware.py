"""What a person owes before anything else: a password of one's own, and a second factor where the role demands it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect

from gongkai.accounts import rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

OPEN = "account/"
"""The pages on which these duties are done."""

_KNOWN = "second_factor"


def _by_platform(request: HttpRequest) -> bool:
    """Tell whether this session began at the identity platform: no password of ours was used, so none need change."""
    return any(record.get("method") == "socialaccount" for record in get_authentication_records(request, request.user))


class SignOnDutiesMiddleware:
    """Send the person to the page where the duty is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], values: dict[str, Any]
    ) -> HttpResponse | None:
        """Redirect from any page for people who signed on."""
        del args, values
        if request.resolver_match.route.startswith(OPEN) or not getattr(view, "login_required", True):
            return None
        user = request.user
        if not user.is_authenticated:
            return None
        if user.must_change_password and not _by_platform(request):
            messages.warning(request, "您使用的是一次性密码，请先修改。")
            return redirect("account_change_password")
        if settings.SECOND_FACTOR and not self._has_second_factor(request):
            messages.warning(request, "您的角色须启用两步验证后才能办理事项。")
            return redirect("mfa_activate_totp")
        return None

    def _has_second_factor(self, request: HttpRequest) -> bool:
        """Look once per session: who must have a second factor cannot put it away."""
        if request.session.get(_KNOWN) == request.user.pk or not rules.needs_second_factor(request.scope):
            return True
        if not is_mfa_enabled(request.user, ["totp"]):
            return False
        request.session[_KNOWN] = request.user.pk
        return True
