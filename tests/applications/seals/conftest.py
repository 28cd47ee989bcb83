"""The tests of OFD seals need what the extra ``seal`` brings."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("asn1crypto") else ["*"]
