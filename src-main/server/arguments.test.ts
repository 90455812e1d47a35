import { expect, it } from 'vitest'
import { KauntaError } from '../problem.ts'
import { readArguments } from './arguments.ts'

/** What a person reads who started Kaunta like this, in both languages. */
function refusalOf(...given: string[]): { readonly en: string; readonly sw: string } {
  try {
    readArguments(given, {})
  } catch (error) {
    if (error instanceof KauntaError) return error.sentence()
  }
  throw new Error('it was taken')
}

it.each([
  [['--colour', 'red'], '--colour', 'Kaunta knows nothing called --colour', 'Kaunta haijui --colour'],
  [['start'], 'start', 'Kaunta knows nothing called start', 'Kaunta haijui start'],
  [['--port'], '--port', 'it is missing', 'haipo'],
  [['--practice=yes'], '--practice', 'it stands alone', 'huandikwa peke yake'],
  [['--port', 'x'], '--port', 'it must be a number', 'iwe namba'],
  [['--port', '70000'], '--port', 'it must be 65535 or less', 'iwe 65535 au pungufu'],
  [['--port', '1.5'], '--port', 'it must be a whole number', 'iwe namba kamili'],
  [['--practice', '--time-scale', '-'], '--time-scale', 'it must be a number', 'iwe namba'],
])('refuses %j in the words of each language, naming the argument', (given, name, en, sw) => {
  const refused = refusalOf(...given)
  expect(refused.en).toContain(name)
  expect(refused.en).toContain(en)
  expect(refused.sw).toContain(name)
  expect(refused.sw).toContain(sw)
  expect(refused.sw).not.toMatch(/unknown|option|argument|positional/i)
})
