"""The project's own set of AI privacy enforcement, one TOML file a case."""
