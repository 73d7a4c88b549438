from __future__ import annotations

from pathlib import Path

import pytest

from kgrec_core import service
from kgrec_core.__main__ import main
from kgrec_core.config import ModelConfig, Recipe
from kgrec_core.errors import ConfigError
from kgrec_core.model.bundle import read_card
from kgrec_core.workspace import own_data
from kgrec_core.workspace.prepare import prepare
from tests.own_tables import write_shop
from tests.worlds import tiny_catalog


@pytest.mark.slow
def test_without_the_graph_a_shop_is_trained_and_its_reasons_name_no_fact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    own_data.import_files("shop", [own_data.Given(each) for each in write_shop(tmp_path)])
    assert main(["prepare", "shop", "--no-graph", "--rounds", "1"]) == 0
    assert read_card("shop")["training"]["epochs"] == 1
    opened = service.open("shop")
    assert opened.card.triples == 0
    user = opened.users()[0].user_id
    best = opened.recommend(user, k=1).items[0]
    assert best.reason
    assert opened.explain(user, best.item.item_id).paths == ()


def test_a_training_without_a_round_is_refused() -> None:
    with pytest.raises(ConfigError, match="1 to 200"):
        Recipe(rounds=0)


def test_a_model_that_reads_the_order_of_a_history_is_not_served() -> None:
    with pytest.raises(ConfigError, match="leave recency out"):
        prepare(tiny_catalog(), ModelConfig().by_time())
