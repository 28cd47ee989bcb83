"""Setting official documents in type (GB/T 9704—2012): the shipped face, the parts of a Word package, archives."""
