import type { Problems } from './problem.ts'

/** What a payment, a code or a customer’s own payment refuses. */
export const paymentProblems = {
  PHONE_NOT_SERVED: {
    status: 422,
    en: '{provider} cannot reach {value}. Choose another network, or another number.',
    sw: '{provider} haiwezi kufikia {value}. Chagua mtandao mwingine, au namba nyingine.',
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
  AMOUNT_BELOW_LIMIT: {
    status: 422,
    en: '{amount} is below what {provider} takes, {limit}. Take it in cash.',
    sw: '{amount} ni chini ya kiwango cha {provider}, {limit}. Ipokee kwa taslimu.',
  },
  CURRENCY_MISMATCH: {
    status: 422,
    en: 'The sale is in {currency}, but {provider} takes {accepted}. Choose another way to pay.',
    sw: 'Mauzo ni ya {currency}, lakini {provider} inapokea {accepted}. Chagua njia nyingine ya malipo.',
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
} as const satisfies Problems
