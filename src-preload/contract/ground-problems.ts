import type { Problems } from './problem.ts'

/** What the doors, the file and the disk refuse, whatever is asked. */
export const groundProblems = {
  INPUT_INVALID: {
    status: 422,
    en: 'The field {field} is not right: {detail}. Correct it and try again.',
    sw: 'Sehemu ya {field} si sahihi: {detail}. Irekebishe kisha ujaribu tena.',
  },
  ROW_DAMAGED: {
    status: 500,
    en: 'This entry is damaged in the data file and cannot be shown. It is kept. Ask for help with the mark {mark}.',
    sw: 'Kumbukumbu hii imeharibika kwenye faili la data na haiwezi kuonyeshwa. Imehifadhiwa. Omba msaada kwa alama {mark}.',
  },
  TAKEN_MEANWHILE: {
    status: 409,
    en: 'This is recorded already: perhaps somebody was faster, or its code belongs to something else. Look at the list, then try again.',
    sw: 'Hili limeshaandikwa: labda mtu amewahi, au namba yake ni ya kitu kingine. Angalia orodha, kisha ujaribu tena.',
  },
  OFFLINE: {
    status: 503,
    en: 'There is no connection, and a payment request cannot wait. Take cash, or try again when the internet is back.',
    sw: 'Hakuna intaneti, na ombi la malipo haliwezi kusubiri. Pokea taslimu, au jaribu tena intaneti ikirudi.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    en: 'The request is larger than {limit} bytes. Send less.',
    sw: 'Ombi ni kubwa kuliko baiti {limit}. Punguza.',
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
  RATE_LIMITED: {
    status: 429,
    en: 'Too many requests. Wait {seconds} seconds.',
    sw: 'Maombi ni mengi mno. Subiri sekunde {seconds}.',
  },
  KEY_CROWDED: {
    status: 429,
    en: 'This API key has {limit} requests or streams open. Close those that are not needed.',
    sw: 'Ufunguo huu wa API una maombi au mitiririko {limit} iliyo wazi. Funga isiyohitajika.',
  },
  KEYCHAIN_UNREACHABLE: {
    status: 503,
    en: 'The keychain of this computer cannot be reached. Unlock it, then try again.',
    sw: 'Hifadhi ya siri ya kompyuta hii haipatikani. Ifungue, kisha ujaribu tena.',
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
} as const satisfies Problems
