/**
 * Characters that pass for a letter, after NFKD; a small one stands for its capital too. Those of Unicode's list for the letters of our own names
 * (https://www.unicode.org/Public/security/latest/confusables.txt, left-to-right scripts), letters with a stroke or hook, and
 * digits and signs that stand for a letter. `l` counts as `i`, since 1, | and I pass for both.
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
