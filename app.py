"""The frame of the app: page config, logo, navigation. Start it with `streamlit run app.py`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from pages.start import warm_up
from pages.ui import menu, page_errors, sign_in

ASSETS = Path(__file__).parent / "assets"

if __name__ == "__main__":  # a run for one visitor
    st.set_page_config(page_title="kgrec", page_icon=ASSETS / "icon.png", layout="wide")
    st.logo(ASSETS / f"logo-{st.context.theme.type or 'light'}.svg", size="large", icon_image=ASSETS / "icon.png")
    sign_in.pass_or_stop()
    pages = {
        "": [st.Page("pages/start/home.py", title="Home", icon=":material/home:", default=True)],
        "Explore": [
            st.Page("pages/explore/recommend.py", title="Recommend", icon=":material/recommend:"),
            st.Page("pages/explore/compare.py", title="Compare", icon=":material/compare_arrows:"),
            st.Page("pages/explore/explain.py", title="Explain", icon=":material/lightbulb:"),
            st.Page("pages/explore/ask.py", title="Ask", icon=":material/forum:"),
            st.Page("pages/explore/graph.py", title="Knowledge graph", icon=":material/hub:", url_path="graph"),
            st.Page("pages/explore/new_item.py", title="New item", icon=":material/add_circle:"),
        ],
        "Judge": [
            st.Page("pages/judge/evaluate.py", title="Evaluate", icon=":material/leaderboard:"),
            st.Page("pages/judge/what_drives_it.py", title="What drives it", icon=":material/donut_large:"),
        ],
        "Build": [
            st.Page("pages/build/data.py", title="Data", icon=":material/upload_file:"),
            st.Page("pages/build/train.py", title="Train", icon=":material/model_training:"),
        ],
        "Learn": [st.Page("pages/learn/how_it_works.py", title="How it works", icon=":material/school:")],
    }
    page = st.navigation(pages, position="hidden")
    menu.draw(pages, page)
    with warm_up.waiting(), page_errors.errors_in_words():
        page.run()
else:  # the server imports this file once, at its start
    # Streamlit takes a folder `pages/` for its own until st.navigation has run once; a first visit by a link to a
    # screen would then be told that the page does not exist, and plain scripts in `pages/` would run without a frame.
    PagesManager.uses_pages_directory = False
    app = st.App(__file__, lifespan=warm_up.lifespan)
