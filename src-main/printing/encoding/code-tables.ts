import type { PrinterProfile } from '../../../src-preload/contract/printer-models.ts'

export type CodeTableName = PrinterProfile['codeTable']['name']

/** Both tables of Western Europe share these halves, without ¶ and §: the library makes control characters of them. */
const cp850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´±‗¾÷¸°¨·¹³²■'

const latin1 = Array.from({ length: 95 }, (_, at) => String.fromCharCode(0xa1 + at))
  .filter((character) => character !== '\u00ad')
  .join('')

/** What each table prints beside ASCII, in one column a character; no-break space and soft hyphen are left out. */
const beyondAscii: Readonly<Record<CodeTableName, ReadonlySet<string>>> = {
  windows1252: new Set(`€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ${latin1}`),
  cp437: new Set(
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■',
  ),
  cp850: new Set(cp850),
  cp858: new Set(cp850.replace('ı', '€')),
  ascii: new Set(),
}

/** True for a character that the table prints; control characters are none. */
export function inCodeTable(character: string, table: CodeTableName): boolean {
  const code = character.codePointAt(0) ?? 0
  return (code >= 0x20 && code <= 0x7e) || beyondAscii[table].has(character)
}
