/** Languages whose names of countries are read: those of the headers' vocabularies and a few neighbours. */
export const COUNTRY_LANGUAGES = 'en de fr es pt it nl pl cs da sv nb fi tr ru uk ja ko zh zh-TW hu ro el'.split(' ');

/** ISO 3166-1: the two letters of a country, then its three. */
export const ALPHA_3 =
  'AEARE AFAFG ALALB AMARM AOAGO ARARG ATAUT AUAUS AZAZE BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BMBMU BNBRN BOBOL BRBRA ' +
  'BSBHS BTBTN BWBWA BYBLR BZBLZ CACAN CDCOD CFCAF CGCOG CHCHE CICIV CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CYCYP CZCZE DEDEU DJDJI ' +
  'DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY ERERI ESESP ETETH FIFIN FJFJI FRFRA GAGAB GBGBR GDGRD GEGEO GHGHA GMGMB GNGIN GRGRC GTGTM ' +
  'GWGNB GYGUY HKHKG HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR ININD IQIRQ IRIRN ISISL ITITA JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KMCOM ' +
  'KPPRK KRKOR KWKWT KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MGMDG MKMKD MLMLI ' +
  'MMMMR MNMNG MOMAC MRMRT MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NENER NGNGA NINIC NLNLD NONOR NPNPL NZNZL OMOMN PAPAN PEPER ' +
  'PGPNG PHPHL PKPAK PLPOL PRPRI PSPSE PTPRT PYPRY QAQAT ROROU RSSRB RURUS RWRWA SASAU SCSYC SDSDN SESWE SGSGP SISVN SKSVK SLSLE SMSMR ' +
  'SNSEN SOSOM SRSUR SSSSD SVSLV SYSYR SZSWZ TDTCD TGTGO THTHA TJTJK TMTKM TNTUN TRTUR TTTTO TWTWN TZTZA UAUKR UGUGA USUSA UYURY UZUZB ' +
  'VEVEN VNVNM XKXKX YEYEM ZAZAF ZMZMB ZWZWE';

/** What people write besides, as ISO code and words. */
export const COUNTRY_ALIASES: readonly (readonly [code: string, names: readonly string[]])[] = [
  ['US', ['usa', 'u s a', 'u s', 'united states of america', 'estados unidos de america', 'ee uu', 'eeuu', 'etats unis d amerique', 'vsa']],
  ['GB', ['uk', 'u k', 'great britain', 'england', 'scotland', 'wales', 'northern ireland', 'grossbritannien', 'angleterre', 'inglaterra']],
  ['GB', ['reino unido', 'inghilterra', 'england uk', 'united kingdom of great britain and northern ireland']],
  ['NL', ['holland', 'the netherlands', 'hollande', 'holanda', 'olanda']],
  ['DE', ['brd', 'federal republic of germany', 'bundesrepublik deutschland']],
  ['CZ', ['czech republic', 'tschechische republik', 'republique tcheque', 'republica checa', 'ceska republika']],
  ['TR', ['turkey', 'turkiye']],
  ['KR', ['south korea', 'korea', 'republic of korea', 'korea republic of', 'korea south']],
  ['RU', ['russian federation', 'rossiya']],
  ['CN', ['prc', 'p r china', 'peoples republic of china', 'mainland china']],
  ['AE', ['uae', 'u a e', 'emirates']],
  ['HK', ['hong kong', 'hongkong']],
  ['TW', ['taiwan roc', 'taiwan province of china']],
  ['VN', ['viet nam']],
  ['CI', ['ivory coast', 'cote d ivoire']],
  ['CD', ['dr congo', 'drc', 'democratic republic of the congo']],
  ['CG', ['congo', 'republic of the congo']],
  ['MM', ['myanmar', 'burma']],
  ['MK', ['macedonia', 'north macedonia']],
  ['SZ', ['swaziland']],
  ['PS', ['palestine']],
  ['IR', ['islamic republic of iran']],
  ['GR', ['hellas']],
  ['CH', ['helvetia']],
  ['IE', ['republic of ireland', 'eire']],
  ['BA', ['bosnia']],
  ['BO', ['plurinational state of bolivia']],
  ['VE', ['bolivarian republic of venezuela']],
  ['MD', ['republic of moldova']],
  ['TZ', ['united republic of tanzania']],
  ['LA', ['lao people s democratic republic']],
  ['SY', ['syrian arab republic']],
  ['ZA', ['rsa']],
];
