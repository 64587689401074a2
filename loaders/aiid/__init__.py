"""The AI Incident Database."""
