/** Headers with a word of a field in them that are no field of a person, parted by commas, per language. */
export const SILENT_HEADERS: readonly (readonly [language: string, headers: string])[] = [
  [
    'English: names of other things',
    'Product name,Event name,Campaign name,Form name,File name,List name,Group name,Team name,Project name,Ticket name,School name,Department name,City name,Country name,Bank name,Deal name,Deal title,Opportunity name,Stage name,Track title,Session title,Page title,Vendor name,Username,Name prefix,Name suffix,Name pronunciation,Maiden name,Preferred name,Domain name,Source Name,Ad name',
  ],
  [
    'English: other people',
    'Spouse name,Child name,Parent email,Guardian phone,Emergency contact name,Emergency phone,Doctor name,Referral name,Referred by email,Sales rep name,Recruiter,Created by,Created by email,Modified by name,Sender name,Sender email,CC email,BCC,Reply-to,Shipping name,Shipping phone,Shipping email,Delivery name,Ship to name,Assistant email,Host email,Organizer name,Previous employer,Former job title',
  ],
  [
    'English: about an address or a phone',
    'Phone model,Phone country,Phone brand,Phone code,Phone verified,Phone status,Phone type,Phone extension,Phone notes,Email domain,Email type,Email subject,Email body,Email count,Emails sent,Email opens,Email clicks,Email date,Last email,First email sent,Email notes,Email opt-in,Mobile OS,Mobile app,Mobile carrier,Mobile verified,Mobile opt-in,SMS consent,WhatsApp status,Do not call,Direct mail,Direct reports,Accepts SMS Marketing,HasOptedOutOfEmail',
  ],
  [
    'English: about a job, a company, a profile, a note',
    'Job ID,Job posting title,Job function,Job level,Job type,Job description,Job location,Job start date,Position start date,Position ID,Position type,Company type,Company id,Company city,Company description,Company keywords,Company email,Company LinkedIn,Company name for emails,Organization ID,Organization size,Employer address,LinkedIn company page,LinkedIn headline,LinkedIn ID,LinkedIn followers,LinkedIn message,LinkedIn description,Sales Navigator URL,Note type,Notes date,Comment count,Tag count',
  ],
  [
    'English: places and dates of work and home',
    'Work address,Work city,Work schedule,Home address,Home city,Home page,Office location,Office hours,Business type,Business address,Main product,Primary address,Secondary school,Other,Other info,First contact date,Last contact date,Contact type,Contact status,Contact id,Lead status,Lead source,Lead title,Customer description,Customer since,User ID,Number of employees',
  ],
  [
    'German',
    'Firmengröße,Firmenadresse,Kundennummer,Kundentyp,Kontaktart,Telefonart,E-Mail gesendet,E-Mail Typ,E-Mail Status,E-Mail-Abmeldung,Mobilfunkanbieter,Position Nr,Ort,Telefon Assistent,Telefax,Lieferanschrift Name,Name des Vorgesetzten,Notfallkontakt Telefon',
  ],
  [
    'French',
    "Nom du projet,Nom de la campagne,Nom de l'événement,Nom du produit,Nom du parrain,Nom de l'assistant,Type de contact,Statut du contact,Numéro client,Numéro de commande,Numéro SIRET,Fonctionnalité,Code poste,Télécopie,Désinscription e-mail",
  ],
  [
    'Spanish, Portuguese, Italian',
    'Nombre del producto,Nombre del evento,Nombre de usuario,Nombre del asistente,Tipo de contacto,Número de cliente,Número de pedido,Nome do produto,Nome do evento,Nome da mãe,Nome do pai,Número do pedido,Tipo de contato,Nome prodotto,Nome evento,Nome utente,Numero ordine,Numero cliente,Tipo contatto,Telefono assistente',
  ],
  [
    'Dutch, Polish, Nordic, Czech, Turkish',
    'Naam product,Naam evenement,Klantnummer,Ordernummer,Tussenvoegsel,Nazwa produktu,Numer klienta,Numer zamówienia,Drugie imię,Kundnummer,Produktnamn,Mellannamn,Mellomnavn,Toinen nimi,Asiakasnumero,Číslo zákazníka,Datum narození,Ürün adı,Sipariş no,Müşteri no',
  ],
  ['Russian and Ukrainian', 'Название товара,Номер заказа,Имя файла,Отчество,Тип телефона,Номер замовлення,По батькові'],
  [
    'Japanese, Chinese, Korean',
    '商品名,店舗名,大会名,学校名,部署名,顧客名,会員番号,会員ランク名,注文番号,電話区分,メール種別,メール配信可否,フリガナ,秘書の電話,商品名称,产品名称,客户编号,活动名称,学校名称,电话类型,邮箱状态,商务地址 - 邮箱,助理的姓名,传真,상품명,학교명,고객번호,주문번호,팩스번호,수신 동의',
  ],
];
