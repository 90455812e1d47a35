import type { Problem } from './problem.ts'

/** The part of the catalogue that speaks of PINs, codes, money that goes back, comparing and counting. */
export const staffAndMoneyProblems = {
  NOT_SIGNED_IN: {
    status: 401,
    en: 'Nobody is at the counter. Press F10 and type a PIN.',
    sw: 'Hakuna mtu kaunta. Bonyeza F10 kisha uandike PIN.',
  },
  MANAGER_ONLY: {
    status: 403,
    en: 'Only a manager may do this. Call the manager, or press F10.',
    sw: 'Ni meneja tu anayeweza kufanya hili. Mwite meneja, au bonyeza F10.',
  },
  MANAGER_PIN_MISSING: {
    status: 403,
    en: 'This needs a manager’s PIN. Type it.',
    sw: 'Hili linahitaji PIN ya meneja. Iandike.',
  },
  PIN_WRONG: {
    status: 403,
    en: 'This PIN is not right. {left} more tries, then it waits.',
    sw: 'PIN hii si sahihi. Yamebaki majaribio {left}, kisha itasubiri.',
  },
  PIN_LOCKED: {
    status: 429,
    en: 'Too many wrong PINs. Try again in {seconds} seconds.',
    sw: 'PIN zimekosewa mara nyingi. Jaribu tena baada ya sekunde {seconds}.',
  },
  PIN_WEAK: {
    status: 422,
    en: 'This PIN is too easy to guess. Choose others: no years, no rows, no repeats.',
    sw: 'PIN hii ni rahisi kukisia. Chagua nyingine: si mwaka, si mfululizo, si zinazojirudia.',
  },
  PIN_TAKEN: {
    status: 409,
    en: 'Choose another PIN: each person needs a PIN of their own.',
    sw: 'Chagua PIN nyingine: kila mtu awe na PIN yake.',
  },
  PIN_NOT_SET: {
    status: 409,
    en: 'No manager has a PIN yet. Choose one first: Settings, Staff.',
    sw: 'Hakuna meneja mwenye PIN bado. Chagua moja kwanza: Mipangilio, Wahudumu.',
  },
  STAFF_NOT_FOUND: {
    status: 404,
    en: 'This person is not known here.',
    sw: 'Mtu huyu hajulikani hapa.',
  },
  LAST_MANAGER: {
    status: 409,
    en: 'One manager with a PIN must stay. Make another manager first.',
    sw: 'Lazima abaki meneja mmoja mwenye PIN. Ongeza meneja mwingine kwanza.',
  },
  AMOUNT_BELOW_LIMIT: {
    status: 422,
    en: '{amount} is below what {provider} takes, {limit}. Take it in cash.',
    sw: '{amount} ni chini ya kiwango cha {provider}, {limit}. Ipokee kwa taslimu.',
  },
  DISCOUNT_TOO_LARGE: {
    status: 403,
    en: 'A cashier may let off at most {limit} % of a sale. Call a manager to the counter (F10), or lower the discount.',
    sw: 'Keshia anaweza kupunguza hadi {limit} % ya mauzo tu. Mwite meneja kaunta (F10), au punguza punguzo.',
  },
  PROMPTS_TOO_MANY: {
    status: 429,
    en: '{phone} was asked {count} times within a minute. Wait a minute, or call a manager to the counter (F10).',
    sw: '{phone} imeombwa mara {count} ndani ya dakika moja. Subiri dakika moja, au mwite meneja kaunta (F10).',
  },
  SAME_PROMPT_SOON: {
    status: 409,
    en: '{phone} was asked for {amount} less than two minutes ago, and that request is still open. Wait for its end.',
    sw: '{phone} iliombwa {amount} chini ya dakika mbili zilizopita, na ombi hilo bado liko wazi. Subiri liishe.',
  },
  CODE_SHAPE: {
    status: 422,
    en: '“{code}” is not a receipt code of {provider}. Type it as it stands in the SMS.',
    sw: '“{code}” si namba ya muamala ya {provider}. Iandike kama ilivyo kwenye SMS.',
  },
  CODE_AMOUNT: {
    status: 409,
    en: '{code} is a payment of {paid}, but {owed} is due. Call the manager.',
    sw: '{code} ni malipo ya {paid}, lakini deni ni {owed}. Mwite meneja.',
  },
  CODE_OLD: {
    status: 409,
    en: '{code} was paid on {day}, before this sale. Ask for the SMS of today, or call the manager.',
    sw: '{code} ililipwa {day}, kabla ya mauzo haya. Omba SMS ya leo, au mwite meneja.',
  },
  CODE_OTHER_PHONE: {
    status: 409,
    en: '{code} was paid from another phone than the one of this sale. Call the manager: with a PIN it is taken all the same.',
    sw: '{code} ililipwa kutoka simu nyingine, si ya mauzo haya. Mwite meneja: kwa PIN yake itapokelewa.',
  },
  CODE_NOT_FOUND: {
    status: 409,
    en: '{provider} does not know {code}. Compare it with the SMS, letter by letter.',
    sw: '{provider} haijui {code}. Ilinganishe na SMS, herufi kwa herufi.',
  },
  NOTICE_NOT_FOUND: {
    status: 404,
    en: 'This notice does not exist.',
    sw: 'Taarifa hii haipo.',
  },
  REPORT_NOT_FOUND: {
    status: 404,
    en: 'This report does not exist.',
    sw: 'Taarifa hii ya mtandao haipo.',
  },
  NOTICE_SETTLED: {
    status: 409,
    en: 'This money was given to a sale already, or set aside.',
    sw: 'Fedha hii imeshapewa mauzo, au imewekwa kando.',
  },
  NOTICE_AMOUNT: {
    status: 409,
    en: '{paid} does not fit: the sale still lacks {owed}. Call the manager.',
    sw: '{paid} hailingani: mauzo yamebakiza {owed}. Mwite meneja.',
  },
  NOTICES_UNABLE: {
    status: 409,
    en: '{provider} reports customers’ own payments by its portal, or not at all.',
    sw: '{provider} hutaarifu malipo ya wateja kupitia tovuti yake, au haitaarifu kabisa.',
  },
  PUBLIC_ADDRESS_MISSING: {
    status: 409,
    en: 'No public address is set, so nothing can be reported to this machine. Settings, Shop.',
    sw: 'Hakuna anwani ya umma, hivyo mashine hii haiwezi kupokea taarifa. Mipangilio, Duka.',
  },
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
  STATEMENT_UNREADABLE: {
    status: 422,
    en: '{file} could not be read as a statement of {provider}: {detail}. Export it as CSV from the network’s portal.',
    sw: '{file} haisomeki kama taarifa ya {provider}: {detail}. Ipakue kama CSV kutoka tovuti ya mtandao.',
  },
  STATEMENT_DOUBTFUL: {
    status: 422,
    en: '{file} can be read in two ways: “{sample}”. Say which is meant.',
    sw: '{file} inaweza kusomeka kwa njia mbili: “{sample}”. Sema ipi ni sahihi.',
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
  NETWORK_NOT_HERE: {
    status: 422,
    en: 'This shop takes no money by “{provider}”. Name one of these: {known}.',
    sw: 'Duka hili halipokei pesa kwa “{provider}”. Taja mojawapo ya hizi: {known}.',
  },
  NETWORK_DOUBTFUL: {
    status: 422,
    en: '{value} looks like a number of {network}, which this shop does not have. Name the network to ask by, with provider or accountId: {known}.',
    sw: '{value} inaonekana ni namba ya {network}, ambayo duka hili halina. Taja mtandao wa kuuliza, kwa provider au accountId: {known}.',
  },
  RANGE_WRONG: {
    status: 422,
    en: 'The first day must come before the last, and the stretch be at most 92 days.',
    sw: 'Siku ya kwanza iwe kabla ya ya mwisho, na kipindi kisizidi siku 92.',
  },
  RECONCILIATION_NOT_FOUND: {
    status: 404,
    en: 'This comparison does not exist.',
    sw: 'Ulinganisho huu haupo.',
  },
  RECONCILIATION_RUNNING: {
    status: 409,
    en: 'A comparison for this account is still running. Wait for its end.',
    sw: 'Ulinganisho wa akaunti hii bado unaendelea. Subiri umalizike.',
  },
  CASH_UP_NOT_FOUND: {
    status: 404,
    en: 'This cash-up does not exist.',
    sw: 'Hesabu hii ya kufunga haipo.',
  },
  TENDER_UNKNOWN: {
    status: 422,
    en: 'There is no way to pay called {tender} to count.',
    sw: 'Hakuna njia ya malipo iitwayo {tender} ya kuhesabu.',
  },
} as const satisfies Record<string, Problem>
