import type { Problems } from './problem.ts'

/** What a sale refuses. */
export const saleProblems = {
  AMOUNT_ZERO: {
    status: 422,
    en: 'The amount is 0. Add an item or type an amount.',
    sw: 'Kiasi ni 0. Ongeza bidhaa au andika kiasi.',
  },
  SALE_EMPTY: {
    status: 422,
    en: 'The sale has no items yet. Add one: its name, then its price.',
    sw: 'Mauzo hayana bidhaa bado. Ongeza moja: jina lake, kisha bei.',
  },
  SALE_TOO_LARGE: {
    status: 422,
    en: 'A sale cannot be larger than 10,000,000,000. Check the prices: a phone number may stand where a price belongs.',
    sw: 'Mauzo hayawezi kuzidi 10,000,000,000. Kagua bei: huenda namba ya simu imeandikwa mahali pa bei.',
  },
  SALE_NOT_FOUND: { status: 404, en: 'This sale does not exist.', sw: 'Mauzo haya hayapo.' },
  SALE_RECORDED: {
    status: 409,
    en: 'Receipt {number} is already recorded, so its items stay as they are. Start a new sale.',
    sw: 'Risiti {number} imeshaandikwa, hivyo bidhaa zake hazibadiliki. Anza mauzo mapya.',
  },
  DISCOUNT_TOO_LARGE: {
    status: 403,
    en: 'A cashier may let off at most {limit} % of a sale. Call a manager to the counter (F10), or lower the discount.',
    sw: 'Keshia anaweza kupunguza hadi {limit} % ya mauzo tu. Mwite meneja kaunta (F10), au punguza punguzo.',
  },
  CASH_TOO_LITTLE: {
    status: 422,
    en: '{given} is less than the {owed} still to pay. Take the rest, or take part by phone.',
    sw: '{given} ni pungufu ya {owed} iliyobaki. Pokea iliyobaki, au sehemu kwa simu.',
  },
  FISCAL_RECORDED: {
    status: 409,
    en: 'Receipt {number} already has its fiscal numbers, and they never change. Make a new sale.',
    sw: 'Risiti {number} tayari ina namba zake za kodi, nazo hazibadiliki. Fanya mauzo mapya.',
  },
  FISCAL_QR: {
    status: 422,
    en: 'The fiscal QR is not complete, or not of this receipt: see “{part}”. Send it as the device gave it.',
    sw: 'QR ya kodi si kamili, au si ya risiti hii: angalia “{part}”. Itume kama kifaa kilivyoitoa.',
  },
  FISCAL_PIN: {
    status: 422,
    en: 'The fiscal QR is of taxpayer {pin}, and this shop is {own}. Correct the tax number in Settings, or send this shop’s answer.',
    sw: 'QR ya kodi ni ya mlipakodi {pin}, na duka hili ni {own}. Sahihisha namba ya kodi kwenye Mipangilio, au tuma jibu la duka hili.',
  },
  SOLD_AT_WRONG: {
    status: 422,
    en: 'A sale of {at} cannot be handed over: soldAt is in milliseconds since 1970, within the last year and not in the future. Check the clocks of both machines.',
    sw: 'Mauzo ya {at} hayawezi kupokelewa: soldAt ni milisekunde tangu 1970, ndani ya mwaka uliopita na si wakati ujao. Kagua saa za mashine zote mbili.',
  },
  POS_NUMBER_USED: {
    status: 409,
    en: 'Your number {number} was handed over before: it is receipt {receipt}. Send the same Idempotency-Key to repeat a call, or another number for another sale.',
    sw: 'Namba yenu {number} ilishaletwa: ni risiti {receipt}. Tumia Idempotency-Key ile ile kurudia ombi, au namba nyingine kwa mauzo mengine.',
  },
  TENDERS_TOO_MUCH: {
    status: 422,
    en: 'The tenders come to {paid} and the sale to {total}. Hand over what counts towards the sale; change goes into givenMinor.',
    sw: 'Malipo yaliyoletwa ni {paid} na mauzo ni {total}. Leta kinachohesabika kwenye mauzo; chenji huonekana kwa givenMinor.',
  },
} as const satisfies Problems
