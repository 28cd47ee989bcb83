"""What the tests build: random valid reports, and the shapes they are printed in."""
