"""Relations that things of many kinds have, with phrases that read well of any of them."""

from __future__ import annotations

from collections.abc import Mapping

from kgrec_core.domain.phrases import RelationPhrase, dull, say

_PEOPLE = {  # relation: what was done by the person
    "director": "directed",
    "writer": "written",
    "author": "written",
    "producer": "produced",
    "editor": "edited",
    "translator": "translated",
    "illustrator": "illustrated",
    "narrator": "read",
    "performer": "performed",
    "creator": "created",
    "designer": "designed",
    "instructor": "taught",
    "host": "hosted",
    "founder": "founded",
    "chef": "cooked",
    "architect": "built",
    "choreographer": "choreographed",
    "cinematographer": "filmed",
}
_FIRMS = {
    "production_company": ("production company", "produced"),
    "developer": ("developer", "developed"),
    "brand": ("brand", "made"),
    "brewery": ("brewery", "brewed"),
    "seller": ("seller", "sold"),
    "distributor": ("distributor", "distributed"),
}
_WITH = {  # relation: its label, the type of its entities, what two share, what of them is said in a group
    "actor": ("cast", "person", "{tail} plays in both", "with {tail}"),
    "crew": ("crew", "person", "{tail} worked on both", "that {tail} worked on"),
    "artist": ("artist", "person", "both are by {tail}", "by {tail}"),
    "composer": ("composer", "person", "both have music by {tail}", "with music by {tail}"),
    "lyricist": ("lyricist", "person", "both have lyrics by {tail}", "with lyrics by {tail}"),
    "cover_artist": ("cover artist", "person", "both have a cover by {tail}", "with a cover by {tail}"),
    "character": ("character", "character", "both have the character {tail}", "with the character {tail}"),
    "series": ("series", "series", "both are part of {tail}", "of the series {tail}"),
    "collection": ("collection", "collection", "both belong to {tail}", "of {tail}"),
    "album": ("album", "album", "both are on {tail}", "on {tail}"),
    "label": ("label", "label", "both are released by {tail}", "released by {tail}"),
    "studio": ("studio", "studio", "both come from the studio {tail}", "from the studio {tail}"),
    "network": ("network", "network", "both are shown by {tail}", "shown by {tail}"),
    "winery": ("winery", "winery", "both come from the winery {tail}", "from the winery {tail}"),
    "institution": ("institution", "organisation", "both are offered by {tail}", "offered by {tail}"),
    "company": ("company", "organisation", "both are at {tail}", "at {tail}"),
    "based_on": ("based on", "work", "both are based on {tail}", "based on {tail}"),
    "previous_work": ("previous work", "work", "both follow {tail}", "that follow {tail}"),
    "subsequent_work": ("next work", "work", "both are followed by {tail}", "followed by {tail}"),
    "similar_to": ("similar to", "work", "both are like {tail}", "like {tail}"),
    "related_to": ("related to", "work", "both are related to {tail}", "related to {tail}"),
    "also_bought": ("bought together", "product", "both are bought with {tail}", "bought with {tail}"),
    "also_viewed": ("viewed together", "product", "both are viewed with {tail}", "viewed with {tail}"),
    "subject": ("subject", "subject", "both are about {tail}", "about {tail}"),
    "topic": ("topic", "topic", "both are about {tail}", "about {tail}"),
    "theme": ("theme", "theme", "both have the theme {tail}", "with the theme {tail}"),
    "keyword": ("keyword", "keyword", "both have the keyword {tail}", "with the keyword {tail}"),
    "shelf": ("shelf", "shelf", "both are shelved as {tail}", "shelved as {tail}"),
    "cuisine": ("cuisine", "cuisine", "both are of {tail} cuisine", "of {tail} cuisine"),
    "ingredient": ("ingredient", "ingredient", "both are made with {tail}", "made with {tail}"),
    "allergen": ("allergen", "allergen", "both contain {tail}", "that contain {tail}"),
    "diet": ("diet", "diet", "both suit the diet {tail}", "for the diet {tail}"),
    "mechanic": ("mechanic", "mechanic", "both have the mechanic {tail}", "with the mechanic {tail}"),
    "game_mode": ("game mode", "mode", "both have the game mode {tail}", "with the game mode {tail}"),
    "platform": ("platform", "platform", "both are on the platform {tail}", "on the platform {tail}"),
    "mood": ("mood", "mood", "both have the mood {tail}", "with the mood {tail}"),
    "style": ("style", "style", "both have the style {tail}", "of the style {tail}"),
    "variety": ("variety", "variety", "both are made from {tail}", "made from {tail}"),
    "material": ("material", "material", "both are made of {tail}", "made of {tail}"),
    "colour": ("colour", "colour", "both are {tail}", "in {tail}"),
    "pattern": ("pattern", "pattern", "both have the pattern {tail}", "with the pattern {tail}"),
    "shape": ("shape", "shape", "both have the shape {tail}", "with the shape {tail}"),
    "flavour": ("flavour", "flavour", "both have the flavour {tail}", "with the flavour {tail}"),
    "instrument": ("instrument", "instrument", "both have the instrument {tail}", "with the instrument {tail}"),
    "feature": ("feature", "feature", "both have the feature {tail}", "with the feature {tail}"),
    "attribute": ("attribute", "attribute", "both have the attribute {tail}", "with the attribute {tail}"),
    "amenity": ("amenity", "amenity", "both offer {tail}", "that offer {tail}"),
    "quality": ("quality", "quality", "both are {tail}", "that are {tail}"),
    "mark": ("mark", "mark", "both are marked {tail}", "marked {tail}"),
    "has": ("has", "part", "both have {tail}", "with {tail}"),
    "skill": ("skill", "skill", "both ask for {tail}", "that ask for {tail}"),
    "industry": ("industry", "industry", "both are in the industry {tail}", "of the industry {tail}"),
    "occasion": ("occasion", "occasion", "both are for {tail}", "for {tail}"),
    "subcategory": ("subcategory", "category", "both are in {tail}", "in {tail}"),
    "category": ("category", "category", "both are in the category {tail}", "in the category {tail}"),
    "department": ("department", "department", "both are in the department {tail}", "of the department {tail}"),
    "aisle": ("aisle", "aisle", "both are in the aisle {tail}", "in the aisle {tail}"),
    "section": ("section", "section", "both are in the section {tail}", "in the section {tail}"),
    "tag": ("tag", "tag", "both are tagged {tail}", "tagged {tail}"),
    "award": ("award", "award", "both have the award {tail}", "with the award {tail}"),
    "neighbourhood": ("neighbourhood", "place", "both are in {tail}", "in {tail}"),
    "city": ("city", "place", "both are in {tail}", "in {tail}"),
    "setting": ("setting", "place", "both are set in {tail}", "set in {tail}"),
}
_DULL = {
    "type": ("type", "type", "both are of the type {tail}", "of the type {tail}"),
    "publisher": ("publisher", "publisher", "both are published by {tail}", "published by {tail}"),
    "region": ("region", "place", "both come from {tail}", "from {tail}"),
    "state": ("state", "place", "both are in {tail}", "in {tail}"),
    "country": ("country", "country", "both come from {tail}", "from {tail}"),
    "origin": ("origin", "place", "both come from {tail}", "from {tail}"),
    "language": ("language", "language", "both are in {tail}", "in {tail}"),
    "size": ("size", "size", "both have the size {tail}", "of the size {tail}"),
    "gender": ("gender", "gender", "both are for {tail}", "for {tail}"),
    "age_group": ("age group", "age group", "both are for the age group {tail}", "for the age group {tail}"),
    "level": ("level", "level", "both have the level {tail}", "of the level {tail}"),
    "difficulty": ("difficulty", "difficulty", "both have the difficulty {tail}", "of the difficulty {tail}"),
    "season": ("season", "season", "both are for the season {tail}", "for the season {tail}"),
    "format": ("format", "format", "both have the format {tail}", "in the format {tail}"),
    "binding": ("binding", "binding", "both have the binding {tail}", "with the binding {tail}"),
    "certificate": ("certificate", "certificate", "both are rated {tail}", "rated {tail}"),
    "price_band": ("price", "price", "both are in the price range {tail}", "in the price range {tail}"),
    "decade": ("decade", "decade", "both are from the {tail}", "from the {tail}"),
}
_FACETS = {
    "actor": "its cast",
    "crew": "who worked on it",
    "based_on": "what it is based on",
    "previous_work": "what it follows",
    "subsequent_work": "what follows it",
    "similar_to": "what it is like",
    "related_to": "what it is related to",
    "also_bought": "what is bought with it",
    "also_viewed": "what is viewed with it",
    "has": "what it has",
    "quality": "what it is",
    "mark": "its marks",
    "character": "its characters",
    "keyword": "its keywords",
    "shelf": "its shelves",
    "ingredient": "its ingredients",
    "tag": "its tags",
    "award": "its awards",
    "amenity": "what it offers",
    "feature": "its features",
    "attribute": "its attributes",
    "skill": "what it asks for",
    "genre": "its genres",
}


def common_relations(items: str) -> Mapping[str, RelationPhrase]:
    """By relation, what is told first in front. items: what the things are called, "games"."""
    people = {
        name: say(name, "person", f"both are {done} by {{tail}}", f"{{items}} {done} by {{tail}}")
        for name, done in _PEOPLE.items()
    }
    genre = {"genre": say("genre", "genre", f"both are {{tail}} {items}", "{tail} {items}", _FACETS["genre"])}
    firms = {
        name: say(label, "organisation" if name != "brand" else "brand", f"both are {done} by {{tail}}",
                  f"{{items}} {done} by {{tail}}")
        for name, (label, done) in _FIRMS.items()
    }  # fmt: skip
    rest = {name: _said(name, *words) for name, words in _WITH.items()}
    last = {
        name: dull(label, kind, shared, f"{{items}} {group}") for name, (label, kind, shared, group) in _DULL.items()
    }
    return {**people, **genre, **firms, **rest, **last}


def _said(name: str, label: str, kind: str, shared: str, group: str) -> RelationPhrase:
    return say(label, kind, shared, f"{{items}} {group}", _FACETS.get(name, ""))
