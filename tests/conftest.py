"""What every test starts from: no bundle of whoever runs the tests, and the models that the requirements bring."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _own_surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KGREC_HOME", str(tmp_path_factory.mktemp("home")))
        for name in ("KGREC_BERT", "KGREC_XLNET"):
            patch.delenv(name, raising=False)
        yield
