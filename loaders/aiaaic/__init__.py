"""The AIAAIC Repository of AI incidents."""
