"""The server that the suite looks at: any, by its address, or the one over what is built of the seeds."""

import os

import pytest

from tests.linked_data.site import Site


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Site:
    address = request.config.getoption("--base-address") or os.environ.get("BASE_ADDRESS")
    return Site((address or request.getfixturevalue("server")).rstrip("/"))
