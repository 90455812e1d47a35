/** The upper halves (80 to FF) of the code tables that printers know. */
const latin1 = Array.from({ length: 96 }, (_, index) => String.fromCharCode(0xa0 + index)).join('')

const cp437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'
const cp850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0'
const cp858 = cp850.replace('ı', '€')
const windows1252 = `€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ${latin1}`

/** By the n of a command that chooses one; table 0 is the one after a reset. */
export type CodeTables = ReadonlyMap<number, string>

/** ESC/POS `ESC t n`, as Epson and most clones number them (printing facts §3). */
export const escPosTables: CodeTables = new Map([
  [0, cp437],
  [2, cp850],
  [16, windows1252],
  [19, cp858],
])

/** StarPRNT `ESC GS t n`. Table 0 is Star's own, of which only the letters of CP437 are shown here. */
export const starTables: CodeTables = new Map([
  [0, cp437],
  [1, cp437],
  [4, cp858],
  [32, windows1252],
])
