import type { Sentence } from '../../src-preload/contract/paging.ts'

/** What the shell itself says: tray, menu, notices, questions. */
export const shellWords = {
  show: { en: 'Show Kaunta', sw: 'Onyesha Kaunta' },
  quit: { en: 'Quit Kaunta', sw: 'Funga Kaunta' },
  edit: { en: 'Edit', sw: 'Hariri' },
  window: { en: 'Window', sw: 'Dirisha' },
  stillRunning: {
    en: 'Kaunta keeps sending in the background. Quit it from its icon in the tray.',
    sw: 'Kaunta inaendelea kutuma. Ifunge kabisa kwa kubonyeza alama yake pembeni ya skrini.',
  },
  unlockFirst: {
    en: 'The counter is locked. Type your PIN first.',
    sw: 'Kaunta imefungwa kwa PIN. Andika PIN yako kwanza.',
  },
  cannotStart: { en: 'Kaunta cannot start', sw: 'Kaunta haiwezi kuanza' },
  stopped: { en: 'Kaunta had to stop', sw: 'Kaunta imelazimika kusimama' },
  startAgain: {
    en: 'Start it again: nothing that was accepted is lost. The log has the details.',
    sw: 'Iwashe tena: hakuna kilichokubaliwa kilichopotea. Kumbukumbu ina maelezo.',
  },
  useCopy: { en: 'Use the newest good copy', sw: 'Tumia nakala nzuri ya karibuni' },
  cancel: { en: 'Cancel', sw: 'Ghairi' },
  goLive: { en: 'Work live…', sw: 'Fanya kazi halisi…' },
  goPractice: { en: 'Practise…', sw: 'Fanya mazoezi…' },
  goLiveDetail: {
    en: 'Kaunta closes and opens again with your shop’s own accounts. Messages and money are real. What you practised stays apart.',
    sw: 'Kaunta itajifunga na kufunguka tena ikiwa na akaunti za duka lako. Jumbe na pesa ni za kweli. Uliyofanyia mazoezi yanabaki kando.',
  },
  goPracticeDetail: {
    en: 'Kaunta closes and opens again in a practice world: nothing is sent, no money moves. What waits to be sent in your shop waits until you work live again.',
    sw: 'Kaunta itajifunga na kufunguka tena kwenye mazoezi: hakuna kinachotumwa, hakuna pesa inayohama. Yanayosubiri kutumwa dukani kwako yatasubiri hadi urudi kwenye kazi halisi.',
  },
  restart: { en: 'Close and open again', sw: 'Funga na ufungue tena' },
} as const satisfies Record<string, Sentence>

/** The language of the machine. */
export function machineLanguage(preferred: readonly string[]): keyof Sentence {
  const known = preferred.map((tag) => tag.toLowerCase().split('-')[0])
  return known.find((tag) => tag === 'sw' || tag === 'en') === 'sw' ? 'sw' : 'en'
}
