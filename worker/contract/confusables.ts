/**
 * Look-alikes of each letter of our own names, after NFKD; a small letter also covers its capital. From Unicode's list
 * (https://www.unicode.org/Public/security/latest/confusables.txt, left-to-right scripts), plus letters with a stroke or hook,
 * digits and signs. `l` is listed under `i`, since 1, | and I look like both.
 */
export const CONFUSABLES: Record<string, string> = {
  a: '4@ɑαаᗅ⍺ꓮꭺ𐊠𖽀',
  c: '¢©ƈȼɕςΣсᴄⲥꓚꮯ𐊢𐌂𐐽𐔜𑣩𑣲🝌',
  d: 'ðđɖɗԁᑯᗞᗪᴅ∂ꓒꓓꭰꮷ',
  e: '3εеҽ℮⋿ⴹꓰꬲꭼ𐊆𑣆𑣎',
  f: 'ƒϝքᖴẝꓝꞙꬵ𐊇𐊥𐔥𑣂𝈓',
  i: '!1l|ıłǀɩɪιіӏ۱ᒪᛁᵢ∣⍳⏽│ⲓⳑⵏꓡꓲꙇꭵꮮ𐊊𐌉𐌠𐑃𐔦𑣃𑣒𖼖𖼨𝈪',
  m: 'Μϻмᗰᛖⲙꓟꮇ𐊰𐌑',
  n: 'νոռⲛꓠ𐔓',
  o: '0øοσоօ۵०০੦૦ଠ୦௦ం౦ಂ೦ംഠ൦ං๐໐ဝ၀ჿዐᴏᴑⲟⵔ〇ꓳꬽ𐊒𐊫𐐬𐓪𐔖𑓐𑣈𑣕𑣗𑣠',
  p: 'ρрᑭ⍴ⲣꓑꮲ𐊕',
  r: '®ɍɼɽʀгᖇᴦⲅꓣꭇꭈꭱꮁꮢ𐓜𖼵𝈖',
  s: '$5ƽѕտꓢꜱꮥꮪ𐊖𐑈𑣁𖼺',
  t: '7ŧτт⊤⟙ⲧꓔꭲ𐊗𐊱𐌕𑣜𖼊🝨',
  u: 'µʉʋμυцսሀᑌᴜᵾ∪⋃ꓴꞟꭎꭒ𐓶𑣘𖽂',
  y: 'ɣʏγΥуүყᶌỿⲩꓬꭚꭹꮍ𐊲𑣄𖽃',
}
