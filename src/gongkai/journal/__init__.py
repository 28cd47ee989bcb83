"""The log of acts: append-only, hash-chained with SM3, written in the transaction of the act itself.

It holds no foreign keys, so that every room may write to it and no deletion reaches it.
"""
