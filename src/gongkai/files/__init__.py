"""Files as they are kept: by content, outside the web root, checked before they are let in."""
