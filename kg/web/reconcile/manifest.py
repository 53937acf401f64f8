"""What the service says of itself in each version ('Service Manifest')."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from kg.web.reading import Reader
from kg.web.reconcile.answers import class_of
from kg.web.reconcile.identifiers import term_iri
from kg.web.reconcile.queries import BATCH

NAME = "entente: defence cooperation"
USUAL = ("Agent", "State", "Organisation", "Person", "Office", "Place", "City", "Agreement", "WeaponSystem")
WIDTH, HEIGHT = 420, 180  # of a preview, in pixels
LIMIT = "At most so many values for each thing; 0 for all"


def manifest_02(reader: Reader, root: str) -> dict[str, Any]:
    """The manifest of version 0.2, of a service under the address `root`, which ends in a slash."""
    return {
        "versions": ["0.2"],
        **_common(reader, root),
        "identifierSpace": f"{reader.published.base}id/",
        "schemaSpace": f"{reader.published.base}ontology#",
        "view": {"url": f"{root}id/{{{{id}}}}"},
        "preview": {"url": f"{root}reconcile/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {
            kind: {
                "service_url": root.rstrip("/"),
                "service_path": f"/reconcile/suggest/{kind}",
                "flyout_service_path": f"/reconcile/flyout/{kind}?id=${{id}}",
            }
            for kind in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {
                "service_url": root.rstrip("/"),
                "service_path": "/reconcile/extend/propose",
            },
            "property_settings": [
                {"name": "limit", "label": "Limit", "type": "number", "default": 0, "help_text": LIMIT}
            ],
        },
    }


def manifest_10(reader: Reader, root: str) -> dict[str, Any]:
    """The manifest of version 1.0-draft."""
    return {
        "versions": ["1.0-draft"],
        **_common(reader, root),
        "lang": "en",
        "view": {"url": f"{root}id/{{id}}"},
        "preview": {"width": WIDTH, "height": HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {
            "proposeProperties": True,
            "propertySettings": [
                {"id": "limit", "name": "Limit", "type": "number", "default": 0, "helpText": LIMIT}
            ],
        },
        "standardizedScore": True,
    }


def _common(reader: Reader, root: str) -> dict[str, Any]:
    base = reader.published.base
    return {
        "name": NAME,
        "documentation": f"{root}reconcile/about",
        "logo": f"{root}static/icon.svg",
        "serviceVersion": version("entente"),
        "batchSize": BATCH,
        "defaultTypes": [class_of(reader, term_iri(name, base)) for name in USUAL],
    }
