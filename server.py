"""The Flask application, for any WSGI server: `waitress-serve --call server:application`.

`kg serve` runs it without further ado.
"""

from flask import Flask

from kg.settings import Settings
from kg.web import create_app


def application() -> Flask:
    """The application over what the environment's settings name."""
    return create_app(Settings.from_environment())
