/*
 * How large things may be, in one table: the contract, the page and the doors take their limits from here, so that
 * what the contract takes always fits through the door. No schema library, so that the page can use it.
 */

/** Bytes of a logo file at most. */
export const logoBytesMax = 2_000_000
/** Characters of base64 that so many bytes become. */
export const logoBase64Max = Math.ceil(logoBytesMax / 3) * 4

/** UTF-16 units of a network's exported statement. */
export const statementCharsMax = 8_000_000

/** UTF-16 units of one message's text. */
export const messageCharsMax = 25_000

/** Lines of one sale, and UTF-16 units of a line's name. */
export const saleLinesMax = 500
export const lineNameMax = 80

/** Bytes that JSON may need for one UTF-16 unit: a control character is written `\u0000`. */
const jsonBytesPerChar = 6
/** Bytes for what stands around a large text: names of fields, ids, numbers, headers. */
const frameBytes = 64 * 1024

/** Bytes of one message from a page: the largest thing that a person can hand over is a statement. */
export const screenMessageBytesMax =
  Math.max(statementCharsMax * jsonBytesPerChar, logoBase64Max) + frameBytes

/** Bytes of one REST request: a sale of all its lines, every character escaped, with about 200 bytes of figures a line. */
export const restBodyBytesMax =
  Math.max(saleLinesMax * (lineNameMax * jsonBytesPerChar + 200), messageCharsMax * jsonBytesPerChar) +
  frameBytes

/** Fields of an account's settings, and of its secrets; providers in the practice world. */
export const accountFieldsMax = 40

/** Bytes of one provider's report; they send about 1 KB. */
export const callbackBytesMax = 64 * 1024
