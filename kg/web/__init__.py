"""The HTTP side: SPARQL, names that resolve, documents with their text, files.

It reads what was published and imports no stage that made it.
"""

from kg.web.app import create_app
from kg.web.serving import serve, serve_empty

__all__ = ["create_app", "serve", "serve_empty"]
