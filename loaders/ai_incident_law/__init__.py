"""AI Incident Law: matters of law about errors of AI systems."""
