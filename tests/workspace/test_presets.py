"""Each preset from files to reasons: import, prepare, recommend, explain, all in the words of its field."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from kgrec_core import service
from kgrec_core.config import Recipe
from kgrec_core.text.wordpieces import learn_word_pieces
from kgrec_core.workspace import own_data

THINGS, PEOPLE, COLD = 16, 20, 15
FOREIGN = ("film", "artist", "product", "article", "person", "liked", "watched", "played", "bought", "read", "followed")


@dataclass(frozen=True)
class Preset:
    name: str
    column: str  # an attribute that things of one kind share
    kinds: tuple[str, str]
    clause: str  # how a reason says that two share the first kind
    values: str  # ratings | counts | none
    verb: str  # what the person did, as reasons say it
    item: str
    user: str
    events: str

    def write(self, folder: Path) -> list[own_data.Given]:
        """Even people meet things of the first kind, odd ones of the second; nobody met the last thing."""
        head = "user_id,item_id" + ("" if self.values == "none" else ",value")
        met = [(person, thing) for person in range(PEOPLE) for thing in range(COLD) if self._meets(person, thing)]
        rows = [f"u{person},i{thing}{self._value(person, thing)}" for person, thing in met]
        things = [f"i{thing},Thing {thing},{self.kinds[thing % 2]},Pair {thing // 4}" for thing in range(THINGS)]
        acts, items = folder / "acts.csv", folder / "things.csv"
        acts.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        items.write_text("\n".join([f"item_id,title,{self.column},pair", *things]) + "\n", encoding="utf-8")
        return [own_data.Given(acts, "interactions"), own_data.Given(items, "items")]

    def _meets(self, person: int, thing: int) -> bool:
        if self.values == "ratings":
            return (person + thing // 2) % 5 != 0
        return person % 2 == thing % 2 and (person + thing) % 5 != 0

    def _value(self, person: int, thing: int) -> str:
        rating = 5 if person % 2 == thing % 2 else 2
        return {"none": "", "ratings": f",{rating}", "counts": f",{200 + 7 * person + thing}"}[self.values]


PRESETS = (
    Preset("video", "director", ("Ada Star", "Ben Orbit"), "both directed by Ada Star", "ratings", "liked", "film",
           "Viewer", "ratings"),
    Preset("e-commerce", "brand", ("Leaf", "Kiln"), "both are made by Leaf", "none", "bought", "product", "Shopper",
           "purchases"),
    Preset("music", "genre", ("jazz", "metal"), "both play jazz", "counts", "played", "artist", "Listener", "plays"),
    Preset("news", "mentions", ("Mars", "Rome"), "both mention Mars", "none", "read", "article", "Reader", "clicks"),
    Preset("social", "interest", ("chess", "tea"), "both like chess", "none", "followed", "person", "Member",
           "connections"),
)  # fmt: skip


@pytest.fixture(scope="module")
def small_bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("bert")
    words = [f"Thing {thing} {' '.join(preset.kinds)} {preset.verb}" for thing in range(THINGS) for preset in PRESETS]
    learn_word_pieces(words, size=200, max_length=64).save_pretrained(folder)
    BertModel(BertConfig(vocab_size=200, hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
                         intermediate_size=32)).save_pretrained(folder)  # fmt: skip
    return folder


@pytest.fixture(params=PRESETS, ids=lambda preset: preset.name)
def served(
    request: pytest.FixtureRequest, tmp_path: Path, small_bert: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Preset, service.Service]:
    preset: Preset = request.param
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KGREC_BERT", str(small_bert))
    report = own_data.import_files("mine", preset.write(tmp_path), own_data.Choice(domain=preset.name))
    assert report.ok, report.findings
    service.prepare("mine", recipe=Recipe(rounds=1))
    return preset, service.open("mine")


def test_a_preset_speaks_its_own_words_from_files_to_reasons(served: tuple[Preset, service.Service]) -> None:
    preset, opened = served
    domain, user = opened.domain, "u0"  # by the id of the files, which the data set does not have
    assert (domain.item, domain.liked, domain.events) == (preset.item, preset.verb, preset.events)
    assert all(card.label.startswith(f"{preset.user} ") for card in opened.users())
    assert opened.card.positives == sum(card.liked for card in opened.users())
    assert (opened.card.positives < opened.card.interactions) == (preset.values == "ratings")  # who rates can dislike
    found = opened.recommend(user, k=5).items
    reasons = " ".join(row.reason for row in found)
    assert all(f"they {preset.verb}" in row.reason for row in found[:2]), reasons
    paths = [path for row in found for path in opened.why(user, row.item.item_id).paths]
    assert preset.clause in [path.clause for path in paths]
    said = reasons + " ".join(one.sentence for one in opened.explain(user, found[0].item.item_id).text)
    said += opened.why_not(user, found[-1].item.item_id, k=1).sentence
    said = said.replace("read as text", "")  # what the model does, in every field
    assert not {word for word in FOREIGN if f" {word} " in said} - {preset.verb, preset.item, domain.consumed}


def test_a_thing_that_nobody_met_is_recommended_for_what_is_known_of_it(
    served: tuple[Preset, service.Service],
) -> None:
    preset, opened = served
    cold = f"i{COLD}"  # of the second kind, which odd people like
    if preset.name == "social":  # people are hidden as items too
        met = {event.item.item_id for card in opened.users() for event in opened.history(card.user_id)}
        cold = next(card.item_id for card in opened.items() if card.item_id not in met)
    assert opened.users_who_liked(cold) == ()
    ahead = []
    for user in ("u1", "u0"):
        scores = {row.item.item_id: row.score for row in opened.recommend(user, k=THINGS).items}
        ahead.append((scores[cold] - np.mean(list(scores.values()))) / np.std(list(scores.values())))
    assert ahead[0] > ahead[1]  # of the mean thing, in standard deviations
