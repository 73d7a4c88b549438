"""What the words of this app mean, one sentence each.

By itself: words to be read and corrected, and nothing else.
"""

from __future__ import annotations

import streamlit as st

TERMS = {
    "BERT": "A language model that was trained on much text. It turns a sentence into numbers; like sentences get like "
    "numbers.",
    "Branch": "A part of the score that needs no network, such as what others liked together. Branches are added up.",
    "Cold": "Someone or something with hardly any events to learn from.",
    "Counterfactual": "The smallest change after which the recommendation would not be there.",
    "EASE": "A simple, strong method that learns from likes alone which things go together. The one to beat.",
    "Fact": "One stored statement, such as “directed by Ridley Scott”. Facts link things that share them.",
    "History": "What a person met so far. It is all that the model knows of them.",
    "KGNN": "The graph network: it lets a thing listen to its facts. Where it did not make lists better, it is silent.",
    "Knowledge graph": "All facts together: things, people and kinds, and the lines between them.",
    "Network": "KGNN, attention over the history, and an MLP, which learn together what branches do not say.",
    "NDCG@10": "How well a list of ten puts at its top what a person really liked. 1 is perfect, higher is better.",
    "Path": "A way over facts from something you liked to something recommended.",
    "Rank": "The place among everything that the person has not met yet. 1 is best.",
    "Rule": "What holds for many people: who likes this often likes that. Told with how many people it holds for.",
    "Score": "The number by which a list is ordered, for one person. It has no unit; higher is better.",
    "SHAP value": "What one reason was worth: the mean change of the score when it is added, over many combinations.",
    "Silent": "Trained, measured, and left out of the score, for it did not make lists better on this data set.",
    "Vector": "A list of numbers that stands for a text, a thing or a person. Near vectors mean alike.",
    "XLNet": "A second language model; it reads the text of each thing.",
}


IN_NUMBERS = ("NDCG@10", "SHAP value")  # that stand on the page for analysts alone


def draw(analyst: bool) -> None:
    with st.expander("Words used here", icon=":material/menu_book:", key="glossary"):
        rows = [f"**{term}**. {words}" for term, words in TERMS.items() if analyst or term not in IN_NUMBERS]
        half = (len(rows) + 1) // 2
        for column, part in zip(st.columns(2, gap="medium"), (rows[:half], rows[half:]), strict=True):
            with column:
                st.markdown("\n\n".join(part))
