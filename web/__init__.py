"""The web application: a factory, one typed state, and a few blueprints."""

from web.app import create_app

__all__ = ["create_app"]
