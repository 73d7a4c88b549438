"""Which usual relation a name stands for, in many languages: "Regie" and "directedBy" are both the director."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from kgrec_core.schema.property_codes import coded_relation

_NAMES: Mapping[str, str] = {  # usual relation: names for it, folded to letters
    "director": """directors directedby regie regisseur regisseurin realisateur realisatrice directora direccion regista
        regia diretor realizador filmdirector режиссер режиссеры 导演 監督 감독""",
    "actor": """actors actress cast casts topcast maincast starring star stars leadactor schauspieler darsteller
        besetzung acteur acteurs distribution actores reparto elenco attore attori interpreti ator atores актер актеры
        вролях 演员 主演 演員 出演者 キャスト 배우 출연""",
    "writer": """writers writtenby screenwriter screenwriters screenplay drehbuch drehbuchautor scenariste guionista
        guion sceneggiatore roteirista сценарист 编剧 脚本""",
    "author": """authors bookauthor authorname autor autoren autorin verfasser auteur auteurs ecrivain autores autore
        autori автор авторы писатель 作者 作家 著者 저자""",
    "producer": "producers producedby produzent producteur productor produtor продюсер 制片人",
    "composer": """composers musicby musiccomposer komponist compositeur compositor compositore композитор 作曲 作曲家
        作曲者""",
    "lyricist": "lyricists lyricsby textdichter parolier letrista",
    "artist": """artists band musicalartist artistname interpret kuenstler artiste artistes artista artistas cantante
        artisti исполнитель артист 歌手 艺术家 アーティスト 가수""",
    "performer": "performers singer singers vocalist performedby",
    "creator": "creators createdby",
    "editor": "editors editedby",
    "translator": "translators translatedby uebersetzer traducteur traductor traduttore переводчик 译者",
    "illustrator": "illustrators illustratedby illustrateur ilustrador illustratore",
    "cover_artist": "coverartist coverartists coverby coverillustrator",
    "narrator": "narrators narratedby readby sprecher narrateur narrador narratore",
    "character": "characters maincharacter maincharacters figur figuren personnage personnages personaje personajes",
    "designer": "designers designedby",
    "brand": """brands brandname marke hersteller manufacturer manufacturers maker makers vendor vendors make marque
        fabricant marca marcas fabricante produttore бренд марка производитель 品牌 厂商 ブランド メーカー 브랜드""",
    "production_company": "productioncompanies productionhouse productionhouses produktionsfirma",
    "studio": "studios estudio",
    "developer": "developers developedby entwickler developpeur desarrollador sviluppatore разработчик 开发商",
    "publisher": """publishers publishedby verlag editeur maisondedition editorial editora editore casaeditrice
        издательство 出版社 出版商 출판사""",
    "label": "recordlabel labels plattenlabel musiclabel",
    "distributor": "distributors distributedby",
    "network": "networks",
    "seller": "sellers soldby verkaeufer vendeur vendedor venditore продавец 卖家",
    "genre": """genres subgenre subgenres genere generi genero generos gattung gattungen жанр жанры 流派 题材 ジャンル
        장르""",
    "category": """categories categoryname maincategory kategorie kategorien warengruppe warengruppen produktgruppe
        produktkategorie categorie rayon categoria categorias категория категории 类别 分类 品类 類別 カテゴリ
        カテゴリー 카테고리""",
    "subcategory": "subcategories subcat unterkategorie souscategorie subcategoria подкатегория 子类",
    "type": "types kind kinds typ art tipo вид тип 种类 类型",
    "tag": "tags schlagwort schlagworte schlagwoerter etiqueta etiquetas etiquette 标签 タグ 태그",
    "keyword": "keywords plotkeywords stichwort stichworte motscles palabrasclave 关键词 キーワード",
    "shelf": "shelves popularshelves popularshelf bookshelves bookshelf",
    "topic": "topics thema themen sujet tema argomento тема 主题 话题",
    "subject": "subjects",
    "theme": "themes",
    "series": "bookseries seriesname buchreihe reihe serie saga franchise серия 系列 シリーズ 시리즈",
    "collection": "belongstocollection collections kollektion коллекция",
    "album": "albums albumname альбом 专辑 アルバム",
    "language": """languages originallanguage spokenlanguage spokenlanguages lang languagecode sprache sprachen langue
        langues idioma idiomas lingua язык 语言 語言 言語 언어""",
    "country": """countries productioncountry productioncountries countryoforigin origincountry countryname land
        herkunftsland pays pais paese страна 国家 国 产地 국가""",
    "region": "regions regione регион 地区 地域 지역",
    "city": "cities town stadt ort ville ciudad citta cidade город 城市 都市 도시",
    "neighbourhood": "neighborhood neighbourhoods neighborhoods stadtteil quartier barrio quartiere bairro район",
    "certificate": "rating certification contentrating agerating mpaa fsk maturityrating mpaarating",
    "award": "awards auszeichnung premio prix",
    "colour": """color colours colors farbe farben couleur couleurs colore cor цвет 颜色 顏色 色 색상""",
    "material": "materials werkstoff matiere materiau materiale материал 材质 素材",
    "size": "sizes groesse taille talla taglia tamanho размер 尺寸 尺码 サイズ 사이즈",
    "style": "styles stil beerstyle estilo stile стиль 风格",
    "format": "formats",
    "binding": "einband encuadernacion reliure rilegatura переплет 装帧",
    "cuisine": "cuisines kueche cocina cucina cozinha кухня 菜系 料理",
    "ingredient": "ingredients zutat zutaten ingrediente ingredientes ingredienti ингредиенты 食材 配料 材料",
    "platform": "platforms plattform plattformen plateforme plataforma piattaforma платформа 平台 console consoles",
    "mechanic": "mechanics boardgamemechanic",
    "game_mode": "gamemode gamemodes",
    "age_group": "agegroup altersgruppe targetage",
    "department": "departments abteilung departmentname",
    "aisle": "aisles",
    "mood": "moods stimmung",
    "feature": "features",
    "attribute": "attributes",
    "amenity": "amenities",
    "brewery": "breweries brauerei brewer",
    "winery": "wineries weingut",
    "variety": "varieties grape grapes rebsorte cepage",
    "occasion": "occasions",
    "skill": "skills",
    "instructor": "instructors taughtby teacher",
    "institution": """institutions university universities school organizer organiser organizers organisers veranstalter
        hochschule universite universidad universita organisateur""",
    "company": "companies employer arbeitgeber unternehmen entreprise empresa azienda компания 公司",
    "industry": "industries branche",
    "instrument": "instruments",
    "similar_to": "similar similaritems similarto similarartists similarmovies similarproducts relateditems",
    "related_to": "related relatedto relatedproducts",
    "also_bought": "alsobought boughttogether frequentlyboughttogether",
    "also_viewed": "alsoviewed alsoview viewedtogether",
    "previous_work": "previouswork precededby prequel prequels followsthework",
    "subsequent_work": "subsequentwork nextwork followedby succeededby sequel sequels",
    "based_on": "basedon basedonwork",
}
_KNOWN = {name: usual for usual, names in _NAMES.items() for name in (*names.split(), usual.replace("_", ""))}
_THINGS = """boardgame game movie film book track song product item recipe course restaurant hotel album beer wine show
    video anime podcast listing property event place""".split()
_QUALIFIERS = frozenset(
    "cleansed clean cleaned normalized normalised primary main all list en english group groups name names".split()
)
_QUALIFIED = re.compile(r"(\w{3,}?)_?genres?")


@lru_cache(maxsize=4096)
def standard_relation(name: str) -> str:
    """The usual relation that a name of a column or of a relation stands for; "" for none.

    >>> standard_relation("directedBy"), standard_relation("Warengruppe"), standard_relation("Réalisateur")
    ('director', 'category', 'director')
    >>> standard_relation("p57")  # a code of Wikidata
    'director'
    """
    key = folded(name)
    known = coded_relation(name) or _KNOWN.get(key, "")
    return known or _without_qualifiers(name) or ("genre" if _QUALIFIED.fullmatch(key) else "")


def _without_qualifiers(name: str) -> str:
    """That of the name without words that change nothing of it: what the items are, and how cells were cleaned.

    >>> _without_qualifiers("boardgamecategory"), _without_qualifiers("neighbourhood_cleansed")
    ('category', 'neighbourhood')
    >>> _without_qualifiers("game"), _without_qualifiers("room_type")
    ('', '')
    """
    parts = [folded(part) for part in re.split(r"[\W_\d]+", name) if part]
    kept = "".join(part for part in parts if part not in _QUALIFIERS)
    short = next((kept.removeprefix(thing) for thing in _THINGS if kept.startswith(thing)), "")
    return _KNOWN.get(kept, "") or (_KNOWN.get(short, "") if len(short) > 3 else "")


def own_label(name: str) -> str:
    """How a relation is called where its name says more than the usual one: "literary genre"; "" for no such name.

    >>> own_label("literaryGenre"), own_label("literary_genre"), own_label("subgenres"), own_label("genre")
    ('literary genre', 'literary genre', '', '')
    """
    found = _QUALIFIED.fullmatch(name.casefold())
    return f"{found[1].replace('_', ' ')} genre" if found and folded(name) not in _KNOWN else ""


def folded(name: str) -> str:
    """Letters alone, small and without accents; umlauts as two letters.

    >>> folded("Künstler_1"), folded("Réalisateur")
    ('kuenstler', 'realisateur')
    """
    spelled = name.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ё", "е")
    plain = unicodedata.normalize("NFKD", spelled)
    joined = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return "".join(letter for letter in unicodedata.normalize("NFKC", joined) if letter.isalpha())
