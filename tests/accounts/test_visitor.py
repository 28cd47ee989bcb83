"""Where a request comes from."""

from gongkai.accounts.visitor import address_of


def test_the_word_of_a_proxy_counts_only_where_there_is_one(rf, settings):
    request = rf.get("/", REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": "6.6.6.6, 192.0.2.1"})
    assert address_of(request) == "127.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert address_of(request) == "192.0.2.1"
    assert address_of(rf.get("/", REMOTE_ADDR="127.0.0.1")) == "127.0.0.1"
