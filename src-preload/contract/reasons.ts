import type { Sentence } from './paging.ts'

/**
 * Why something sent to the outside world did not succeed (or is not known to): what happened, then what to do.
 * Every failure that a screen, a paper or an integrator sees carries one of these codes.
 */
export const reasons = {
  offline: {
    en: 'No connection. It goes out by itself when the internet is back.',
    sw: 'Hakuna intaneti. Itatumwa yenyewe intaneti ikirudi.',
  },
  noLine: {
    en: 'No connection, and a payment request cannot wait. Take cash, or ask again when the internet is back.',
    sw: 'Hakuna intaneti, na ombi la malipo haliwezi kusubiri. Pokea taslimu, au omba tena intaneti ikirudi.',
  },
  notWritten: {
    en: 'This computer could not write to its disk, so nothing went out. Make room on it; Kaunta tries again.',
    sw: 'Kompyuta hii haikuweza kuandika kwenye diski yake, hivyo hakuna kilichotumwa. Ongeza nafasi; Kaunta itajaribu tena.',
  },
  throttled: {
    en: 'The provider asks to slow down. Kaunta waits and tries again.',
    sw: 'Mtoa huduma ameomba kupunguza kasi. Kaunta inasubiri na kujaribu tena.',
  },
  temporary: {
    en: 'The provider is busy. Kaunta tries again.',
    sw: 'Mtoa huduma ana shughuli nyingi. Kaunta inajaribu tena.',
  },
  unknownOutcome: {
    en: 'It may have gone out. Kaunta is finding out; do not send it again.',
    sw: 'Huenda imetoka. Kaunta inaangalia; usitume tena.',
  },
  needsDecision: {
    en: 'The provider cannot say what became of it. Ask the customer, then decide here.',
    sw: 'Mtoa huduma hawezi kusema kilichotokea. Muulize mteja, kisha uamue hapa.',
  },
  credentials: {
    en: 'The provider refused our key. Call the manager: Settings, then the account.',
    sw: 'Mtoa huduma amekataa ufunguo wetu. Mwite meneja: Mipangilio, kisha akaunti.',
  },
  balance: {
    en: 'The shop’s account has no money left. Top it up; it goes out by itself after that.',
    sw: 'Akaunti ya duka haina salio. Iongeze; itatumwa yenyewe baada ya hapo.',
  },
  recipient: {
    en: 'The number cannot receive this. Check it with the customer.',
    sw: 'Namba hii haiwezi kupokea. Ihakiki na mteja.',
  },
  rejected: {
    en: 'The provider refused it. Read the detail, correct it and try again.',
    sw: 'Mtoa huduma amekataa. Soma maelezo, rekebisha ujaribu tena.',
  },
  sender: {
    en: 'The sender name is not approved. Call the manager.',
    sw: 'Jina la mtumaji halijaidhinishwa. Mwite meneja.',
  },
  optedOut: {
    en: 'The customer asked for no messages. Print the receipt.',
    sw: 'Mteja ameomba asitumiwe ujumbe. Chapisha risiti.',
  },
  notOnWhatsApp: {
    en: 'This number has no WhatsApp. Send it by SMS.',
    sw: 'Namba hii haina WhatsApp. Tuma kwa SMS.',
  },
  notPaired: {
    en: 'WhatsApp is not linked. Press F9 to link it.',
    sw: 'WhatsApp haijaunganishwa. Bonyeza F9 kuunganisha.',
  },
  quota: {
    en: 'The provider’s allowance is used up. It waits until it is renewed.',
    sw: 'Kiwango cha mtoa huduma kimeisha. Itasubiri hadi kiongezwe.',
  },
  notDelivered: {
    en: 'The network could not deliver it. Check the number, or print the receipt.',
    sw: 'Mtandao umeshindwa kuifikisha. Hakiki namba, au chapisha risiti.',
  },
  deadlinePassed: {
    en: 'It waited too long and did not go out. Send it now if it is still wanted.',
    sw: 'Ilisubiri muda mrefu na haikutoka. Itume sasa kama bado inahitajika.',
  },
  cancelledHere: { en: 'Cancelled at the counter.', sw: 'Imeghairiwa kaunta.' },
  unreadable: {
    en: 'Kaunta could not read this item. Its text is kept; ask for help.',
    sw: 'Kaunta imeshindwa kusoma kitu hiki. Maandishi yake yamehifadhiwa; omba msaada.',
  },
  insufficientFunds: {
    en: 'The customer does not have enough balance. Take part in cash, or another way.',
    sw: 'Salio la mteja halitoshi. Pokea sehemu kwa taslimu, au njia nyingine.',
  },
  wrongPin: { en: 'The customer typed a wrong PIN. Ask again.', sw: 'Mteja amekosea PIN. Omba tena.' },
  customerCancelled: {
    en: 'The customer cancelled. Ask again if it was a mistake.',
    sw: 'Mteja ameghairi. Omba tena kama alikosea.',
  },
  noAnswer: {
    en: 'The phone did not answer. Is it on? Ask again.',
    sw: 'Simu haikujibu. Je, imewashwa? Omba tena.',
  },
  phoneBusy: {
    en: 'The phone is busy with another request. Wait a minute, then ask again.',
    sw: 'Simu ina ombi jingine. Subiri dakika moja, kisha omba tena.',
  },
  dailyLimit: {
    en: 'The customer reached the limit of the day. Take another way to pay.',
    sw: 'Mteja amefika kikomo cha siku. Tumia njia nyingine ya malipo.',
  },
  amountRefused: {
    en: 'The network does not take this amount. Change it or split it.',
    sw: 'Mtandao haupokei kiasi hiki. Kibadilishe au kigawanye.',
  },
  pinLocked: {
    en: 'The customer’s PIN is locked; the network’s help line opens it.',
    sw: 'PIN ya mteja imefungwa; mtandao wake unaweza kuifungua.',
  },
  tillFull: {
    en: 'The shop’s till account is full. Call the manager.',
    sw: 'Akaunti ya malipo ya duka imejaa. Mwite meneja.',
  },
  promptNotSent: {
    en: 'The request did not reach the phone. Ask again.',
    sw: 'Ombi halikufika kwenye simu. Omba tena.',
  },
  promptExpired: {
    en: 'The request ended without an answer. Ask again.',
    sw: 'Ombi limeisha bila jibu. Omba tena.',
  },
  amountMismatch: {
    en: 'The amount paid differs from the sale. Call the manager.',
    sw: 'Kiasi kilicholipwa hakilingani na mauzo. Mwite meneja.',
  },
  addressRefused: {
    en: 'The network refuses the address for its reports. Call the manager: Settings, the account, “Address for reports”: an https address of the shop’s own.',
    sw: 'Mtandao umekataa anwani ya taarifa zake. Mwite meneja: Mipangilio, akaunti, “Anwani ya taarifa”: anwani ya https ya duka lenyewe.',
  },
  contradiction: {
    en: 'The network said paid, and it said not paid. Look at the customer’s SMS or the network’s portal, then decide.',
    sw: 'Mtandao umesema imelipwa, na pia haijalipwa. Angalia SMS ya mteja au tovuti ya mtandao, kisha uamue.',
  },
  failureUnproved: {
    en: 'A report that nobody signed says that it failed. Look at the network’s portal before you pay again.',
    sw: 'Taarifa isiyo na sahihi inasema imeshindikana. Angalia tovuti ya mtandao kabla ya kulipa tena.',
  },
  replaced: {
    en: 'Never printed: another paper took its place.',
    sw: 'Haikuchapishwa: karatasi nyingine imechukua nafasi yake.',
  },
  personDecided: { en: 'Decided at the counter, with a note.', sw: 'Imeamuliwa kaunta, pamoja na maelezo.' },
  noPaper: {
    en: 'The printer has no paper. Put in a roll; it goes on by itself.',
    sw: 'Karatasi ya printa imeisha. Weka nyingine; itaendelea yenyewe.',
  },
  coverOpen: {
    en: 'The printer’s cover is open. Close it; it goes on by itself.',
    sw: 'Kifuniko cha printa kiko wazi. Kifunge; itaendelea yenyewe.',
  },
  printerOffline: {
    en: 'The printer does not answer. Check that it is on and connected.',
    sw: 'Printa haijibu. Angalia kama imewashwa na imeunganishwa.',
  },
  cutterError: {
    en: 'The printer’s knife is stuck. Switch it off, clear the paper, switch it on; it goes on by itself.',
    sw: 'Kisu cha printa kimekwama. Izime, ondoa karatasi, iwashe; itaendelea yenyewe.',
  },
  printerHot: {
    en: 'The print head is too hot. It goes on by itself when it has cooled.',
    sw: 'Kichwa cha printa kina joto sana. Itaendelea yenyewe kikipoa.',
  },
  printerFault: {
    en: 'The printer reports a fault. Switch it off and on; if it stays, call the manager.',
    sw: 'Printa ina hitilafu. Izime na uiwashe; ikiendelea, mwite meneja.',
  },
  printerForbidden: {
    en: 'This computer does not let Kaunta use the printer’s port. Call the manager: README, Printers.',
    sw: 'Kompyuta hairuhusu Kaunta kutumia mlango wa printa. Mwite meneja: README, Printers.',
  },
  notPrintable: {
    en: 'This printer cannot print what is on this paper. Read the detail.',
    sw: 'Printa hii haiwezi kuchapisha kilicho kwenye karatasi hii. Soma maelezo.',
  },
  paperUnsure: {
    en: 'Did the paper come out? Look, then answer here.',
    sw: 'Je, karatasi imetoka? Angalia, kisha ujibu hapa.',
  },
  drawerUnsure: {
    en: 'The drawer was told to open. This printer cannot say whether it did; look at it.',
    sw: 'Droo imeamriwa kufunguka. Printa hii haiwezi kusema kama imefunguka; iangalie.',
  },
  neverArrived: {
    en: 'The request never arrived at the network. Ask again.',
    sw: 'Ombi halikufika kwenye mtandao. Omba tena.',
  },
  codeUnproved: {
    en: 'The code is not proved yet; Kaunta checks again when the network can answer.',
    sw: 'Namba ya muamala bado haijathibitishwa; Kaunta itaangalia tena mtandao utakapoweza kujibu.',
  },
  codeNotFound: {
    en: 'The network does not know this code. Compare it with the customer’s SMS.',
    sw: 'Mtandao hauijui namba hii. Ilinganishe na SMS ya mteja.',
  },
  codeNotCompleted: {
    en: 'The payment behind this code did not go through.',
    sw: 'Malipo ya namba hii hayakukamilika.',
  },
  codeAmountUnsaid: {
    en: 'The network knows this code but does not tell the amount. Look at the customer’s SMS, then decide.',
    sw: 'Mtandao unaijua namba hii lakini hausemi kiasi. Angalia SMS ya mteja, kisha uamue.',
  },
  codeOld: {
    en: 'The payment behind this code is older than the sale.',
    sw: 'Malipo ya namba hii ni ya kabla ya mauzo haya.',
  },
  reportOnly: {
    en: 'Kaunta cannot check this with the network. Its report or statement ends it, or a person.',
    sw: 'Kaunta haiwezi kuangalia hili kwa mtandao. Taarifa yake, orodha yake ya miamala, au mtu ndiye anayelimaliza.',
  },
} as const satisfies Record<string, Sentence>

export type ReasonCode = keyof typeof reasons

const codes = new Set<string>(Object.keys(reasons))

/** True for a code of the catalogue; anything else read from a file is treated as `rejected`. */
export function isReasonCode(value: unknown): value is ReasonCode {
  return typeof value === 'string' && codes.has(value)
}
