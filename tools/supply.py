"""What an installation is made of: a bill of materials in CycloneDX, and a check of licences.

python -m tools.supply sbom > sbom.json      the packages that entente needs, with versions and licences
python -m tools.supply licences              ends with 1 and names those whose licence is not known to be permissive
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.requirements import Requirement

PERMISSIVE = re.compile(
    r"\b(MIT|MIT-0|BSD|0BSD|BSD-\d-Clause|Apache|ISC|PSF|PSFL|PSF-2\.0|Python Software Foundation|Zlib|Unlicense"
    r"|CC0|HPND|W3C|MPL|Mozilla)\b",  # the Mozilla Public License asks for its own files only
    re.IGNORECASE,
)
OTHER = re.compile(r"\b(GPL|LGPL|AGPL|GNU|SSPL|BUSL|Commons Clause|proprietary)", re.IGNORECASE)


def needed(name: str = "entente") -> Iterator[Distribution]:
    """The distributions that one needs at run time, directly or not, by name."""
    found: dict[str, Distribution] = {}
    wanted = [Requirement(name)]
    while wanted:
        requirement = wanted.pop()
        key = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if key in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        try:
            found[key] = distribution(requirement.name)
        except PackageNotFoundError:
            continue  # asked for on other systems only
        wanted += map(Requirement, found[key].requires or ())
    return (found[key] for key in sorted(found) if key != name)


def licence(one: Distribution) -> str:
    """The licence that a distribution states: as an expression, by classifiers, or in its first words."""
    told = one.metadata
    classes = [c.split(" :: ") for c in told.get_all("Classifier") or () if c.startswith("License :: ")]
    classified = [parts[-1] for parts in classes if parts[-1] != "OSI Approved"]
    first = (told.get("License") or "").strip().partition("\n")[0][:100]
    return told.get("License-Expression") or " OR ".join(classified) or first


def doubtful(told: str) -> bool:
    """Whether a licence is not known to be permissive; of several one may choose."""
    return not any(PERMISSIVE.search(part) and not OTHER.search(part) for part in re.split(r"\bOR\b", told))


def bill() -> str:
    """The bill of materials as JSON (CycloneDX 1.6)."""
    licences, bom = LicenseFactory(), Bom()
    for one in needed():
        stated = licence(one)
        bom.components.add(
            Component(
                name=one.name,
                version=one.version,
                type=ComponentType.LIBRARY,
                licenses=[licences.make_from_string(stated)] if stated else [],
                purl=PackageURL("pypi", name=one.name.lower(), version=one.version),
            )
        )
    return make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2)


def main(command: str) -> int:
    """Do what is asked for; the exit code."""
    if command == "sbom":
        sys.stdout.write(bill() + "\n")
        return 0
    found = [(one.name, licence(one)) for one in needed()]
    wrong = [(name, told) for name, told in found if doubtful(told)]
    for name, told in wrong:
        sys.stdout.write(f"{name}: {told or 'states no licence'}\n")
    sys.stdout.write(f"{len(found)} packages, {len(wrong)} licences to look at\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if sys.argv[1:] else "licences"))
