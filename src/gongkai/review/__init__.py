"""One engine for every sign-off: chain, step, opinion, 回避, deadline, evidence.

It does not know what is being reviewed: a subject is a kind and a key, and the room it belongs to registers what
happens when its review passes (``review.registry``).
"""
