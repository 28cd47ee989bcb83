"""Addresses of the register's pages."""

app_name = "records"
urlpatterns: list[object] = []
