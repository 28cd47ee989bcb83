"""The public site: what a visitor meets, on the windows of each room."""
