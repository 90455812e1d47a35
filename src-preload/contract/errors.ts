import { doorProblems } from './door-errors.ts'
import type { Problem } from './problem.ts'
import { staffAndMoneyProblems } from './staff-and-money-errors.ts'

export type { Problem } from './problem.ts'

/**
 * The closed catalogue of errors that may cross the contract. Each sentence says what is wrong and what to do.
 * A code that is not here never reaches a screen or an integrator.
 */
export const problems = {
  INPUT_INVALID: {
    status: 422,
    en: 'The field {field} is not right: {detail}. Correct it and try again.',
    sw: 'Sehemu ya {field} si sahihi: {detail}. Irekebishe kisha ujaribu tena.',
  },
  PHONE_INVALID: {
    status: 422,
    en: '“{value}” is not a mobile number. Type it as 0712 345 678, or with its country: +256 772 123 456.',
    sw: '“{value}” si namba ya simu ya mkononi. Iandike hivi: 0712 345 678, au pamoja na nchi: +256 772 123 456.',
  },
  PHONE_LANDLINE: {
    status: 422,
    en: '“{value}” is not a mobile number: it can receive no message and no payment request. Type a mobile number.',
    sw: '“{value}” si namba ya simu ya mkononi: haipokei ujumbe wala ombi la malipo. Andika namba ya mkononi.',
  },
  PHONE_MISSING: {
    status: 422,
    en: 'Type the customer’s phone number first.',
    sw: 'Andika kwanza namba ya simu ya mteja.',
  },
  PHONE_NOT_SERVED: {
    status: 422,
    en: '{provider} cannot reach {value}. Choose another network, or another number.',
    sw: '{provider} haiwezi kufikia {value}. Chagua mtandao mwingine, au namba nyingine.',
  },
  AMOUNT_ZERO: {
    status: 422,
    en: 'The amount is 0. Add an item or type an amount.',
    sw: 'Kiasi ni 0. Ongeza bidhaa au andika kiasi.',
  },
  AMOUNT_NOT_WHOLE: {
    status: 422,
    en: '{provider} takes whole shillings only, and {amount} has cents. Change the amount.',
    sw: '{provider} inapokea shilingi kamili tu, na {amount} ina senti. Badilisha kiasi.',
  },
  AMOUNT_ABOVE_LIMIT: {
    status: 422,
    en: '{amount} is above the limit of {provider}, {limit}. Split the payment.',
    sw: '{amount} imezidi kikomo cha {provider}, {limit}. Gawanya malipo.',
  },
  CURRENCY_MISMATCH: {
    status: 422,
    en: 'The sale is in {currency}, but {provider} takes {accepted}. Choose another way to pay.',
    sw: 'Mauzo ni ya {currency}, lakini {provider} inapokea {accepted}. Chagua njia nyingine ya malipo.',
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
  ROW_DAMAGED: {
    status: 500,
    en: 'This entry is damaged in the data file and cannot be shown. It is kept. Ask for help with the mark {mark}.',
    sw: 'Kumbukumbu hii imeharibika kwenye faili la data na haiwezi kuonyeshwa. Imehifadhiwa. Omba msaada kwa alama {mark}.',
  },
  SALE_NOT_FOUND: { status: 404, en: 'This sale does not exist.', sw: 'Mauzo haya hayapo.' },
  SALE_RECORDED: {
    status: 409,
    en: 'Receipt {number} is already recorded, so its items stay as they are. Start a new sale.',
    sw: 'Risiti {number} imeshaandikwa, hivyo bidhaa zake hazibadiliki. Anza mauzo mapya.',
  },
  SALE_UNPAID: {
    status: 409,
    en: '{amount} is not paid yet. Take the payment, or finish the sale as cash.',
    sw: '{amount} bado haijalipwa. Pokea malipo, au maliza mauzo kwa taslimu.',
  },
  TEMPLATE_VARIABLE_MISSING: {
    status: 422,
    en: 'The text uses {variable}, but this sale has no value for it. Fill it in, or take it out of the text.',
    sw: 'Maandishi yanatumia {variable}, lakini mauzo haya hayana thamani yake. Ijaze, au iondoe kwenye maandishi.',
  },
  TEMPLATE_VARIABLE_UNKNOWN: {
    status: 422,
    en: 'There is no variable called {variable}. Known ones: {known}.',
    sw: 'Hakuna kigezo kiitwacho {variable}. Vilivyopo: {known}.',
  },
  TEXT_EMPTY: {
    status: 422,
    en: 'The message is empty. Write something first.',
    sw: 'Ujumbe hauna maneno. Andika kwanza.',
  },
  TEXT_TOO_LONG: {
    status: 422,
    en: 'The text has {length} characters and {provider} takes {limit}. Shorten it.',
    sw: 'Maandishi yana herufi {length} na {provider} inapokea {limit}. Yafupishe.',
  },
  FILE_BY_WHATSAPP_ONLY: {
    status: 422,
    en: 'A PDF goes by WhatsApp only. Choose WhatsApp, or send the receipt as text.',
    sw: 'PDF hutumwa kwa WhatsApp tu. Chagua WhatsApp, au tuma risiti kama maandishi.',
  },
  FILE_NOT_OFFERED: {
    status: 409,
    en: '{account} cannot send files. Send the receipt as text.',
    sw: '{account} haiwezi kutuma mafaili. Tuma risiti kama maandishi.',
  },
  FILE_NEEDS_SALE: {
    status: 422,
    en: 'A PDF is the receipt of a sale, and no sale was named. Name one, or send text.',
    sw: 'PDF ni risiti ya mauzo, na hakuna mauzo yaliyotajwa. Taja mauzo, au tuma maandishi.',
  },
  ACCOUNT_MISSING: {
    status: 409,
    en: 'No account for {channel} is set up. Open Settings and add one.',
    sw: 'Hakuna akaunti ya {channel}. Fungua Mipangilio uongeze.',
  },
  ACCOUNT_NOT_FOUND: { status: 404, en: 'This account does not exist.', sw: 'Akaunti hii haipo.' },
  ACCOUNT_INCOMPLETE: {
    status: 409,
    en: '{account} lacks {field}. Open Settings and fill it in.',
    sw: '{account} haina {field}. Fungua Mipangilio uijaze.',
  },
  PROVIDER_UNKNOWN: {
    status: 404,
    en: 'Kaunta knows no provider called {provider}.',
    sw: 'Kaunta haimfahamu mtoa huduma aitwaye {provider}.',
  },
  PROVIDER_REFUSED: {
    status: 502,
    en: '{provider} answered: {detail}. Check the settings of the account.',
    sw: '{provider} imejibu: {detail}. Angalia mipangilio ya akaunti.',
  },
  PROVIDER_UNREACHABLE: {
    status: 503,
    en: '{provider} cannot be reached now. Check the internet and try again.',
    sw: '{provider} haipatikani sasa. Angalia intaneti kisha ujaribu tena.',
  },
  OFFLINE: {
    status: 503,
    en: 'There is no connection, and a payment request cannot wait. Take cash, or try again when the internet is back.',
    sw: 'Hakuna intaneti, na ombi la malipo haliwezi kusubiri. Pokea taslimu, au jaribu tena intaneti ikirudi.',
  },
  PROMPT_ALIVE: {
    status: 409,
    en: 'This sale already has a payment request that is not settled ({state}). Wait for it, so that nobody pays twice.',
    sw: 'Mauzo haya tayari yana ombi la malipo ambalo halijaisha ({state}). Lisubiri, ili mteja asilipe mara mbili.',
  },
  SALE_PAID: {
    status: 409,
    en: 'This sale is already paid in full.',
    sw: 'Mauzo haya yameshalipwa yote.',
  },
  PAYMENT_NOT_FOUND: { status: 404, en: 'This payment does not exist.', sw: 'Malipo haya hayapo.' },
  PAYMENT_SETTLED: {
    status: 409,
    en: 'This payment is already settled ({state}); nothing was changed.',
    sw: 'Malipo haya yameshaisha ({state}); hakuna kilichobadilishwa.',
  },
  RECEIPT_CODE_USED: {
    status: 409,
    en: 'The code {code} was already used for another payment. Check the customer’s phone again.',
    sw: 'Namba ya muamala {code} imeshatumika kwa malipo mengine. Angalia tena simu ya mteja.',
  },
  MESSAGE_NOT_FOUND: { status: 404, en: 'This message does not exist.', sw: 'Ujumbe huu haupo.' },
  EFFECT_NOT_FOUND: {
    status: 404,
    en: 'This item is not in the outbox.',
    sw: 'Kitu hiki hakipo kwenye vinavyosubiri.',
  },
  EFFECT_NOT_RETRYABLE: {
    status: 409,
    en: 'This cannot be sent again while it is {state}.',
    sw: 'Hiki hakiwezi kutumwa tena kikiwa {state}.',
  },
  EFFECT_NOT_CANCELLABLE: {
    status: 409,
    en: 'It is too late to cancel: this is {state}.',
    sw: 'Muda wa kughairi umepita: hiki ni {state}.',
  },
  PRINTER_NOT_FOUND: {
    status: 404,
    en: 'This printer is not set up any more. Choose another under Settings.',
    sw: 'Printa hii haijawekwa tena. Chagua nyingine kwenye Mipangilio.',
  },
  PRINTER_FALLBACK_ITSELF: {
    status: 422,
    en: 'A printer cannot stand in for itself. Choose another one, or none.',
    sw: 'Printa haiwezi kujisaidia yenyewe. Chagua nyingine, au hakuna.',
  },
  DRAWER_MISSING: {
    status: 409,
    en: 'No cash drawer is set up at {printer}. Open Settings and say which one is there.',
    sw: 'Hakuna droo ya pesa kwenye {printer}. Fungua Mipangilio ueleze iliyopo.',
  },
  LOGO_UNREADABLE: {
    status: 422,
    en: 'This file is no picture that Kaunta can read, or a broken one. Save it as PNG or JPEG, at most 2 MB and 4,000 dots a side.',
    sw: 'Faili hili si picha ambayo Kaunta inaweza kusoma, au limeharibika. Lihifadhi kama PNG au JPEG, lisizidi MB 2 na nukta 4,000 kila upande.',
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
  CASH_TOO_LITTLE: {
    status: 422,
    en: '{given} is less than the {owed} still to pay. Take the rest, or take part by phone.',
    sw: '{given} ni pungufu ya {owed} iliyobaki. Pokea iliyobaki, au sehemu kwa simu.',
  },
  PRINTER_MISSING: {
    status: 409,
    en: 'No printer is set up. Open Settings and type its address.',
    sw: 'Hakuna printa. Fungua Mipangilio uandike anwani yake.',
  },
  PRINTER_UNREACHABLE: {
    status: 503,
    en: 'The printer at {address} does not answer. Check that it is on, and its address.',
    sw: 'Printa iliyo {address} haijibu. Angalia kama imewashwa, na anwani yake.',
  },
  PRINT_JOB_NOT_FOUND: {
    status: 404,
    en: 'This print job does not exist.',
    sw: 'Kazi hii ya kuchapisha haipo.',
  },
  NOTHING_TO_REPRINT: {
    status: 409,
    en: 'No receipt was printed here yet.',
    sw: 'Hakuna risiti iliyochapishwa hapa bado.',
  },
  API_KEY_WRONG: {
    status: 401,
    en: 'The API key is missing or wrong. Send “Authorization: Bearer <key>” with a key made in Settings.',
    sw: 'Ufunguo wa API haupo au si sahihi. Tuma “Authorization: Bearer <key>” kwa ufunguo uliotengenezwa kwenye Mipangilio.',
  },
  API_KEY_SCOPE: {
    status: 403,
    en: 'This API key may not do that: it lacks the scope {scope}.',
    sw: 'Ufunguo huu wa API hauruhusiwi: hauna idhini ya {scope}.',
  },
  API_KEY_NOT_FOUND: { status: 404, en: 'This API key does not exist.', sw: 'Ufunguo huu wa API haupo.' },
  TAKEN_MEANWHILE: {
    status: 409,
    en: 'This is recorded already: perhaps somebody was faster, or its code belongs to something else. Look at the list, then try again.',
    sw: 'Hili limeshaandikwa: labda mtu amewahi, au namba yake ni ya kitu kingine. Angalia orodha, kisha ujaribu tena.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    en: 'This Idempotency-Key was already used with another body. Use a new key for a new request.',
    sw: 'Idempotency-Key hii imeshatumika na maudhui mengine. Tumia mpya kwa ombi jipya.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    en: 'The request is larger than {limit} bytes. Send less.',
    sw: 'Ombi ni kubwa kuliko baiti {limit}. Punguza.',
  },
  RATE_LIMITED: {
    status: 429,
    en: 'Too many requests. Wait {seconds} seconds.',
    sw: 'Maombi ni mengi mno. Subiri sekunde {seconds}.',
  },
  KEYCHAIN_UNREACHABLE: {
    status: 503,
    en: 'The keychain of this computer cannot be reached. Unlock it, then try again.',
    sw: 'Hifadhi ya siri ya kompyuta hii haipatikani. Ifungue, kisha ujaribu tena.',
  },
  PAIRING_NOT_OFFERED: {
    status: 409,
    en: '{provider} is not linked by scanning a code.',
    sw: '{provider} haiunganishwi kwa kuskani msimbo.',
  },
  PRACTICE_ONLY: {
    status: 409,
    en: 'This exists in practice mode only.',
    sw: 'Hii ipo katika hali ya mazoezi tu.',
  },
  DATABASE_NEWER: {
    status: 503,
    en: 'This shop’s data ({found}) was written by a newer Kaunta than this one ({known}). Update Kaunta. Nothing was changed.',
    sw: 'Data ya duka hili ({found}) iliandikwa na Kaunta mpya kuliko hii ({known}). Sasisha Kaunta. Hakuna kilichobadilishwa.',
  },
  DATABASE_CHANGED: {
    status: 503,
    en: 'The stored history of this shop’s data does not fit this program (step {version}). Nothing was changed. Ask for help.',
    sw: 'Historia ya data ya duka hili hailingani na programu hii (hatua {version}). Hakuna kilichobadilishwa. Omba msaada.',
  },
  DATABASE_DAMAGED: {
    status: 503,
    en: 'The data file {file} is damaged. It was left as it is. Newest good copy: {snapshot}. Start with --restore to use it.',
    sw: 'Faili la data {file} limeharibika. Limeachwa lilivyo. Nakala nzuri ya karibuni: {snapshot}. Anza na --restore kuitumia.',
  },
  DATA_FOLDER_UNUSABLE: {
    status: 503,
    en: 'Kaunta cannot write in the folder {folder} ({detail}). Give it permission, or choose another with --data.',
    sw: 'Kaunta haiwezi kuandika kwenye folda {folder} ({detail}). Ipe ruhusa, au chagua nyingine kwa --data.',
  },
  DATA_FOLDER_IN_USE: {
    status: 503,
    en: 'Another Kaunta is already using the folder {folder}. Close it first.',
    sw: 'Kaunta nyingine tayari inatumia folda {folder}. Ifunge kwanza.',
  },
  DISK_FULL: {
    status: 507,
    en: 'This computer’s disk is full, so nothing new can be kept. Delete what is not needed; Kaunta goes on by itself.',
    sw: 'Diski ya kompyuta hii imejaa, hivyo hakuna kipya kinachoweza kuhifadhiwa. Futa visivyohitajika; Kaunta itaendelea yenyewe.',
  },
  DATABASE_BUSY: {
    status: 503,
    en: 'Another program (a backup, a viewer) is holding Kaunta’s data file. Close it, then try again in a moment.',
    sw: 'Programu nyingine (ya nakala au ya kutazama) imeshikilia faili la data la Kaunta. Ifunge, kisha ujaribu tena baada ya muda mfupi.',
  },
  DISK_FAULT: {
    status: 503,
    en: 'This computer’s disk refused to write, so nothing was kept. Try again; if it stays, have the disk checked.',
    sw: 'Diski ya kompyuta hii imekataa kuandika, hivyo hakuna kilichohifadhiwa. Jaribu tena; ikiendelea, diski ikaguliwe.',
  },
  PORT_IN_USE: {
    status: 503,
    en: 'Port {port} is taken by another program. Choose another with --port, or --port 0 for any free one.',
    sw: 'Lango {port} linatumiwa na programu nyingine. Chagua jingine kwa --port, au --port 0 kwa lolote lililo wazi.',
  },
  INTERNAL: {
    status: 500,
    en: 'Something went wrong inside Kaunta. Nothing was lost; the log has the details (mark {mark}).',
    sw: 'Kuna hitilafu ndani ya Kaunta. Hakuna kilichopotea; kumbukumbu ina maelezo (alama {mark}).',
  },
  ...doorProblems,
  ...staffAndMoneyProblems,
} as const satisfies Record<string, Problem>

export type ProblemCode = keyof typeof problems

/** Values for the `{name}` marks of a sentence, and the input field it concerns. */
export interface ProblemValues {
  readonly field?: string
  readonly [name: string]: string | number | undefined
}

/** Fills `{name}` marks; a mark without a value stays visible so that the gap is noticed. */
export function fill(sentence: string, values: ProblemValues): string {
  return sentence.replace(/\{(\w+)\}/g, (mark, name: string) => String(values[name] ?? mark))
}
