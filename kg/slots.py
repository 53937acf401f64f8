"""The stores of other servers that hold what is published: each is a slot for one version of it, whole.

The newest version that a slot has is the one that is served. With two slots the next version is loaded into the
one that is not served, so that the step from one to the other is the single triple that makes its mark whole.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

from kg.endpoint import Endpoint, EndpointError
from kg.history import history
from kg.published import Current, NotPublishedError, Published, open_published
from kg.settings import SettingError, Settings
from kg.store_elsewhere import MARK, StoreElsewhere, version_at

FRESH = 1.0  # seconds for which what the slots were seen to hold is taken to be so


def slots_of(settings: Settings) -> tuple[Endpoint, ...]:
    """The slots that the settings name; raises SettingError where their addresses do not go together."""
    queries, graphs = (
        [address.strip() for address in told.split(",") if address.strip()]
        for told in (settings.stores, settings.stores_graphs)
    )
    if graphs and len(graphs) != len(queries):
        wanted = f"one address for each of ENTENTE_STORES, {len(queries)}, in the same order"
        raise SettingError("ENTENTE_STORES_GRAPHS", settings.stores_graphs, wanted)
    addresses = zip(queries, graphs or [""] * len(queries), strict=True)
    return tuple(Endpoint(*told, settings.stores_login) for told in addresses)


class CurrentElsewhere(Current):
    """The newest version that a slot has, its files in a folder; safe to share between threads.

    The slots are looked at again after a while, by a thread of its own, so that no request waits for it; a slot
    that does not answer holds nothing meanwhile.
    """

    def __init__(self, dist: Path, slots: tuple[Endpoint, ...]) -> None:
        super().__init__(dist)
        self._slots = slots
        self._looking = threading.Lock()
        self._seen = 0.0

    def get(self) -> Published:
        """The version that is current now. Raises NotPublishedError."""
        if time.monotonic() - self._seen > FRESH and self._looking.acquire(blocking=self._held is None):
            if self._held is None:
                self._look()
            else:
                threading.Thread(target=self._look, daemon=True).start()
        if self._held is None:
            raise NotPublishedError(
                self.dist, "none of the stores holds a version that is here ('kg publish')"
            )
        return self._held

    def _look(self) -> None:
        """Take the newest version that a slot has; where none has any, the last one stays."""
        try:
            base = open_published(self.dist).base
            held = {version: slot for slot in self._slots if (version := _held_by(slot, base))}
            newest = [one.version for one in history(self.dist) if one.version in held][-1:]
            for version in newest:
                found = at(open_published(self.dist, version), held[version])
                if self._held is None or _place(self._held) != _place(found):
                    self._held = found
        finally:
            self._seen = time.monotonic()
            self._looking.release()


def at(published: Published, slot: Endpoint) -> Published:
    """A published version whose store is a slot."""
    version = f"{published.base}dataset/{published.version}"
    store = StoreElsewhere(slot, published.default_graphs, mark=f"{published.base}{MARK}", version=version)
    return replace(published, elsewhere=store)


def _held_by(slot: Endpoint, base: str) -> str | None:
    try:
        return version_at(slot, base)
    except EndpointError:
        return None


def _place(published: Published) -> tuple[str, Endpoint | None]:
    store = published.elsewhere
    return published.version, store.endpoint if store else None
