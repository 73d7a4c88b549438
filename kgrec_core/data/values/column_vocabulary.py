"""Words that stand in names of columns, files and sheets, in many languages, by what they speak of."""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    """The words, and those in German spelling as they are without their umlauts: kaeufer and kaufer."""
    words = text.split()
    return frozenset([*words, *(word.replace("ae", "a").replace("oe", "o").replace("ue", "u") for word in words)])


PERSONS = _words(
    """user customer client viewer reader listener member reviewer visitor buyer person people profile account
    player subscriber participant teilnehmerin shopper student learner consumer purchaser guest username
    nickname login rater borrower patron viewerid uid uuid cust usr kunnr email mail shopper household
    cardholder follower voter worker candidate applicant respondent kunde kunden kaeufer nutzer benutzer
    besucher mitglied leser hoerer teilnehmer kundin gast person konto utilisateur client acheteur lecteur
    membre visiteur abonne adherent usuario cliente comprador lector miembro visitante persona oyente
    utente acquirente lettore membro visitatore leitor ouvinte membro usuarios gebruiker klant koper lezer
    lid bezoeker uzytkownik klient kupujacy czytelnik kullanici musteri пользователь клиент покупатель
    читатель зритель слушатель посетитель юзер 用户 用戶 顾客 顧客 客户 客戶 会员 會員 买家 買家 读者 讀者
    观众 用户名 顧客番号 ユーザー ユーザ 利用者 会員 購入者 고객 사용자 회원 이용자 구매자"""
)
GROUPS = _words(
    """session order invoice transaction receipt basket cart checkout visit ticket bill purchase booking trip
    bestellung auftrag rechnung beleg bon sitzung warenkorb commande facture panier ticket seance pedido
    factura recibo compra cesta sesion ordine fattura scontrino carrello encomenda fatura recibo sessao
    bestelling factuur bon winkelwagen zamowienie faktura siparis fatura заказ чек накладная счет сессия
    корзина 订单 訂單 发票 發票 会话 购物车 注文 伝票 주문 세션"""
)
THINGS = _words(
    """item product prod prd matnr sku asin parentasin movie film book isbn song track artist article news
    business show game anime manga recipe restaurant place venue poi location hotel beer wine course job
    app application video podcast photo image picture repo repository paper page url playlist album series
    episode channel stream streamer dish meal stock stockcode good goods offer listing property joke story
    post thread question group event exhibit museum brewery drink cocktail boardgame toy bookmark dress
    cloth clothing garment shoe perfume car dataset model plugin package title subject category tag
    document doc content media material title titel programme program ad creative destination attraction
    poem author merchant store shop seller company brand ean gtin upc barcode artikel produkt ware buch
    lied kuenstler spiel rezept ort gericht wein kurs produit article livre chanson artiste jeu recette
    lieu plat vin cours oeuvre producto articulo libro pelicula cancion artista juego receta lugar plato
    vino curso obra prodotto articolo libro brano artista gioco ricetta luogo piatto vino corso produto
    artigo livro filme musica artista jogo receita lugar prato vinho curso product artikel boek lied
    kunstenaar spel recept plaats produkt towar ksiazka utwor gra przepis urun kitap film sarki oyun tarif
    товар продукт фильм книга песня трек артист игра рецепт статья место блюдо курс артикул 商品 产品 產品
    电影 電影 影片 图书 書籍 书籍 书 書 歌曲 音乐 游戏 遊戲 餐厅 餐廳 菜品 文章 新闻 课程 物品 货号 映画 本
    曲 ゲーム 店舗 記事 品目 商品番号 상품 영화 책 노래 게임 제품"""
)
IDS = _words(
    """id ids nr no num number ref reference referencia riferimento code key nummer numero numéro guid hash pk
    idx index entity record kennung cod codigo codice kod номер код ид 编号 編號 番号 号 코드 번호 uri"""
)
WHOLES = frozenset("overall gesamt gesamtnote insgesamt globale global complessivo geral total 总体 総合 전체".split())
TAGS = frozenset(  # what people call things
    """tag tags keyword keywords hashtag hashtags schlagwort schlagworte motcle etiqueta etiquetas etichetta
    метка тег теги 标签 標籤 タグ 태그""".split()
)
AUTHORS = frozenset("author writer autor verfasser auteur autore auteure autora автор 作者 著者 by".split())
OPINIONS = frozenset(  # whose author is a person
    """review reviews comment comments feedback testimonial testimonials opinion opinions rating ratings
    bewertung bewertungen kommentar kommentare avis commentaire commentaires resena resenas opiniones
    comentario comentarios recensione recensioni commento avaliacao avaliacoes отзыв отзывы 评论 評論
    レビュー 리뷰""".split()
)
NAMES = _words(
    """title designation intitule name headline label titel bezeichnung nom titre libelle nombre titulo nome
    titolo naam nazwa adi ad isim название имя наименование заголовок 名称 名稱 标题 標題 片名 书名 品名
    名前 タイトル 商品名 이름 제목 caption"""
)
TEXTS = _words(
    """text description summary abstract plot overview body content synopsis beschreibung blurb about review
    comment comments note notes details descripcion descrizione descricao omschrijving opis описание текст
    отзыв 描述 简介 简介 评论 内容 説明 설명 storyline lyrics transcript steps instructions"""
)
RATINGS = _words(
    """rating ratings schulnote schulnoten zensur zensuren reaction reactions points point pts marks mark rate
    score scores scored star stars overall grade grades bewertung note value feedback preference liked like
    isliked thumb thumbs favorite favourite vote votes opinion satisfaction label target clicked watched
    sterne punkte bewertungen gesamtnote noter etoiles avis calificacion puntuacion valoracion nota
    estrellas puntaje voto valutazione punteggio stelle avaliacao nota pontuacao estrelas beoordeling
    cijfer sterren ocena puan derecelendirme оценка рейтинг балл 评分 評分 打分 分数 星级 評価 得点 평점
    별점 점수"""
)
ALONE = _words("value target label note grade")  # grades only where nothing else stands beside them
COUNTS = _words(  # how often; of these every one that is not 0 is liked, whatever the largest is
    """plays play playcount listens listen listencount count counts weight quantity qty amount units pieces
    clicks clickcount click views view viewcount viewed times frequency freq purchases purchased bought
    orders visits sessions streams downloads watches reads interactions events likes hours minutes seconds
    playtime duration watchtime dwell msplayed visits checkins copies menge anzahl stueck stueckzahl
    haeufigkeit quantite nombre fois cantidad veces unidades quantita volte pezzi quantidade vezes aantal
    ilosc adet miktar количество штук раз просмотры 数量 數量 次数 件数 播放次数 播放 個数 回数 수량 횟수"""
)
PIECES = _words(
    """quantity qty amount units pieces menge anzahl stueck stueckzahl quantite cantidad unidades quantita pezzi
    quantidade aantal ilosc adet miktar количество штук 数量 數量 件数 個数 수량"""
)
TIMES: Mapping[str, int] = {  # 0 is best
    word: rank
    for rank, words in enumerate(
        (
            "timestamp unixtime unixreviewtime eventtime eventtimestamp ts zeitstempel datetime unix",
            """time date day when created createdat orderdate orderdatetime purchasedate ordered purchased
            rated ratedat reviewed visited invoicedate transactiondate paid endtime played watched listened
            lastwatched bought datum zeit bestelldatum kaufdatum uhrzeit tag fecha hora dia data ora giorno
            jour heure horodatage tijd data dzien godzina tarih saat дата время день 时间 時間 日期 日時
            日付 购买时间 下单时间 날짜 시간 일시 purchase order review event""",
            "year month week clock added began start started",
        )
    )
    for word in words.split()
}
LATER = _words(  # times of something else than the event, and other rows' bookkeeping
    """updated modified deleted birth birthday born dob release released publication published shipped
    shipping delivered delivery fulfilled refunded cancelled canceled expiry expires due closed estimated
    approved limit since signup registered registration joined yelping geburtsdatum first active"""
)
EVENTS = _words(
    """event eventtype eventname action actiontype activity behavior behaviour interaction interactiontype
    type verb status state kind operation feedbacktype ereignis aktion vorgang evento accion azione acao
    evenement action gebeurtenis событие действие статус 行为 行為 事件 动作 类型 状态 行動 이벤트 행동"""
)
NO_VALUES = _words(  # small numbers that grade nothing
    """age store channel position rank page step cart aisle department week month year hour dow zip postal
    phone price discount tax total subtotal cost useful funny cool helpful count average avg mean minutes
    length size version level latitude longitude lat lon lng session order line row index gender sex"""
)
TABLES: Mapping[str, frozenset[str]] = {  # words of file and sheet names
    "interactions": _words(
        """rating ratings interaction interactions event events click clicks order orders purchase purchases
        buys sales transactions transaction history histories log logs train review reviews view views tip
        tips comment comments play plays listen listens checkin checkins watch behavior behaviour basket
        baskets retail feedback votes likes stars bestellungen bewertungen einkaeufe kaeufe verkaeufe
        commandes achats evaluations pedidos compras ventas ordini acquisti заказы покупки оценки 订单 购买
        评分 行为 lines lineitems"""
    ),
    "items": _words(
        """item items product products movie movies film films book books song songs track tracks artist
        artists article articles news metadata meta catalog catalogue business businesses game games recipe
        recipes anime places venues titles properties artikel produkte katalog produits livres productos
        articulos catalogo prodotti articoli товары каталог 商品 产品 电影 图书 inventory features info"""
    ),
    "users": _words(
        """user users customer customers profile profiles member members people person persons reader readers visitors
    kunden nutzer clients utilisateurs clientes usuarios utenti клиенты пользователи 用户 客户 会员"""
    ),
    "social": _words("trust friend friends friendship follow follows followers social contacts"),
    "sample": _words("sample submission example template"),
}
