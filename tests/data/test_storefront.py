"""The made-up shop: the same from the same seed, and each recorded cause can be found in history and graph."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgrec_core.data.builtin.storefront import RANDOM, Shop, ShopConfig, generate
from kgrec_core.data.catalog_checks import check_catalog
from kgrec_core.errors import ConfigError


def _made(noise: float = 0.0, seed: int = 0, users: int = 60) -> Shop:
    return generate(ShopConfig(users=users, items=120, noise=noise, seed=seed))


def _caused(made: Shop) -> pd.DataFrame:
    return made.causes[made.causes["relation"] != ""]


def _has(made: Shop) -> set[tuple[str, str]]:
    return set(made.catalog.triples[["head", "tail"]].itertuples(index=False, name=None))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([0.0, 0.3, 1.0]))
def test_any_seed_and_noise_gives_a_sound_catalog_with_a_cause_a_purchase(seed: int, noise: float) -> None:
    made = _made(noise, seed)
    check_catalog(made.catalog)
    both = ["user_id", "item_id"]
    assert made.causes[both].equals(made.catalog.interactions[both])
    assert not made.causes.duplicated(both).any()


def test_the_same_settings_give_the_same_shop_and_another_seed_another() -> None:
    assert _made().catalog.content_hash() == _made().catalog.content_hash() != _made(seed=1).catalog.content_hash()
    pd.testing.assert_frame_equal(_made().causes, _made().causes)


def test_the_product_and_an_earlier_one_of_the_shopper_both_have_what_it_was_bought_for() -> None:
    made = _made(noise=0.3)
    has, order = _has(made), {pair: row for row, pair in enumerate(_pairs(made.causes))}
    for row in _caused(made).itertuples():
        assert {(row.item_id, row.tail), (row.began_with, row.tail)} <= has
        assert order[row.user_id, row.began_with] < order[row.user_id, row.item_id]


def _pairs(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(table[["user_id", "item_id"]].itertuples(index=False, name=None))


def test_nothing_bought_for_a_reason_fits_the_other_preference_of_its_shopper() -> None:
    made = _made()
    has, caused = _has(made), _caused(made)
    for _, rows in caused.groupby("user_id"):
        wanted = set(rows["tail"])
        assert all({tail for tail in wanted if (row.item_id, tail) in has} == {row.tail} for row in rows.itertuples())


def test_what_complements_an_owned_product_began_with_the_device() -> None:
    made = _made()
    texts = made.catalog.items.set_index("item_id")["text"]
    began = _caused(made).query("relation == 'works_with'")["began_with"]
    assert len(began) and texts[began].str.contains("Takes everything made for").all()


def test_purchases_stand_in_the_order_of_time() -> None:
    table = _made().catalog.interactions
    assert table.groupby("user_id")["timestamp"].apply(lambda times: times.is_monotonic_increasing).all()


def test_noise_is_the_share_of_purchases_without_a_reason() -> None:
    assert not (_made(0.0).causes["reason"] == RANDOM).any()
    assert (_made(1.0).causes["reason"] == RANDOM).all()
    assert (_made(0.3, users=2000).causes["reason"] == RANDOM).mean() == pytest.approx(0.3, abs=0.15)


def test_the_model_reads_no_cause() -> None:
    made = _made()
    told = {*made.catalog.interactions.columns, *made.catalog.items.columns, *made.catalog.triples.columns}
    assert not told & {"reason", "began_with", "device"}


@pytest.mark.parametrize("bad", [{"users": 0}, {"items": 10}, {"noise": 1.5}])
def test_a_shop_that_cannot_be_made_is_refused_in_words(bad: dict[str, float]) -> None:
    with pytest.raises(ConfigError):
        ShopConfig(**bad)  # type: ignore[arg-type]
