"""The addresses of applying. None holds a number, a code, or anything a person typed."""

from django.urls import path

from gongkai.intake.views import public_apply, public_track

app_name = "apply"
urlpatterns = [
    path("", public_apply.start, name="start"),
    path("form/", public_apply.form, name="form"),
    path("confirm/", public_apply.confirm, name="confirm"),
    path("picture/<uuid:uuid>.png", public_apply.picture, name="picture"),
    path("alike/", public_apply.suggest, name="alike"),
    path("found/", public_apply.found, name="found"),
    path("help/", public_apply.assistance, name="help"),
    path("status/", public_track.track, name="track"),
    path("status/case/", public_track.case, name="case"),
    path("status/leave/", public_track.leave, name="leave"),
    path("status/confirm/", public_track.confirm, name="confirm-case"),
    path("status/files/<uuid:uuid>/", public_track.file, name="file"),
    path("status/<uuid:uuid>/correction/", public_track.correction, name="correction"),
    path("status/<uuid:uuid>/withdrawal/", public_track.withdrawal, name="withdrawal"),
    path("status/<uuid:uuid>/rating/", public_track.rating, name="rating"),
]
