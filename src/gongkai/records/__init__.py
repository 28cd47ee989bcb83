"""The register of government information: drafted, reviewed, published, kept in force, handed over."""
