"""A room that mounts the redaction desk: its files are those of ``FILES``, by number."""

from django.http import Http404
from django.urls import include, path

from gongkai.accounts.models import Role
from gongkai.files.views.redaction import Desk
from gongkai.site.urls_all import urlpatterns as site

FILES = {}


def find(request, number, *, writing):
    """Let readers of the unit see, and its handlers redact."""
    file = FILES.get(number)
    reached = request.scope.of(Role.HANDLER) if writing else request.scope.readable
    if file is None or file.unit.pk not in reached:
        raise Http404
    return file


desk = Desk(find, namespace="room")
urlpatterns = [*site, path("office/room/<int:number>/redaction/", include((desk.urls, "room")))]
