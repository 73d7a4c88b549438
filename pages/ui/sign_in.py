"""Sign-in before any screen, where the owner of the app asks for it: a section [auth] in the secrets of Streamlit."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitAuthError

from pages.ui.safe_text import escape_markdown


def pass_or_stop() -> None:
    """Lets everyone in where no sign-in is set up; else only who is signed in, and stops the run for others.

    Call it before `st.navigation`, so that no screen exists for a visitor who is signed out.
    """
    if _unreadable():
        st.error(
            "The secrets of this app cannot be read, so nobody is let in. Its owner has to mend the file secrets.toml.",
            icon=":material/lock:",
        )
        st.stop()
    if not wanted():
        return
    if not st.user.is_logged_in:
        _door()
        st.stop()
    with st.sidebar:
        name = st.user.get("name") or st.user.get("email")
        st.caption(f"Signed in as {escape_markdown(str(name), 60)}" if name else "Signed in as someone")
        st.button("Sign out", key="sign_out", icon=":material/logout:", type="tertiary", on_click=st.logout)


def wanted() -> bool:
    """Whether somebody has to sign in before any screen."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def _unreadable() -> bool:
    """A broken file might hold [auth]; Streamlit takes it for no file, and would leave the door open."""
    exists = any(Path(file).is_file() for file in st.get_option("secrets.files"))
    return exists and not st.secrets.load_if_toml_exists()


def _door() -> None:
    st.title("Please sign in", anchor=False)
    st.markdown("This app is open to people whom its owner knows. Signing in leads you back here.")
    if st.button("Sign in", key="sign_in", type="primary", icon=":material/login:"):
        try:
            st.login()
        except StreamlitAuthError:
            st.error(
                "Sign-in is not set up completely. Whoever runs this app: compare the section [auth] of "
                ".streamlit/secrets.toml with docs/deploy.md, and install `streamlit[auth]`.",
                icon=":material/error:",
            )
