"""The screens Data and Train as tests open them."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[1] / "app.py")
DATA, TRAIN, EVALUATE = "pages/build/data.py", "pages/build/train.py", "pages/judge/evaluate.py"


def opened(screen: str, **address: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=120)
    for name, value in address.items():
        app.query_params[name] = value
    return app.switch_page(screen).run()


def dropped_in(app: AppTest, *files: Path) -> AppTest:
    uploads = [(file.name, file.read_bytes(), "text/csv") for file in files]
    return app.file_uploader(key="own_files").set_value(uploads).run()


def checked(*files: Path, **address: str) -> AppTest:
    """The screen Data after these files were checked."""
    return dropped_in(opened(DATA, **address), *files).button(key="own_check").click().run()


def words(app: AppTest) -> str:
    kinds = (app.title, app.subheader, app.markdown, app.caption, app.error, app.success, app.info, app.warning)
    return "\n".join(str(each.value) for kind in kinds for each in kind)


def keys(app: AppTest, kind: str) -> set[str]:
    """Keys of all elements of a kind, such as download_button."""
    return {each.proto.id.rsplit("-", 1)[-1] for each in app.get(kind)}
