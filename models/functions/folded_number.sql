/*
description: >-
  F of a document number (office-files §2): what Excel adds is off, NFKC, without spaces, all brackets round, upper case.
  The same as `fold` in ingest, which a test compares; most numbers need none of it.
*/
number -> if(
  match(number, '^[0-9A-Z()\\x{4E00}-\\x{9FFF}-]*$'),
  number,
  upperUTF8(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(
    normalizeUTF8NFKC(replaceRegexpOne(
      replaceRegexpAll(replaceRegexpOne(number, '^\\s*="(.*)"\\s*$', '\\1'), '[\\x{200B}-\\x{200D}\\x{2060}\\x{FEFF}]', ''),
      '^[\\s\\x{85}\\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}]*\'', '')),
    '[\\s\\x0B\\x{85}\\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}]', ''),
    '[〔【〖\\[{]', '('),
    '[〕】〗\\]}]', ')')))
