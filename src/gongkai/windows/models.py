"""The room has no tables; the windows stand in the rooms whose tables they look into."""
