/**
 * What lead files look like in the languages they are written in, for telling encodings apart: letters beyond ASCII
 * from the commonest to the rarest, words of headers and titles, names. From general knowledge; no corpus was copied.
 */
export type Language = {
  readonly id: string;
  readonly script: 'latin' | 'cyrillic' | 'greek' | 'kana' | 'hangul' | 'han';
  /** Letters in lower case: `common` make up nearly all of a file, `rare` come now and then. */
  readonly common: string;
  readonly rare: string;
  /** Header words, names and places with letters beyond ASCII, in any case, with blanks between. */
  readonly words: string;
  /** Header words of the language in plain ASCII, and country domains: they hint at the language, not at the encoding. */
  readonly hints: string;
};

export const LANGUAGES = [
  {
    id: 'western',
    script: 'latin',
    common: 'éüöäáíóñçèãåø',
    rare: 'ßàêëïôâîûùúìòõæœœýþðÿ',
    words: 'José André René Zoë Chloé François Müller Köln München Zürich São Málaga García Núñez Björn Søren Jürgen',
    hints: '',
  },
  {
    id: 'de',
    script: 'latin',
    common: 'üäöß',
    rare: 'éèáàçñ',
    words:
      'Straße Geschäftsführer Geschäftsführerin Geschäftlich Büro Männlich Für Größe Präsident Vertriebsführer Verkäufer Verkäuferin Käufer Einkäufer Müller Schäfer Köhler Krüger Schröder Jäger Böhm Groß Weiß Vogel Jürgen Jörg Günter Günther Jürgens Björn Sören Käthe Bärbel München Köln Düsseldorf Nürnberg Zürich Münster Würzburg Lübeck Göttingen Tübingen Österreich Förster König Möller Lüdemann Höfer Böttcher Götz Schön Brühl Süd Märkte Völker Hübner Frühling Grün Bäcker Bäckerei Möbel Gebäude Küche Händler',
    hints:
      'vorname nachname firma telefon telefonnummer mobil ort plz land position bemerkung bemerkungen notizen gmbh ug strasse anrede .de .at .ch +49 +43',
  },
  {
    id: 'fr',
    script: 'latin',
    common: 'éèçêëà',
    rare: 'ôîïâùûœæÿü',
    words:
      'Prénom Prénoms Téléphone Téléphones Société Sociétés Numéro Adresse Équipe Employé Intérêt Généré Région Département Créé Référence Catégorie François Françoise Frédéric Stéphane Stéphanie Jérôme Hélène Chloé Zoé Léa Béatrice André Andrée René Renée Rémi Rémy Sébastien Cédric Gérard Éric Éléonore Élise Élodie Émilie Aurélie Céline Amélie Thérèse Gaëlle Joël Noël Noëlle Loïc Anaïs Maëlle Océane Agnès Benoît Jérémy Lefèvre Lefébvre Léger Géraldine Hervé Mégane Inès Genève Orléans Nîmes Besançon Évry Directeur Général Générale Développement Ingénieur Délégué Bâtiment Marché Hôtel Crédit Côté Forêt Château',
    hints: 'nom entreprise poste fonction courriel mobile ville pays remarques notes sarl sas .fr .be .ch +33',
  },
  {
    id: 'es',
    script: 'latin',
    common: 'íáóéñú',
    rare: 'üçàèªº',
    words:
      'Teléfono Teléfonos Móvil Correo Electrónico Compañía Dirección Población País Código Razón Título Número Teléfon Información José María Jesús Ángel Ángela Andrés Iván Raúl Óscar Martín Rubén Álvaro Adrián Sofía Lucía Inés Belén Mónica Verónica Rocío García López Sánchez Pérez Gómez Fernández Martínez Rodríguez González Hernández Jiménez Díaz Álvarez Muñoz Ramírez Gutiérrez Vázquez Suárez Domínguez Núñez Ibáñez Peña Málaga Córdoba Cádiz Almería León México Bogotá Medellín Perú España Ingeniería Diseño Compras Jefe Técnico Técnica Gestión Construcción Química Tecnología',
    hints: 'nombre apellido apellidos empresa cargo puesto correo ciudad notas .es .mx .ar .cl +34 +52',
  },
  {
    id: 'pt',
    script: 'latin',
    common: 'ãçáéíóêõ',
    rare: 'âúàôü',
    words:
      'João Conceição São Telemóvel Endereço Observações Observação Função Organização Posição Título País Município Código Número Região Informações José António Antônio Luís Mário Sérgio Fábio Cláudio Cláudia Flávio Patrícia Vânia Mônica Mónica Lúcia Tânia Júlia Letícia Vitória Célia Inês Simões Magalhães Guimarães Araújo Gonçalves Assunção Conceição Brandão Leitão Galvão Falcão Brasília Goiânia Belém Florianópolis Curitiba Gestão Construções Comércio Serviços Soluções Importação Exportação Indústria Médico Diretor Técnico Coordenação Administração',
    hints: 'nome sobrenome apelido empresa cargo telefone celular cidade notas ltda .br .pt +55 +351',
  },
  {
    id: 'it',
    script: 'latin',
    common: 'àèòùìé',
    rare: 'óîíáúüö',
    words:
      'Città Società Attività Qualità Università Nicolò Niccolò Nicolà Cantù Forlì Verità Età Libertà Responsabilità Novità Perché Né È Sarà Può Più Già Così Lunedì Caffè Mollà Montà Salvò Ditta Proprietà Località',
    hints: 'nome cognome azienda ditta telefono cellulare indirizzo posizione ruolo note provincia cap srl spa .it +39',
  },
  {
    id: 'nl',
    script: 'latin',
    common: 'ëéïöü',
    rare: 'èêóáçäñ',
    words:
      'Zoë Chloë Daniël Daniëlle Michaël Raphaël Joël Noël Noëlle Renée René André Désirée José Özgür Coördinator Financiën Cliënt Patiënt België Geïnteresseerd Hélène Anaïs Loïs Thaïs',
    hints: 'voornaam achternaam tussenvoegsel bedrijf bedrijfsnaam telefoon mobiel functie plaats postcode opmerkingen bv .nl .be +31 +32',
  },
  {
    id: 'sv',
    script: 'latin',
    common: 'öäå',
    rare: 'éèüøæ',
    words:
      'Förnamn Företag Företagsnamn Säljare Försäljning Försäljningschef Ägare Ekonomi Göteborg Malmö Örebro Västerås Norrköping Jönköping Umeå Luleå Gävle Borås Växjö Björn Göran Åke Åsa Sören Märta Håkan Jörgen Pär Örjan Östen Lövgren Sjögren Sjöberg Lindström Nyström Bergström Engström Öberg Åberg Åkesson Öhman Löfgren Lööf Kungsängen Ändrad Återförsäljare Överförd Titel Anställd',
    hints: 'efternamn telefon mobil epost befattning ort land anteckningar ab .se +46',
  },
  {
    id: 'da',
    script: 'latin',
    common: 'øæå',
    rare: 'éöäüò',
    words:
      'Telefonnummer Stilling Virksomhed Bemærkninger Bemærkning Søren Jørgen Jørn Bjørn Bjørnar Øyvind Åse Åge Håkon Håvard Kåre Pål Bjørg Sølvi Søgaard Nørgaard Kjær Møller Sørensen Jørgensen Østergaard Bødker København Tromsø Bodø Ålesund Tønsberg Østfold Århus Ålborg Næstved Helsingør Køge Købmand Rådgiver Rådgivning Sælger Økonomi Leverandør Ingeniør Direktør Markedsføring Løsninger Båt Sjøen Kjøp Postnr Kjøpmann Fødselsdato Måned',
    hints: 'fornavn efternavn etternavn firma telefon mobil stilling selskap sted noter merknad aps .dk .no +45 +47',
  },
  {
    id: 'fi',
    script: 'latin',
    common: 'äö',
    rare: 'åéšžü',
    words:
      'Sähköposti Yritys Tehtävä Asema Nimi Päivi Jyväskylä Hämeenlinna Seinäjoki Mäkinen Mäkelä Hämäläinen Heikkilä Lehtimäki Jääskeläinen Väisänen Räsänen Pöllänen Kärkkäinen Hänninen Päivämäärä Lisätiedot Hyvä Myyjä Myyntipäällikkö Päällikkö Järvinen Järvi Tiedot Henkilö Isäntä Ville Sähkö Työ Työpuhelin Kävijä',
    hints: 'etunimi sukunimi puhelin matkapuhelin kaupunki huomautukset oy oyj .fi +358',
  },
  {
    id: 'is',
    script: 'latin',
    common: 'óíáðþúé',
    rare: 'ýæöä',
    words:
      'Guðrún Sigríður Jón Þór Þóra Guðmundur Sigurður Jóhann Jóhanna Kristín Björn Reykjavík Fyrirtæki Netfang Sími Nafn Ásta Ólafur Magnús Hjördís Þorsteinn',
    hints: 'netfang nafn .is +354',
  },
  {
    id: 'tr',
    script: 'latin',
    common: 'ışğüçöi̇',
    rare: 'âîûé',
    words:
      'Adı Soyadı Adresi Şirket Telefonu Ünvan Ünvanı İsim Şehir Görev Görevi Açıklama Müşteri Yılmaz Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Koç Kaplan Şimşek Polat Korkmaz Özkan Güneş Güler Erdoğan Yüksel Aksoy Ayşe Fatma Gül Gülşen Zeynep Büşra Özlem Çiğdem Şule Çağla İbrahim İsmail Hüseyin Uğur Oğuz Tuğba Tuğçe Barış Işık Mühendis Müdür Müdürü Satış Yönetici İstanbul İzmir Muğla Eskişehir Diyarbakır Türkiye Ltd Şti Tic Gıda İnşaat Danışmanlık Bilişim',
    hints: 'ad soyad eposta telefon firma unvan not notlar .tr +90',
  },
  {
    id: 'pl',
    script: 'latin',
    common: 'łóąęśż',
    rare: 'ćńźéüö',
    words:
      'Imię Imie Nazwisko Imiona Hasło Miejscowość Stanowisko Województwo Ulica Kraków Łódź Wrocław Poznań Gdańsk Białystok Częstochowa Toruń Rzeszów Bielsko-Biała Gorzów Zielona Góra Łukasz Paweł Michał Rafał Sławomir Stanisław Wiesław Mirosław Jarosław Bartłomiej Krzysztof Elżbieta Małgorzata Grażyna Bożena Żaneta Łucja Zdzisław Władysław Wójcik Kamiński Kamińska Wiśniewski Wiśniewska Zieliński Zielińska Kowalczyk Wójtowicz Jabłoński Król Pawłowski Michałowski Dąbrowski Dąbrowska Kozłowski Kozłowska Jankowski Szymański Woźniak Wróbel Górski Głowacki Kwiatkowski Sikora Piątek Kołodziej Błaszczyk Mąż Wąsik Święta Sprzedaż Sprzedaży Usługi Przedsiębiorstwo Spółka Zarządu Główny Księgowa Właściciel Dział Służbowy Notatki',
    hints: 'nazwisko firma telefon adres miasto stanowisko uwagi kraj sp. .pl +48',
  },
  {
    id: 'cs',
    script: 'latin',
    common: 'áíéřýčěšžů',
    rare: 'úťňďóöüľĺ',
    words:
      'Jméno Příjmení Společnost Město Poznámka Poznámky Země PSČ Ulice Číslo Titul Jiří Jiřina Tomáš Lukáš Ondřej Matěj Petr Vojtěch Zdeněk Stanislav František Luboš Aleš Bořivoj Přemysl Květa Věra Zdeňka Kateřina Lucie Tereza Markéta Barbora Lenka Jaroslav Růžena Božena Novák Nováková Dvořák Dvořáková Černý Černá Procházka Kučera Veselý Horák Němec Pokorný Marek Pospíšil Hájek Jelínek Král Růžička Beneš Fiala Sedláček Doležal Zeman Kolář Krejčí Navrátil Čermák Vaněk Říha Šimek Kříž Plzeň Liberec Olomouc České Budějovice Hradec Králové Ústí Zlín Jičín Třebíč Ředitel Jednatel Obchodní zástupce Účetní Manažer Nákupčí Výroba',
    hints: 'firma telefon mobil pozice adresa .cz +420',
  },
  {
    id: 'sk',
    script: 'latin',
    common: 'áíéýčšžľúôťň',
    rare: 'äóďŕĺěöü',
    words:
      'Priezvisko Spoločnosť Pozícia Poznámka Mesto Telefón Mobilný Košice Žilina Prešov Nitra Bratislava Trenčín Ján Jozef Ľubomír Ľudmila Štefan Matúš Mária Zuzana Kováč Horváth Varga Tóth Nagy Baláž Molnár Balog Lukáč Polák Gajdoš Kollár Hudák Riaditeľ Predaj Konateľ Obchodný',
    hints: 'meno priezvisko firma mobil .sk +421',
  },
  {
    id: 'hu',
    script: 'latin',
    common: 'áéóöőíüú',
    rare: 'űäôő',
    words:
      'Név Vezetéknév Keresztnév Családnév Utónév Cég Cégnév Beosztás Telefonszám Város Irányítószám Megjegyzés Cím Ország László István József János Zoltán Sándor Gábor Tamás Péter András Mária Katalin Ágnes Éva Ildikó Zsófia Réka Balázs Gergő Máté Ádám Bálint Dávid Kovács Szabó Tóth Horváth Kiss Molnár Németh Balogh Lakatos Mészáros Oláh Simon Rácz Fekete Győr Pécs Székesfehérvár Kecskemét Nyíregyháza Értékesítő Ügyvezető Igazgató Vezető',
    hints: 'nem telefon mobil kft zrt .hu +36',
  },
  {
    id: 'ro',
    script: 'latin',
    common: 'ăţşîâ',
    rare: 'áéöü',
    words:
      'Prenume Societate Funcţie Funcţia Oraş Judeţ Ţară Adresă Observaţii Ştefan Ioniţă Mihăilescu Constanţa Iaşi Timişoara Braşov Galaţi Ploieşti Bucureşti Târgu Mureş Piteşti Ionuţ Cătălin Mădălina Răzvan Bogdănescu Vânzări Preşedinte Călin Gheorghiţă',
    hints: 'nume prenume firma telefon mobil srl .ro +40',
  },
  {
    id: 'hr',
    script: 'latin',
    common: 'ćčšžđ',
    rare: 'éáöü',
    words:
      'Tvrtka Poduzeće Prezime Bilješke Država Grad Poštanski Željko Božidar Miško Krešimir Ružica Željka Tomašić Horvat Kovačević Babić Marić Jurić Novaković Knežević Vuković Marković Petrović Matić Tomić Pavlović Kovačić Božić Grgić Šimić Filipović Đurić Žagar Čakovec Šibenik Požega Varaždin Jože Aleš Matjaž Špela Urška Črt Ljubljana Podjetje Kočevje Košir Mlakar Zupančič Hočevar Kovač',
    hints: 'ime prezime priimek telefon mobitel tvrtka .hr .si .rs +385 +386',
  },
  {
    id: 'ru',
    script: 'cyrillic',
    common: 'оаеинтрсвлкмдпуяыьгзбчйхжшюц',
    rare: 'щэфъё',
    words:
      'Имя Фамилия Отчество Телефон Компания Организация Должность Город Почта Адрес Примечание Примечания Комментарий Мобильный Электронная Страна Менеджер Директор Генеральный Иван Иванов Иванова Пётр Петров Сергей Сергеев Александр Алексей Дмитрий Андрей Михаил Николай Владимир Мария Анна Елена Ольга Наталья Татьяна Ирина Екатерина Светлана Юлия Смирнов Кузнецов Попов Васильев Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев Москва Санкт-Петербург Новосибирск Екатеринбург Казань ООО ЗАО ОАО',
    hints: '.ru .by .kz +7 +375',
  },
  {
    id: 'uk',
    script: 'cyrillic',
    common: 'оаинвітрескулдпмяькзбгчюйхцжші',
    rare: 'щєїґф',
    words:
      "Ім'я Прізвище Телефон Компанія Посада Пошта Місто Адреса Примітка Країна Менеджер Директор Іван Олександр Сергій Андрій Олексій Дмитро Михайло Микола Володимир Марія Олена Ольга Наталія Тетяна Ірина Катерина Світлана Юлія Шевченко Бондаренко Коваленко Ткаченко Кравченко Олійник Шевчук Коваль Поліщук Київ Львів Харків Одеса Дніпро ТОВ",
    hints: '.ua +380',
  },
  {
    id: 'el',
    script: 'greek',
    common: 'αοιετνσρηκπλμυωςόάίδγέθχβήφ',
    rare: 'ύώξζψϊϋΐΰ',
    words:
      'Όνομα Επώνυμο Τηλέφωνο Κινητό Εταιρεία Εταιρία Θέση Διεύθυνση Πόλη Χώρα Σημειώσεις Σχόλια Ονοματεπώνυμο Γιώργος Γεώργιος Δημήτρης Νίκος Νικόλαος Γιάννης Ιωάννης Κώστας Κωνσταντίνος Μαρία Ελένη Αικατερίνη Βασιλική Σοφία Παπαδόπουλος Παπαδοπούλου Γεωργίου Δημητρίου Αθήνα Θεσσαλονίκη Πάτρα Ηράκλειο Διευθυντής Πωλήσεων Υπεύθυνος',
    hints: '.gr .cy +30',
  },
  {
    id: 'ja',
    script: 'kana',
    common:
      'のにをはがとでたていしなるれりらかきくこさすせそちつっまみむめもやゆよんあいうえおけねぬひふへほわろだどばびぶべぼじずぜぞごぎぐげアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンガギグゲゴザジズゼゾダデドバビブベボパピプペポァィゥェォッャュョー佐藤鈴木高橋田中伊渡辺山本村小林加吉々口松井上斎清水崎森池阿部石川下島前岡長谷後近遠青坂斉福太西金原三浦野和竹内柴酒工横宮高安島大丸今河武杉増平塚千葉久保岩太郎花子一次健翔輔拓也直樹陽恵美咲愛由真智裕幸明優彩香尋誠浩徹隆聡学修剛亮純豊博正義昭弘之夫雄彦介蓮悠結衣葵東京都阪府北海道県市区町丁目番地号横浜名古屋札幌神戸岡崎広仙台新宿渋港代央品世株式会社有限合同団法人商事業製作所電気機建設不動産銀行証券保険食物運輸開発研究務計印刷出版貿易店氏姓名前話番携帯住郵便署役職備考担当者取締長専常課係主任営総経理企画技術情報生年月日性別男女様御宛連絡先勤自宅用語二四五六七八九十百万円時分見言私左右外古多少手立入',
    rare: '、。「」・（）：／〒　～－０１２３４５６７８９①②③㈱㈲髙﨑',
    words:
      '氏名 姓名 名前 会社 会社名 電話 電話番号 携帯 メール メールアドレス 住所 郵便番号 部署 役職 備考 担当者 株式会社 有限会社 フリガナ ふりがな 佐藤 鈴木 高橋 田中 渡辺 山田 太郎 花子 東京都 大阪府',
    hints: '.jp +81',
  },
  {
    id: 'ko',
    script: 'hangul',
    common:
      '김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민지수현준영은미경숙희진호철동훈태상재혁승원건규석기용순자옥금선연아라나린채예빈시도율다인소후찬환범식종학봉만복길덕명화애란혜울특별부산대광세경충청북제로번읍면리군초마포등파회사식유산업통행증권보험품약금속계템소프트웨어테크코그룹솔션네웍스컴퍼니름화번휴핸폰메일소직책급서비고담당편홈페객날짜록생월남여국가표부과리팀무실본매저연엔니영팅개발획총재관는을를에의와한들것있없되했입습합그요까',
    rare: '각간갈감개거검격견결계공관교국권귀균극근급남내년농늘능단달담답데두득람랑량력례론료루률르릴림막맹멀모목몽무물미밀바반방번법변별병보본분불블빛사살삼색설섭섬성세속쇼술슬습싱쌍씨악알암압약양억언엄업여역염엽예온완왕외요욕운울웅월위육융음읍응의익일임입작잔잡잠적점접제존졸좌죄죽즈즐직질집창책처척천첨청체초촌축출충취치친칠침칭카케콘쿠클키타탁탄탐터토통투특틀판팔패편평폭표풍피필함항해핵향험형홀확활황획효훈휘흑흥',
    words:
      '이름 성명 전화 전화번호 휴대폰 이메일 메일 주소 회사 회사명 직책 직급 부서 비고 메모 담당자 우편번호 주식회사 대표이사 과장 부장 김민수 이영희 박지훈 서울 부산 서울특별시',
    hints: '.kr +82',
  },
  {
    id: 'zh-Hans',
    script: 'han',
    common:
      '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰玉华建国文志红梅春晓雪飞海燕鹏辉斌宇浩凯健俊帆婷雯欣怡佳琪梓涵子轩然诗雨思宁博昊天嘉煜城松鑫瑞霖烨晟睿荣越泽诚立哲北京上广州深圳津重庆成都杭州南武汉西安苏青岛大连厦门波长沙济福合肥昆哈尔滨阳省市区县路号街道东中有限公司科技术贸易集团股份责任信息网络电子商务软件发展投资实业工程设计咨询服务管理文传媒广告物流机械备制造医药生环保能源材料房地产教育际控姓名话手码邮箱址职位备注称部门联系人网编省家客户日期时间性别男女先士总经理销售事主师采购助财会秘书市场代表顾问',
    rare: '的一是不了在我他这个们来到为你说年着就那和要出也得里后自以可下而过去对小多心学么之好看起当没只如把还用第样想种开见力点几定本特做外相果走将月十向声车全重三气每并真打太新比才便再水像体却加界利受听少克员口死写光或住难望命花结乐色更拉神记处让直字报友关放认接入内民度山带边风解快原变通数四失远格目条',
    words:
      '姓名 电话 手机 邮箱 邮件 地址 公司 公司名称 职位 职务 备注 名称 部门 联系人 客户 城市 省份 有限公司 科技 经理 总经理 北京 上海 深圳 广州 张伟 王芳 李娜 刘洋',
    hints: '.cn +86',
  },
  {
    id: 'zh-Hant',
    script: 'han',
    common:
      '王李張劉陳楊黃趙吳周徐孫馬朱胡郭何高林羅鄭梁謝宋唐許韓馮鄧曹彭曾蕭田董袁潘于蔣蔡余杜葉程蘇魏呂丁任沈姚盧姜崔鍾譚陸汪范金石廖賈夏韋方白鄒孟熊秦邱江尹薛段雷侯龍史陶黎賀顧毛龔邵萬錢嚴武戴莫孔向湯莊游詹洪柯翁賴簡施連志明淑芬美玲雅婷俊傑家豪怡君欣宜佳穎冠宇宗翰建宏雯佩心彥廷承恩品妍詠晴偉成文華國榮秀英麗玉珍惠如芳靜慧敏瑜涵庭瑋哲軒柏翔育霖子宥台北臺新桃園中南雄基隆竹嘉義苗栗彰化投雲屏東蘭花蓮澎湖門香港九龍西區灣仔路街段巷弄號樓縣市鄉鎮村里大道有限公司股份科技際企業實業貿易電子資訊工開發設問事集團姓名話手機碼郵箱件信地址職稱位備註部聯絡人網遞客戶編日期時間性別男女先生小姐經理總務董長主師採購助財行政場服代表管會計秘書',
    rare: '的一是不了在我他這個們來到為你說年著就那和要出也得後自以可下而過去對多心學麼之好看起當沒只如把還用第樣想種見力點幾定本特做外相果走將月十聲車全重三氣每並真打太比才便再水像體卻加界利受聽少克員口死寫光或住難望命結樂色更拉神記處讓直字報友關放認接入內民度山帶邊風解快原變通數四失遠格目條',
    words:
      '姓名 電話 手機 信箱 電子郵件 地址 公司 公司名稱 職稱 職位 備註 部門 聯絡人 客戶 城市 有限公司 股份有限公司 經理 總經理 台北 台北市 新北市 高雄 陳 林 黃 張',
    hints: '.tw .hk +886 +852',
  },
] as const satisfies readonly Language[];

export type LanguageId = (typeof LANGUAGES)[number]['id'];
