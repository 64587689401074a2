"""Reference data: regulators, courts, laws, organisations and AI systems that the project knows by name."""
