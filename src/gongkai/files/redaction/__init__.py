"""Taking content out of a file for good (区分处理, 条例第三十七条).

Nothing of the original's objects reaches the copy: every page is drawn as a picture, the boxes are painted into the
picture, and what can still be read is laid over it as text of our own. The copy is then opened again and proven.
Decision 0019 says why. Nothing here knows the database; ``files.domain.redaction`` does.
"""
