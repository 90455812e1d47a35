import type { Problem } from './problem.ts'

/** The part of the catalogue that speaks of keys, addresses and what a door lets in. */
export const doorProblems = {
  KEY_CROWDED: {
    status: 429,
    en: 'This API key has {limit} requests or streams open. Close those that are not needed.',
    sw: 'Ufunguo huu wa API una maombi au mitiririko {limit} iliyo wazi. Funga isiyohitajika.',
  },
} as const satisfies Record<string, Problem>
