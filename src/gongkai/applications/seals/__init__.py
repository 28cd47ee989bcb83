"""Electronic seals: the port, its adapters, and which one an installation uses."""
