"""The AI Litigation Database of George Washington University."""
