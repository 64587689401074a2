"""Users' own tables (CSV, JSON, JSON Lines, XLSX), read as one TOML file says; the README shows how."""
