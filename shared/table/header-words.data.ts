/**
 * Words that columns of people are called, in small letters without accents, to tell a header from a row. Not what a
 * column means: the mapping knows that. Words with blanks stand whole, the others may be one word of a longer name.
 */
const PERSON_WORDS = `
name names firstname lastname surname forename fullname givenname familyname middlename nickname email emails mail phone
phones telephone tel mobile cell cellphone fax contact contacts linkedin salutation birthday gender
vorname nachname anrede telefon telefonnummer mobil mobilnummer mobiltelefon handy emailadresse ansprechpartner geburtstag
prenom prenoms nom telephones portable courriel civilite
nombre nombres apellido apellidos telefono telefonos movil correo
nome sobrenome apelido telefone celular telemovel cognome cellulare
voornaam achternaam tussenvoegsel telefoon telefoonnummer mobiel
imie nazwisko komorka fornamn efternamn mobilnummer epost fornavn efternavn etternavn etunimi sukunimi nimi puhelin
matkapuhelin sahkoposti jmeno prijmeni meno priezvisko vezeteknev keresztnev nev prenume nume ime prezime
ad soyad adi soyadi telefonu eposta
имя фамилия отчество фио телефон почта прізвище емейл имейл ονομα επωνυμο τηλεφωνο κινητο
氏名 姓 名 姓名 名前 お名前 フリガナ ふりがな 電話 電話番号 携帯 携帯電話 メール メールアドレス
电话 手机 手机号 手机号码 邮箱 电子邮件 联系人 電郵 電子郵件 信箱 手機 聯絡人 이름 성명 성 전화 전화번호 휴대폰 휴대전화 핸드폰 이메일 메일
`;

const OTHER_WORDS = `
company organization organisation account employer business title position job role department headline occupation
city state province region country zip postal postcode address street website url web notes note comments comment
description owner status source created updated modified date time id type tags tag list lead industry revenue employees
stage number value label first last middle prefix suffix language group
firma unternehmen organisation ort stadt plz land strasse adresse titel abteilung funktion bemerkung bemerkungen notiz
notizen kommentar quelle datum nummer kundennummer postleitzahl webseite
societe entreprise poste fonction service ville pays region rue remarques commentaires origine statut
empresa compania cargo puesto ciudad pais provincia direccion notas comentarios fecha origen estado razon
cidade endereco observacoes funcao data origem azienda ditta ruolo posizione citta indirizzo paese note
bedrijf bedrijfsnaam functie plaats adres opmerkingen bron
miasto adres stanowisko uwagi kraj foretag befattning stad virksomhed stilling selskap yritys kaupunki titteli
spolecnost mesto pozice pozicia poznamka cegnev beosztas varos megjegyzes tvrtka grad oras judet
sirket unvan sehir ulke adres
компания организация должность город адрес страна комментарий примечание дата компанія посада місто εταιρεια πολη θεση
会社 会社名 勤務先 部署 役職 住所 郵便番号 備考 都道府県 公司 公司名称 公司名稱 职位 职务 職稱 職位 部门 部門 地址 城市 备注 備註 日期
회사 회사명 직책 직급 부서 주소 비고 메모 우편번호 날짜
`;

const toSet = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));
export const PERSON_HEADER_WORDS: ReadonlySet<string> = toSet(PERSON_WORDS);
export const HEADER_WORDS: ReadonlySet<string> = new Set([...PERSON_HEADER_WORDS, ...toSet(OTHER_WORDS)]);
