import type { Problem } from './problem.ts'

/** The part of the catalogue that speaks of keys, addresses and what a door lets in. */
export const doorProblems = {
  EVENTS_GONE: {
    status: 410,
    en: 'These events are no longer there, or the data was put back from a copy. Read what you need anew, then go on from {oldest}.',
    sw: 'Matukio haya hayapo tena, au data imerudishwa kutoka nakala. Soma upya unachohitaji, kisha endelea kuanzia {oldest}.',
  },
  KEY_CROWDED: {
    status: 429,
    en: 'This API key has {limit} requests or streams open. Close those that are not needed.',
    sw: 'Ufunguo huu wa API una maombi au mitiririko {limit} iliyo wazi. Funga isiyohitajika.',
  },
  IDEMPOTENCY_KEY_MISSING: {
    status: 400,
    en: 'The header Idempotency-Key is missing. Send one of your own for every new request, and the same one to repeat it.',
    sw: 'Kichwa cha Idempotency-Key hakipo. Tuma chako kipya kwa kila ombi jipya, na kile kile ukirudia ombi.',
  },
  BODY_UNREADABLE: {
    status: 400,
    en: 'The body cannot be read as JSON. Send one whole JSON object, in UTF-8.',
    sw: 'Maandishi yaliyotumwa hayasomeki kama JSON. Tuma JSON moja kamili, kwa UTF-8.',
  },
  ADDRESS_UNKNOWN: {
    status: 404,
    en: 'There is nothing at this address. The document at /api/v1/openapi.json lists what there is.',
    sw: 'Hakuna kitu kwenye anwani hii. Orodha ya zilizopo iko kwenye /api/v1/openapi.json.',
  },
  ACCOUNT_ADDRESS_REFUSED: {
    status: 422,
    en: 'Secrets are not sent to this address. It must begin with https:// and name a machine on the internet, without a name or password in it; in practice it is this machine.',
    sw: 'Siri hazitumwi kwa anwani hii. Ianze na https:// na itaje kompyuta iliyo kwenye intaneti, bila jina wala nenosiri ndani yake; kwenye mazoezi ni kompyuta hii.',
  },
  ACCOUNT_SECRETS_AGAIN: {
    status: 422,
    en: 'The address has changed. Type the secrets again: those that are kept are not sent to a new address.',
    sw: 'Anwani imebadilika. Andika siri upya: zilizohifadhiwa hazitumwi kwa anwani mpya.',
  },
} as const satisfies Record<string, Problem>
