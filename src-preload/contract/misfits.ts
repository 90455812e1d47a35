import type { Language, Sentence } from './paging.ts'
import { fill, type ProblemValues } from './problem.ts'
import { type ProblemCode, problems } from './problems.ts'

/**
 * What can be wrong with a field that was handed over, in the words of this house: no library's own words pass a door.
 * `{limit}` is a number, `{allowed}` a list of words.
 */
export const misfits = {
  missing: { en: 'it is missing', sw: 'haipo' },
  wrongKind: { en: 'it is not of the kind that is wanted here', sw: 'si ya aina inayotakiwa hapa' },
  tooShort: { en: 'it needs at least {limit} characters', sw: 'inahitaji angalau herufi {limit}' },
  tooLong: { en: 'it may have at most {limit} characters', sw: 'isizidi herufi {limit}' },
  tooFew: { en: 'at least {limit} are needed', sw: 'zinahitajika angalau {limit}' },
  tooMany: { en: 'at most {limit} are taken', sw: 'zisizidi {limit}' },
  tooSmall: { en: 'it must be {limit} or more', sw: 'iwe {limit} au zaidi' },
  tooLarge: { en: 'it must be {limit} or less', sw: 'iwe {limit} au pungufu' },
  notWhole: { en: 'it must be a whole number', sw: 'iwe namba kamili' },
  badForm: { en: 'it is not written as it should be', sw: 'haijaandikwa inavyotakiwa' },
  notOneOf: { en: 'it must be one of: {allowed}', sw: 'iwe mojawapo ya: {allowed}' },
  unknown: { en: 'there is no field called {allowed}', sw: 'hakuna sehemu iitwayo {allowed}' },
  notNumber: { en: 'it must be a number', sw: 'iwe namba' },
  noValue: { en: 'it stands alone, without a value', sw: 'huandikwa peke yake, bila thamani' },
  noArgument: { en: 'Kaunta knows nothing called {allowed}', sw: 'Kaunta haijui {allowed}' },
  doesNotFit: { en: 'it does not fit what else was given', sw: 'hailingani na yaliyoandikwa mengine' },
  noHeadings: {
    en: 'it has no line with the headings {allowed}',
    sw: 'haina mstari wenye vichwa {allowed}',
  },
  workbook: {
    en: 'it is an Excel workbook; save it as CSV first',
    sw: 'ni faili la Excel; lihifadhi kwanza kama CSV',
  },
  noMoneyIn: { en: 'no money came in by it', sw: 'hakuna pesa iliyoingia' },
  noLineRead: {
    en: 'none of its lines could be read, the first being line {limit}',
    sw: 'hakuna mstari wake uliosomeka, wa kwanza ukiwa mstari wa {limit}',
  },
  noFormat: { en: 'no statement of this network is known', sw: 'taarifa ya mtandao huu haijulikani' },
} as const satisfies Record<string, Sentence>

export type Misfit = keyof typeof misfits

/** Fields as a person knows them, by the last part of their name in the contract; others keep their own name. */
const fieldWords: Readonly<Record<string, Sentence>> = {
  name: { en: 'name', sw: 'jina' },
  label: { en: 'name', sw: 'jina' },
  phone: { en: 'phone number', sw: 'namba ya simu' },
  to: { en: 'phone number', sw: 'namba ya simu' },
  typed: { en: 'phone number', sw: 'namba ya simu' },
  text: { en: 'text', sw: 'maandishi' },
  note: { en: 'note', sw: 'maelezo' },
  code: { en: 'code', sw: 'namba ya muamala' },
  pin: { en: 'PIN', sw: 'PIN' },
  managerPin: { en: 'manager’s PIN', sw: 'PIN ya meneja' },
  amountMinor: { en: 'amount', sw: 'kiasi' },
  unitPriceMinor: { en: 'price', sw: 'bei' },
  quantityMilli: { en: 'quantity', sw: 'idadi' },
  discountMinor: { en: 'discount', sw: 'punguzo' },
  cashGivenMinor: { en: 'cash given', sw: 'taslimu aliyotoa' },
  countedMinor: { en: 'count', sw: 'hesabu' },
  leftMinor: { en: 'cash left in the drawer', sw: 'fedha zilizobaki kwenye droo' },
  lines: { en: 'items', sw: 'bidhaa' },
  taxRateBp: { en: 'tax rate', sw: 'kiwango cha kodi' },
  taxNumber: { en: 'tax number', sw: 'namba ya kodi' },
  address: { en: 'address', sw: 'anwani' },
  publicAddress: { en: 'public address', sw: 'anwani ya umma' },
  baseUrl: { en: 'address', sw: 'anwani' },
  footer: { en: 'words at the end', sw: 'maneno ya mwisho' },
  till: { en: 'till', sw: 'kaunta' },
  host: { en: 'printer’s address', sw: 'anwani ya printa' },
  port: { en: 'port', sw: 'lango' },
  path: { en: 'port of this computer', sw: 'mlango wa kompyuta hii' },
  subnet: { en: 'network', sw: 'anwani za kujaribu' },
  body: { en: 'text', sw: 'maandishi' },
  fileName: { en: 'file', sw: 'faili' },
}

function lastOf(path: string): string {
  return path.split('.').at(-1) ?? path
}

/** The field's name as a person knows it. */
export function fieldWord(path: string, language: Language): string {
  const word = fieldWords[lastOf(path)]
  return word === undefined ? lastOf(path) : word[language]
}

export function isMisfit(kind: unknown): kind is Misfit {
  return typeof kind === 'string' && Object.hasOwn(misfits, kind)
}

/** What is wrong, filled; for the mark `{detail}` of INPUT_INVALID. */
export function misfitWords(kind: Misfit, values: ProblemValues, language: Language): string {
  return fill(misfits[kind][language], values)
}

/** The whole sentence of a problem; what is wrong with a field is worded in the same language, the field keeps its name. */
export function problemWords(code: ProblemCode, values: ProblemValues, language: Language): string {
  const { misfit } = values
  const detail = isMisfit(misfit) ? { detail: misfitWords(misfit, values, language) } : {}
  return fill(problems[code][language], { ...values, ...detail })
}
