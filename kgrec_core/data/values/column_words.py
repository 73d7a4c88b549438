"""What the name of a column or of a file says, in many languages: who, what, how much, when, what happened."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

PERSON, GROUP, THING = "person", "group", "thing"
"""Who acts · what several rows of one visit or purchase share (an order, a session) · what is met."""

_PERSONS = frozenset(
    """user customer client viewer reader listener member reviewer visitor buyer person people profile account player
    subscriber shopper student learner consumer purchaser guest username nickname login rater borrower patron viewerid
    uid uuid cust usr email mail shopper household cardholder follower voter worker candidate applicant respondent
    kunde kunden kaeufer nutzer benutzer besucher mitglied leser hoerer teilnehmer kundin gast person konto
    utilisateur client acheteur lecteur membre visiteur abonne adherent
    usuario cliente comprador lector miembro visitante persona oyente
    utente acquirente lettore membro visitatore
    leitor ouvinte membro usuarios
    gebruiker klant koper lezer lid bezoeker
    uzytkownik klient kupujacy czytelnik
    kullanici musteri
    пользователь клиент покупатель читатель зритель слушатель посетитель юзер
    用户 用戶 顾客 顧客 客户 客戶 会员 會員 买家 買家 读者 讀者 观众 用户名 顧客番号 ユーザー ユーザ 利用者 会員 購入者
    고객 사용자 회원 이용자 구매자""".split()
)
_GROUPS = frozenset(
    """session order invoice transaction receipt basket cart checkout visit ticket bill purchase booking trip
    bestellung auftrag rechnung beleg bon sitzung warenkorb
    commande facture panier ticket seance
    pedido factura recibo compra cesta sesion
    ordine fattura scontrino carrello
    encomenda fatura recibo sessao
    bestelling factuur bon winkelwagen
    zamowienie faktura siparis fatura
    заказ чек накладная счет сессия корзина
    订单 訂單 发票 發票 会话 购物车 注文 伝票 주문 세션""".split()
)
_THINGS = frozenset(
    """item product sku asin parentasin movie film book isbn song track artist article news business show game anime
    manga recipe restaurant place venue poi location hotel beer wine course job app application video podcast photo
    image picture repo repository paper page url playlist album series episode channel stream streamer dish meal
    stock stockcode good goods offer listing property joke story post thread question group event exhibit museum
    brewery drink cocktail boardgame toy bookmark dress cloth clothing garment shoe perfume car dataset model plugin
    package title subject category tag document doc content media material title titel programme program ad creative
    destination attraction poem author merchant store shop seller company brand ean gtin upc barcode
    artikel produkt ware buch lied kuenstler spiel rezept ort gericht wein kurs
    produit article livre chanson artiste jeu recette lieu plat vin cours oeuvre
    producto articulo libro pelicula cancion artista juego receta lugar plato vino curso obra
    prodotto articolo libro brano artista gioco ricetta luogo piatto vino corso
    produto artigo livro filme musica artista jogo receita lugar prato vinho curso
    product artikel boek lied kunstenaar spel recept plaats
    produkt towar ksiazka utwor gra przepis
    urun kitap film sarki oyun tarif
    товар продукт фильм книга песня трек артист игра рецепт статья место блюдо курс артикул
    商品 产品 產品 电影 電影 影片 图书 書籍 书籍 书 書 歌曲 音乐 游戏 遊戲 餐厅 餐廳 菜品 文章 新闻 课程 物品 货号
    映画 本 曲 ゲーム 店舗 記事 品目 商品番号 상품 영화 책 노래 게임 제품""".split()
)
_IDS = frozenset(
    """id ids nr no num number code key nummer numero numéro guid hash pk idx index entity record kennung cod codigo codice kod
    номер код ид 编号 編號 番号 号 코드 번호 uri""".split()
)
_NAMES = frozenset(
    """title name headline label titel bezeichnung nom titre libelle nombre titulo nome titolo naam nazwa adi ad isim
    название имя наименование заголовок 名称 名稱 标题 標題 片名 书名 品名 名前 タイトル 商品名 이름 제목
    caption""".split()
)
_TEXTS = frozenset(
    """text description summary abstract plot overview body content synopsis beschreibung blurb about review comment
    comments note notes details descripcion descrizione descricao omschrijving opis описание текст отзыв 描述 简介
    简介 评论 内容 説明 설명 storyline lyrics transcript steps instructions""".split()
)
_RATINGS = frozenset(
    """rating ratings rate score scores scored star stars overall grade grades bewertung note value feedback preference
    liked like isliked thumb thumbs favorite favourite vote votes opinion satisfaction label target clicked watched
    sterne punkte bewertungen gesamtnote
    noter etoiles avis
    calificacion puntuacion valoracion nota estrellas puntaje
    voto valutazione punteggio stelle
    avaliacao nota pontuacao estrelas
    beoordeling cijfer sterren ocena puan derecelendirme
    оценка рейтинг балл
    评分 評分 打分 分数 星级 評価 得点 평점 별점 점수""".split()
)
_ALONE = frozenset("value target label note grade".split())  # grades only where nothing else stands beside them
_COUNTS = frozenset(  # how often; of these every one that is not 0 is liked, whatever the largest is
    """plays play playcount listens listen listencount count counts weight quantity qty amount units pieces clicks
    clickcount click views view viewcount viewed times frequency freq purchases purchased bought orders visits sessions
    streams downloads watches reads interactions events likes hours minutes seconds playtime duration watchtime dwell
    msplayed visits checkins copies
    menge anzahl stueck stueckzahl haeufigkeit
    quantite nombre fois
    cantidad veces unidades
    quantita volte pezzi
    quantidade vezes
    aantal ilosc adet miktar
    количество штук раз просмотры
    数量 數量 次数 件数 播放次数 播放 個数 回数 수량 횟수""".split()
)
_PIECES = frozenset(
    """quantity qty amount units pieces menge anzahl stueck stueckzahl quantite cantidad unidades quantita pezzi
    quantidade aantal ilosc adet miktar количество штук 数量 數量 件数 個数 수량""".split()
)
_TIMES: Mapping[str, int] = {  # 0 is best
    word: rank
    for rank, words in enumerate(
        (
            "timestamp unixtime unixreviewtime eventtime eventtimestamp ts zeitstempel datetime unix",
            """time date day when created createdat orderdate orderdatetime purchasedate ordered purchased rated ratedat
            reviewed visited invoicedate transactiondate paid endtime played watched listened lastwatched bought
            datum zeit bestelldatum kaufdatum uhrzeit tag
            fecha hora dia data ora giorno jour heure horodatage tijd data dzien godzina tarih saat
            дата время день 时间 時間 日期 日時 日付 购买时间 下单时间 날짜 시간 일시 purchase order review event""",
            "year month week clock added began start started",
        )
    )
    for word in words.split()
}
_LATER = frozenset(  # times of something else than the event, and other rows' bookkeeping
    """updated modified deleted birth birthday born dob release released publication published shipped shipping
    delivered delivery fulfilled refunded cancelled canceled expiry expires due closed estimated approved limit since
    signup registered registration joined yelping geburtsdatum first active""".split()
)
_EVENTS = frozenset(
    """event eventtype eventname action actiontype activity behavior behaviour interaction interactiontype type verb
    status state kind operation feedbacktype
    ereignis aktion vorgang evento accion azione acao evenement action gebeurtenis
    событие действие статус 行为 行為 事件 动作 类型 状态 行動 이벤트 행동""".split()
)
_NO_VALUES = frozenset(  # small numbers that grade nothing
    """age store channel position rank page step cart aisle department week month year hour dow zip postal phone price
    discount tax total subtotal cost useful funny cool helpful count average avg mean minutes length size version level
    latitude longitude lat lon lng session order line row index gender sex""".split()
)
_TABLES: Mapping[str, frozenset[str]] = {  # words of file and sheet names
    "interactions": frozenset(
        """rating ratings interaction interactions event events click clicks order orders purchase purchases buys sales
        transactions transaction history histories log logs train review reviews view views play plays listen listens
        checkin checkins watch behavior behaviour basket baskets retail feedback votes likes stars bestellungen
        bewertungen einkaeufe kaeufe verkaeufe commandes achats evaluations pedidos compras ventas ordini acquisti
        заказы покупки оценки 订单 购买 评分 行为 lines lineitems""".split()
    ),
    "items": frozenset(
        """item items product products movie movies film films book books song songs track tracks artist artists article
        articles news metadata meta catalog catalogue business businesses game games recipe recipes anime places venues
        titles properties artikel produkte katalog produits livres productos articulos catalogo prodotti articoli
        товары каталог 商品 产品 电影 图书 inventory features info""".split()
    ),
    "users": frozenset(
        """user users customer customers profile profiles member members people person persons reader readers visitors
        kunden nutzer clients utilisateurs clientes usuarios utenti клиенты пользователи 用户 客户 会员""".split()
    ),
    "social": frozenset("trust friend friends friendship follow follows followers social contacts".split()),
    "sample": frozenset("sample submission example template".split()),
}


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, in small letters without accents: camel case, signs and digits part them.

    >>> words_of("Lineitem quantity"), words_of("ArtistMBID"), words_of("Größe_2")
    (('lineitem', 'quantity'), ('artist', 'mbid'), ('groesse',))
    """
    text = name.replace("ß", "ss")
    for umlaut, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue")):
        text = text.replace(umlaut, plain)
    text = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    return tuple(word for word in re.split(r"[\W\d_]+", text.casefold()) if word)


def plain(name: str) -> str:
    """The words of a name without anything between them, as in "userid" of "User-ID"."""
    return "".join(words_of(name))


@lru_cache(maxsize=4096)
def nouns(name: str) -> frozenset[str]:
    """Which of person, group and thing the name speaks of; "visitorid" and "Kundennr." too."""
    parts = () if _of_many(name) else _parts(name)
    known = ((PERSON, _PERSONS), (GROUP, _GROUPS), (THING, _THINGS))
    return frozenset(kind for kind, words in known if any(part in words for part in parts))


def last_noun(name: str) -> str:
    """The noun that a name is about: "order_item_id" is about an item, "user_name" about a person; "" for none."""
    for part in () if _of_many(name) else reversed(_parts(name)):
        for kind, words in ((PERSON, _PERSONS), (THING, _THINGS), (GROUP, _GROUPS)):
            if part in words:
                return kind
    return ""


def _of_many(name: str) -> bool:
    """Whether a name tells how many there are, as "num_followers" and "reviewCount" do."""
    parts = words_of(name)
    return len(parts) > 1 and (
        parts[0] in ("num", "n", "nb", "total", "avg") or parts[-1] in ("count", "counts", "total")
    )


def is_id(name: str) -> bool:
    """Whether a name ends or begins with a word for an id, as in "movieId", "id_client" or "Artikelnr."."""
    parts = _parts(name)
    return bool(parts) and (parts[-1] in _IDS or parts[0] in _IDS)


def is_bare_id(name: str) -> bool:
    """Whether a name says that it is an id and not of what: "id", "key", "Nr."."""
    parts = _parts(name)
    return bool(parts) and all(part in _IDS for part in parts)


def is_name(name: str) -> bool:
    """Whether a name speaks of a title or a name, as in "Book-Title" or "商品名"."""
    parts = _parts(name)
    return bool(parts) and (parts[-1] in _NAMES or parts[0] in _NAMES)


def is_bare_name(name: str) -> bool:
    """Whether a name is "title" or "name" alone."""
    return bool(_parts(name)) and all(part in _NAMES for part in _parts(name))


def is_text(name: str) -> bool:
    """Whether a name speaks of a description."""
    return any(part in _TEXTS for part in _parts(name))


def is_rating(name: str) -> bool:
    """Whether a name speaks of a grade."""
    parts = _parts(name)
    sure = any(part in _RATINGS - _ALONE for part in parts)
    return (sure or (len(parts) == 1 and parts[0] in _ALONE)) and not _mean(parts)


def is_count(name: str) -> bool:
    """Whether a column of this name tells how often, as in "quantity", "play_count" or "total clicks".

    >>> is_count("order_quantity"), is_count("rating"), is_count("discount")
    (True, False, False)
    """
    parts = _parts(name)
    return "".join(parts) in _COUNTS or (1 <= len(parts) <= 3 and parts[-1] in _COUNTS and not _mean(parts[:-1]))


def are_pieces(name: str) -> bool:
    """Whether a count of this name tells how many things one event had, as in "quantity" or "Menge".

    >>> are_pieces("order_qty"), are_pieces("plays")
    (True, False)
    """
    return is_count(name) and _parts(name)[-1] in _PIECES


def grades_nothing(name: str) -> bool:
    """Whether a name speaks of small numbers that are no grade: an age, a store, a place in the cart."""
    return any(part in _NO_VALUES for part in _parts(name))


def time_rank(name: str) -> int | None:
    """How well a name speaks of the time of an event, 0 best; None where it does not."""
    parts = (*_parts(name), plain(name))
    if any(part in _LATER for part in parts):
        return None
    return min((_TIMES[part] for part in parts if part in _TIMES), default=None)


def is_other_time(name: str) -> bool:
    """Whether a name speaks of the time of something else: a birthday, a release, a delivery."""
    return any(part in _LATER for part in _parts(name))


def is_event(name: str) -> bool:
    """Whether a name speaks of what happened."""
    parts = _parts(name)
    return plain(name) in _EVENTS or any(part in _EVENTS for part in parts)


def role_words(name: str) -> frozenset[str]:
    """The roles that the name of a file or sheet speaks of."""
    parts = {*_parts(name), *words_of(name)}
    return frozenset(role for role, words in _TABLES.items() if parts & words)


def _mean(parts: tuple[str, ...]) -> bool:
    """Whether the words speak of a mean or a total over people, not of one person's grade."""
    return bool({"average", "avg", "mean", "total", "sum", "votes", "reviews", "expected", "max", "min"} & {*parts})


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, ...]:
    """The words of a name, with endings that are glued to them parted: "movieid" is movie and id."""
    found: list[str] = []
    for word in words_of(name):
        found += _split(word)
    return tuple(found)


def _split(word: str) -> list[str]:
    known = _PERSONS | _GROUPS | _THINGS | _RATINGS | _COUNTS | _EVENTS | _NAMES
    if word in known or word in _IDS or word in _TIMES:
        return [word]
    for ending in (*_IDS, *_NAMES, "bezeichnung", "date", "datum", "name", "time"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)].rstrip("s") if word[: -len(ending)] not in known else word[: -len(ending)]
            stem = stem.rstrip("n") if stem not in known and stem.rstrip("n") in known else stem
            if stem in known:
                return [stem, ending]
    for beginning in ("id", "is", "has", "num", "n"):
        if word.startswith(beginning) and word[len(beginning) :] in known:
            return [beginning, word[len(beginning) :]]
    single = word[:-1] if word.endswith("s") and word[:-1] in known else word
    return [single] if single in known else _chinese(word, known)


def _chinese(word: str, known: frozenset[str]) -> list[str]:
    """Signs without blanks between them: the longest known beginning, then the rest."""
    if not re.search(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]", word):
        return [word]
    everything = known | _IDS | frozenset(_TIMES) | _TEXTS
    for end in range(len(word) - 1, 0, -1):
        if word[:end] in everything:
            return [word[:end], *_split(word[end:])]
    return [word]
