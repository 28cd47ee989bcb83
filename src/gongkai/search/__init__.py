"""Finding: the port every engine stands behind, the embedded engine, and an in-memory double for contract tests.

It knows no permission: whoever calls gives the access tokens a hit must bear.
"""
