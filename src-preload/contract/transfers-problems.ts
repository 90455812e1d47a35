import type { Problems } from './problem.ts'

/** What money that goes back or out refuses. */
export const transferProblems = {
  TRANSFER_NOT_FOUND: {
    status: 404,
    en: 'This transfer does not exist.',
    sw: 'Uhamisho huu haupo.',
  },
  TRANSFER_SETTLED: {
    status: 409,
    en: 'This is settled already: {state}.',
    sw: 'Hili limeshaamuliwa: {state}.',
  },
  REVERSE_UNABLE: {
    status: 409,
    en: '{provider} cannot give money back from here. Pay the customer in cash, or by the network’s portal.',
    sw: '{provider} haiwezi kurudisha fedha kutoka hapa. Mlipe mteja taslimu, au kwa tovuti ya mtandao.',
  },
  REVERSE_NEEDS_CODE: {
    status: 409,
    en: '{provider} needs the receipt code to give money back, and it is not known yet. Type the code first (F7).',
    sw: '{provider} inahitaji namba ya muamala ili kurudisha fedha, na bado haijulikani. Iandike kwanza (F7).',
  },
  REVERSE_WHOLE_ONLY: {
    status: 422,
    en: '{provider} gives back the whole payment only, {amount}.',
    sw: '{provider} hurudisha malipo yote tu, {amount}.',
  },
  REVERSE_NOT_PAID: {
    status: 409,
    en: 'Only a paid payment can be given back; this one is {state}.',
    sw: 'Malipo yaliyolipwa tu ndiyo hurudishwa; haya ni {state}.',
  },
  REVERSE_ALIVE: {
    status: 409,
    en: 'This payment is being given back already. Wait for the end of that.',
    sw: 'Malipo haya tayari yanarudishwa. Subiri mwisho wake.',
  },
  REVERSE_TOO_MUCH: {
    status: 422,
    en: 'Only {amount} of this payment is left to give back.',
    sw: 'Imebaki {amount} tu ya malipo haya ya kurudisha.',
  },
  PAYOUT_SOON: {
    status: 409,
    en: '{amount} went to {phone} a moment ago, or may still be on its way. Look at the list first. Tick “a second time” only if you mean it.',
    sw: '{amount} imetumwa kwa {phone} muda mfupi uliopita, au huenda bado iko njiani. Angalia orodha kwanza. Weka alama ya “mara ya pili” ukikusudia tu.',
  },
  TRANSFER_ID_USED: {
    status: 409,
    en: 'This was sent already, with other values. Look at the list, then begin anew.',
    sw: 'Hili limeshatumwa, kwa maelezo mengine. Angalia orodha, kisha uanze upya.',
  },
  PAYOUT_UNABLE: {
    status: 409,
    en: '{provider} cannot pay to a phone from here, or its payout settings are missing.',
    sw: '{provider} haiwezi kulipa kwa simu kutoka hapa, au mipangilio yake ya kulipa haijakamilika.',
  },
  BALANCE_UNABLE: {
    status: 409,
    en: '{provider} does not tell its balance, or its settings for that are missing.',
    sw: '{provider} haisemi salio lake, au mipangilio yake haijakamilika.',
  },
} as const satisfies Problems
