from __future__ import annotations

import pytest

from tests.readers import Read, read_fixture


@pytest.fixture
def read() -> Read:
    return read_fixture
