/**
 * A file to try Leadline with: 60 rows as people really export them. All people and companies are invented, domains are
 * reserved (RFC 2606), numbers are those that regulators keep for fiction. Under the policy `complete` with default
 * country US: 48 to save, 3 that repeat an earlier row, 8 that lack something, 1 blank line.
 */
export const SAMPLE_CSV = `First Name,Last Name,Email Address,Phone Number,Other Phone,Other Email,Company,Job Title,LinkedIn Profile,Notes,City,Attended,Score
Ann,Lee,ann.lee@example.com,(415) 555-0101,,,Fernhill,Head of Sales,https://www.linkedin.com/in/ann-lee-example,Met at the spring fair,San Francisco,yes,82
Marcus,Oyelaran,MARCUS.OYELARAN@EXAMPLE.COM,212-555-0102,,marcus.o@example.org,"Harbor & Sons, Inc.","VP, Sales",,,New York,yes,91
José,Ferreira,jose.ferreira@example.org,+1 312 555 0103,,,Pine & Copper,Account Executive,linkedin.com/in/jose-ferreira-example,"Said ""call me after the 5th""",Chicago,no,40
Zoë,Brandt,zoe.brandt@brightmoor.example,+49 30 23125 104,,,Brightmoor GmbH,Leiterin Vertrieb,,Prefers German,Berlin,yes,77
Priya,Raman,priya.raman@example.com,6175550105,(617) 555-0106,,Quillwork,Marketing Manager,,,Boston,yes,65
Siobhán,O'Dwyer,siobhan@oakandtide.example,+353 20 910 0107,,,Oak & Tide,Founder,https://www.linkedin.com/in/siobhan-odwyer-example,,Dublin,no,58
 Derek ,Lindqvist, derek.lindqvist@example.com ,206.555.0108,,,Harborline Logistics,Buyer,,"Wants a demo
for the whole team,
budget in June",Seattle,yes,88
Chloé,Martinet,chloe.martinet@example.org,+33 1 99 00 01 09,+33 6 39 98 01 09,,Atelier Lune,Directrice générale,,,Paris,yes,93
Tom,Whitfield,tom.whitfield@example.co.test,+44 7700 900110,,,Whitfield Joinery,Owner,,,Leeds,no,35
太郎,山田,taro.yamada@example.com,(646) 555-0111,,,Sakura Imports,Purchasing,,名刺交換済み,New York,yes,70
Мария,Иванова,maria.ivanova@example.org,305-555-0112,,,Polar Line,Operations Lead,,,Miami,no,49
Grace,Abara,grace.abara@example.com,(312) 555-0113 x204,,,Juniper Health,SDR,https://www.linkedin.com/company/juniper-health-example,The address is the company's page,Chicago,yes,61
Nguyễn,Minh,minh.nguyen@example.net,303 555 0114,,,Red River Foods,Import Manager,,,Denver,yes,74
Ellen,Castellano,ellen.castellano@example.com,1-404-555-0115,null,,Castellano Tile,Office Manager,,,Atlanta,no,22
Ravi,Menon,ravi.menon at example.com,512-555-0116,,,Lantern Labs,CTO,,Address dictated on the phone,Austin,yes,86
Søren,Kjær,soren.kjaer@example.org,+44 20 7946 0117,,,Nordlys,Consultant,,,London,yes,69
Aisha,Bello,AISHA.BELLO@EXAMPLE.ORG,713-555-0118,,,Bello Catering,Owner,,- prefers a text message,Houston,no,54
Luca,Moretti,luca.moretti@example.com,"206-555-0119 / 206-555-0120",,,Moretti Print,Sales,,,Seattle,yes,63
Hannah,Weiss,hannah.weiss@example.com,'+14155550121,,,Copperleaf,People Partner,,Exported with an apostrophe,Oakland,no,31
Ann,LEE,Ann.Lee@Example.com,415-555-0101,,,Fernhill,,,Second badge scan,San Francisco,yes,82
Omar,Haddad,omar.haddad@example.net,p:+16465550122,,,Haddad Optics,Optician,,From an ad form,New York,,44
Ken,Watanabe-Ross,ken.wr@example.com,＋１ ４１５ ５５５ ０１２３,,,Tidal Sound,Producer,,,San Jose,yes,79
Isabel,de la Cruz,isabel@delacruz.example,602.555.0124,,isabel.dlc@example.org,De la Cruz Legal,Partner,linkedin.com/in/isabel-de-la-cruz-example,,Phoenix,yes,90
Ben,Achterberg,,503-555-0125,,,Slow River,Baker,,No email on the card,Portland,yes,38
Farid,Karimi,farid.karimi@example.com,0044 7700 900126,,,Karimi & Co,Adviser,,,London,no,51
Olivia,Novak,"olivia.novak@example.com; olivia@novak.example",(702) 555-0127,,,Novak Events,Planner,,,Las Vegas,yes,85
Pedro,Alvim,pedro.alvim@example.org,+1 (713) 555-0128,,,Alvim Coffee,Roaster,,"Two shops: ""Norte"" and ""Sul""",Houston,yes,72
Wei,Zhang,wei.zhang@example.com,212 555 0129,,,Golden Thread,Designer,,,New York,no,47
Judith,Okonkwo-Hale,judith.oh@example.net,,617-555-0130,,Hale Archive,Archivist,,Only the office line,Boston,no,29
Mikael,Sandström,mikael.sandstrom@example.org,+46 70 174 06 31,,,Sandström Bygg,Projektledare,,,Malmö,yes,66

Carla,Benedetti,carla.benedetti@example.com,+1 303 555 0132 ::: +1 303 555 0133,,,Benedetti Cycles,Owner,,,Boulder,yes,59
Samir,Patel-Jones,samir.pj@example.com,555-0134,,,Corner Clinic,Receptionist,,Number without its area code,Fresno,no,18
محمد,الخطيب,m.khatib@example.org,+44 7700 900135,,,Atlas Rugs,Manager,,,Manchester,yes,73
Yuki,Tanabe,yuki.tanabe@example.com,(206) 555-0136 ext. 7,,,Kite & Harbor,Engineer,,,Tacoma,yes,68
Renée,Dubreuil,renee.dubreuil@example.org,+33 1 99 00 01 37,,,Dubreuil Frères,Comptable,,"Appeler le matin, pas l'après-midi",Lyon,no,42
Paul,Ndlovu,paul.ndlovu@example.com,4.15555E+09,,,Ndlovu Freight,Dispatcher,,A spreadsheet ate the number,Stockton,yes,33
Katarzyna,Wójcik,kasia@wojcik.example,+49 30 23125 138,,,Wójcik Design,Art Director,https://www.linkedin.com/in/kasia-wojcik-example,,Potsdam,yes,87
Dana,Fitzgerald,dana.fitzgerald@example.com,415 555 0139,,,"Fitzgerald, Moss & Day",Attorney,,,San Francisco,no,55
Leo,Hartmann,leo.hartmann@example.net,1 (512) 555-0140,,leo.hartmann@example.org,Hill Country Solar,Installer,,,Austin,yes,76
Marcus,Oyelaran, marcus.oyelaran@example.com,212-555-0141,,,Harbor & Sons,VP Sales,,Same address as above in small letters,New York,yes,91
Amara,Eze,amara.eze@example.com,+61 491 570 156,,,Southern Cross Wool,Exporter,,,Perth,yes,64
Victor,,victor@example.com,602-555-0142,,,Desert Print,,,Signed the list with one name,Tempe,no,15
Helena,Sørensen,helena.sorensen@example.org,+44 20 7946 0143,,,Fjord Media,Editor,,,London,no,57
Jamal,Carter,JAMAL.CARTER@EXAMPLE.NET,404.555.0144,404.555.0145,,Peach Street Books,Bookseller,,,Atlanta,yes,71
Ingrid,Vogel,ingrid.vogel@example.com,011 49 30 23125 146,,,Vogel & Partner,Architektin,,,Berlin,yes,80
Noah,Silverstein,noah.silverstein@example.com,646-555-0147,,n/a,Silver & Stein,Broker,,,New York,no,36
Thu,Pham,thu@example,408-555-0148,,,Pham Nails,Owner,,Address cut off,San Jose,yes,27
Rosa,Quispe,rosa.quispe@example.org,(305) 555-0149,,,Andes Textiles,Export Sales,,,Miami,yes,83
Elif,Demir,elif.demir@example.com,+44 7700 900150,,,Demir Ceramics,Studio Lead,,"Needs:
- price list
- samples",Bristol,yes,78
George,Papadakis,george.papadakis@example.net,713 555 0151,,,Aegean Olive Co.,Importer,,,Houston,no,46
Fatima,Zahra,fatima.zahra@example.com,tel:+1-617-555-0152,,,Zahra Interiors,Designer,,,Cambridge,yes,67
Will,Brightwater,n/a,503-555-0153,,,Brightwater Kayaks,Guide,,Would not give an address,Bend,no,12
Sofia,Lindholm,sofia.lindholm@example.org,+46 70 174 06 54,,,Lindholm Foto,Fotograf,,,Göteborg,yes,62
Dmitri,Volkov,dmitri.volkov@example.com,702-555-0155,,,Neon Garage,Mechanic,,,Henderson,no,39
Amy,Chen-Okafor,amy.co@example.com,(206) 555-0156,,amy@chenokafor.example,Chen Okafor Studio,Principal,,"Asked for the ""team"" plan",Seattle,yes,94
Luca,Moretti,luca@morettiprint.example,206-555-0119,,,Moretti Print,Sales,,Same person with another address,Seattle,yes,63
Bruno,Keller,bruno.keller@example.net,+49 30 23125 157,,,Keller Holz,Geschäftsführer,,,Leipzig,no,53
Maya,Reyes,maya.reyes@example.com,512.555.0158,,,Bluebonnet Labs,Research Lead,linkedin.com/in/maya-reyes-example,,Austin,yes,89
Oskar,Zieliński,oskar.zielinski@example.org,+44 7700 900159,,,Zielinski Movers,Dispatcher,,Last row,Glasgow,yes,50
`;
