"""What is said of two items that share a fact, per domain: a table that somebody of the field can read down."""

from __future__ import annotations

import pytest

from kgrec_core.domain import BOOKS, E_COMMERCE, MUSIC, NEWS, OTHER, SOCIAL, VIDEO, Domain
from kgrec_core.domain.item_words import with_item
from kgrec_core.domain.standard_relations import standard_relation

RECIPES, GAMES, SONGS = with_item(OTHER, "recipe"), with_item(OTHER, "game"), with_item(MUSIC, "song")
PLACES, BEERS, COURSES = with_item(OTHER, "place"), with_item(OTHER, "beer"), with_item(OTHER, "course")
BOARD, ANIME, JOBS = with_item(OTHER, "board game"), with_item(VIDEO, "anime"), with_item(OTHER, "job")

SAID = [
    (VIDEO, "director", "Ridley Scott", "both directed by Ridley Scott"),
    (VIDEO, "cast", "Tom Hanks", "Tom Hanks plays in both"),
    (VIDEO, "actors", "Tom Hanks", "Tom Hanks plays in both"),
    (VIDEO, "starring", "Tom Hanks", "Tom Hanks plays in both"),
    (VIDEO, "Schauspieler", "Tom Hanks", "Tom Hanks plays in both"),
    (VIDEO, "Regie", "Fritz Lang", "both directed by Fritz Lang"),
    (VIDEO, "directedby", "Fritz Lang", "both directed by Fritz Lang"),
    (VIDEO, "导演", "李安", "both directed by 李安"),
    (VIDEO, "screenplay", "Nora Ephron", "both written by Nora Ephron"),
    (VIDEO, "producer", "Ada Bellamy", "both are produced by Ada Bellamy"),
    (VIDEO, "composer", "Nino Rota", "both have music by Nino Rota"),
    (VIDEO, "crew", "Ada Bellamy", "Ada Bellamy worked on both"),
    (VIDEO, "character", "Zorro", "both have the character Zorro"),
    (VIDEO, "production_company", "Pixar", "both are produced by Pixar"),
    (VIDEO, "studio", "Ghibli", "both come from the studio Ghibli"),
    (VIDEO, "keyword", "friendship", "both have the keyword friendship"),
    (VIDEO, "belongs_to_collection", "Alien Collection", "both belong to Alien Collection"),
    (VIDEO, "original_language", "French", "both are in French"),
    (VIDEO, "production_country", "Italy", "both come from Italy"),
    (VIDEO, "mpaa_rating", "PG-13", "both are rated PG-13"),
    (VIDEO, "based_on", "Emma", "both are based on Emma"),
    (VIDEO, "previous_work", "Alien", "both follow Alien"),
    (VIDEO, "length_band", "90 to 120 minutes", "both have a length of 90 to 120 minutes"),
    (VIDEO, "type", "TV", "both are of the type TV"),
    (ANIME, "genre", "Comedy", "both are Comedy anime"),
    (BOOKS, "author", "Jane Austen", "both are written by Jane Austen"),
    (BOOKS, "Autor", "Thomas Mann", "both are written by Thomas Mann"),
    (BOOKS, "literary_genre", "Gothic", "both are Gothic books"),
    (BOOKS, "literarygenre", "Gothic", "both are Gothic books"),
    (BOOKS, "cover_artist", "Ann Lee", "both have a cover by Ann Lee"),
    (BOOKS, "coverArtist", "Ann Lee", "both have a cover by Ann Lee"),
    (BOOKS, "narrator", "Ann Lee", "both are read by Ann Lee"),
    (BOOKS, "translator", "Ann Lee", "both are translated by Ann Lee"),
    (BOOKS, "Verlag", "Suhrkamp", "both are published by Suhrkamp"),
    (BOOKS, "binding", "Paperback", "both have the binding Paperback"),
    (BOOKS, "popular_shelves", "poetry", "both are shelved as poetry"),
    (BOOKS, "age_group", "4 to 8", "both are for the age group 4 to 8"),
    (BOOKS, "page_count_band", "over 400 pages", "both have a page count of over 400 pages"),
    (BOOKS, "series", "Dune", "both are part of Dune"),
    (MUSIC, "genre", "jazz", "both play jazz"),
    (MUSIC, "record_label", "Verve", "both are released by Verve"),
    (SONGS, "genre", "jazz", "both are jazz songs"),
    (SONGS, "artist", "Nina Simone", "both are by Nina Simone"),
    (SONGS, "album", "Blue", "both are on Blue"),
    (SONGS, "mood", "calm", "both have the mood calm"),
    (E_COMMERCE, "manufacturer", "Acme", "both are made by Acme"),
    (E_COMMERCE, "Marke", "Acme", "both are made by Acme"),
    (E_COMMERCE, "vendor", "Acme", "both are made by Acme"),
    (E_COMMERCE, "Warengruppe", "Garten", "both are in Garten"),
    (E_COMMERCE, "类别", "灯", "both are in 灯"),
    (E_COMMERCE, "colour", "blue", "both are blue"),
    (E_COMMERCE, "color", "blue", "both are blue"),
    (E_COMMERCE, "material", "oak", "both are made of oak"),
    (E_COMMERCE, "size", "XL", "both have the size XL"),
    (E_COMMERCE, "price_band", "10 to 25", "both are in the price range 10 to 25"),
    (E_COMMERCE, "also_bought", "Lamp", "both are bought with Lamp"),
    (E_COMMERCE, "weight_band", "up to 85 g", "both have a weight of up to 85 g"),
    (E_COMMERCE, "department", "Garden", "both are in the department Garden"),
    (E_COMMERCE, "aisle", "tea", "both are in the aisle tea"),
    (E_COMMERCE, "collection", "Spring", "both belong to Spring"),
    (NEWS, "category", "sports", "both are in the section sports"),
    (NEWS, "topic", "Mars", "both are about Mars"),
    (RECIPES, "cuisine", "Thai", "both are of Thai cuisine"),
    (RECIPES, "ingredient", "butter", "both are made with butter"),
    (RECIPES, "category", "dessert", "both are in the category dessert"),
    (RECIPES, "quality", "vegan", "both are vegan"),
    (RECIPES, "cook_time_band", "10 to 20", "both have a cook time of 10 to 20"),
    (GAMES, "developer", "Ada Bellamy", "both are developed by Ada Bellamy"),
    (GAMES, "platform", "Linux", "both are on the platform Linux"),
    (GAMES, "genre", "Indie", "both are Indie games"),
    (BOARD, "mechanic", "bluffing", "both have the mechanic bluffing"),
    (BOARD, "designer", "Ada Bellamy", "both are designed by Ada Bellamy"),
    (PLACES, "neighbourhood", "Mitte", "both are in Mitte"),
    (PLACES, "city", "Tampa", "both are in Tampa"),
    (PLACES, "amenity", "Wi-Fi", "both offer Wi-Fi"),
    (PLACES, "has", "parking", "both have parking"),
    (PLACES, "attribute", "wi fi: free", "both have the attribute wi fi: free"),
    (BEERS, "brewery", "North", "both are brewed by North"),
    (BEERS, "style", "Porter", "both have the style Porter"),
    (BEERS, "alcohol_content_band", "4 to 5 %", "both have an alcohol content of 4 to 5 %"),
    (COURSES, "instructor", "Ada Bellamy", "both are taught by Ada Bellamy"),
    (COURSES, "skill", "algebra", "both ask for algebra"),
    (JOBS, "industry", "banking", "both are in the industry banking"),
    (SOCIAL, "employer", "Acme", "both work at Acme"),
    (OTHER, "mark", "explicit", "both are marked explicit"),
    (OTHER, "works_for", "Acme", "both work for Acme"),
    (OTHER, "painted_by", "Ann Lee", "both are painted by Ann Lee"),
    (OTHER, "made_of", "oak", "both are made of oak"),
    (OTHER, "member_of", "the Guild", "both are members of the Guild"),
    (OTHER, "part_of", "the Louvre", "both are part of the Louvre"),
    (OTHER, "located_in", "Rome", "both are located in Rome"),
    (OTHER, "contains", "salt", "both contain salt"),
    (OTHER, "hairLength", "short", "both have the hair length short"),
]


@pytest.mark.parametrize(("domain", "relation", "tail", "said"), SAID)
def test_two_items_that_share_a_fact(domain: Domain, relation: str, tail: str, said: str) -> None:
    assert domain.phrase(relation).shared.format(tail=tail) == said


def test_a_relation_whose_name_says_more_keeps_its_own_label() -> None:
    assert BOOKS.phrase("literaryGenre").label == "literary genre"
    assert BOOKS.phrase("genres").label == "genre"


def test_one_thing_under_two_names_is_one_type() -> None:
    assert E_COMMERCE.phrase("Marke").entity_type == E_COMMERCE.phrase("brand").entity_type


@pytest.mark.parametrize("domain", [VIDEO, BOOKS, MUSIC, E_COMMERCE, NEWS, OTHER], ids=lambda each: each.name)
def test_every_preset_has_the_usual_relations(domain: Domain) -> None:
    assert not [
        name for name in map(standard_relation, ("Regie", "Hersteller", "язык", "国家")) if name not in domain.relations
    ]


def test_groups_and_roles_of_what_no_preset_knows() -> None:
    assert OTHER.group("painted_by", "Ann Lee") == "items painted by Ann Lee"
    assert OTHER.group("works_for", "Acme") == "items that work for Acme"
    assert RECIPES.group("ingredient", "butter") == "recipes made with butter"
    assert GAMES.role("developer", 3) == "developer of 3 games" and OTHER.role("works_for", 3) == "told of 3 items"
