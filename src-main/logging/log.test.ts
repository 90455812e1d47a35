import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog, type LogOptions } from './log.ts'
import { maskPhone, maskText, maskValue, removed } from './masks.ts'

const clock = { now: () => Date.UTC(2026, 0, 31, 20, 59, 59, 7) }
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaunta-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = (options: Partial<LogOptions> = {}) => createLog({ folder, level: 'info', clock, ...options })
const raw = () =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('')
const lines = () =>
  raw()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('the log file', () => {
  it('holds one JSON line for each event, in UTC, once it is closed', async () => {
    const log = open()
    log.info('prompt raised', { amount: 1500, attempt: 1 })
    log.warn('provider slow')
    log.error('print failed', { error: new Error('no paper', { cause: 'cover open' }) })
    await log.close()
    expect(lines()).toMatchObject([
      {
        level: 'info',
        time: '2026-01-31T20:59:59.007Z',
        event: 'prompt raised',
        fields: { amount: 1500, attempt: 1 },
      },
      { level: 'warn', event: 'provider slow' },
      { level: 'error', fields: { error: { name: 'Error', message: 'no paper', cause: 'cover open' } } },
    ])
  })

  it('takes the time from the machine when no clock is given', async () => {
    const log = createLog({ folder, level: 'info' })
    const before = Date.now()
    log.info('started')
    await log.close()
    expect(Date.parse(lines()[0].time)).toBeGreaterThanOrEqual(before - 1)
    expect(lines()[0].time).toMatch(/Z$/)
  })

  it('drops lines below its level, and lines after it was closed, without an error', async () => {
    const log = open({ level: 'warn' })
    log.info('dropped')
    log.warn('kept')
    await log.close()
    log.error('too late')
    await log.close()
    expect(lines().map((line) => line.event)).toEqual(['kept'])
  })

  it('cannot be given a second line by what it is told', async () => {
    const log = open()
    const forged = 'ok\r\n{"level":"info","event":"paid"}\u2028\u0085\u001b[2J'
    log.info(forged, { [forged]: forged })
    await log.close()
    expect(
      raw()
        .split(/\r\n|[\n\r\u2028\u0085]/)
        .filter(Boolean),
    ).toHaveLength(1)
    expect(
      raw()
        .trimEnd()
        .split('')
        .filter((mark) => mark < ' '),
    ).toEqual([])
  })

  it('appends after a restart and can be read only by its owner', async () => {
    for (const event of ['first run', 'second run']) {
      const log = open()
      log.info(event)
      await log.close()
    }
    expect(lines().map((line) => line.event)).toEqual(['first run', 'second run'])
    expect(statSync(join(folder, 'kaunta.log')).mode & 0o077).toBe(0)
  })

  it('is kept in at most seven files, the newest lines in kaunta.log, none lost between', async () => {
    const log = open({ fileBytes: 2_000 })
    for (let number = 0; number < 400; number++) log.info('line', { number })
    await log.close()
    const names = readdirSync(folder).filter((name) => name.endsWith('.log'))
    expect(names.toSorted()).toEqual([
      'kaunta.1.log',
      'kaunta.2.log',
      'kaunta.3.log',
      'kaunta.4.log',
      'kaunta.5.log',
      'kaunta.6.log',
      'kaunta.log',
    ])
    const numbers = ['.6', '.5', '.4', '.3', '.2', '.1', ''].flatMap((mark) =>
      readFileSync(join(folder, `kaunta${mark}.log`), 'utf8')
        .trimEnd()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line).fields.number),
    )
    expect(numbers.at(-1)).toBe(399)
    expect(numbers).toEqual(numbers.map((_, index) => 400 - numbers.length + index))
  })

  it('that cannot be written is reported once and never throws', async () => {
    mkdirSync(join(folder, 'kaunta.log'))
    const failures: string[] = []
    const log = open({ onFailure: (detail) => failures.push(detail) })
    for (const event of ['one', 'two', 'three']) log.info(event)
    await log.close()
    log.info('four')
    expect(failures).toEqual([expect.stringMatching(/not a file/)])
  })

  it('refuses a folder that cannot be made', () => {
    writeFileSync(join(folder, 'taken'), '')
    expect(() => open({ folder: join(folder, 'taken') })).toThrow('EEXIST')
  })
})

const secret = 'siri-ya-duka'
const numbers = [
  '+255712345678',
  '255712345678',
  '0712345678',
  '0712 345 678',
  '+254 712 345 678',
  '254-112-345-678',
]

describe('masks', () => {
  it.each([
    ['+255712345678', '+2557xxxxx678'],
    ['254112345678', '2541xxxxx678'],
    ['0712 345 678', '07xxxxx678'],
  ])('%s becomes %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked)
  })

  it.each(numbers)('finds %s wherever it stands', async (number) => {
    const log = open()
    log.info(`sent to ${number}.`, {
      [number]: number,
      chatId: `${number.replace(/\D/g, '')}@c.us`,
      deep: [{ to: [number], error: new Error(`refused ${number}`, { cause: new Error(number) }) }],
      asMap: new Map([['to', number]]),
      asNumber: 254712345678,
    })
    await log.close()
    expect(raw().replace(/[ -]/g, '')).not.toContain(number.replace(/\D/g, '').slice(-9))
    expect(raw()).not.toContain('712345678')
    expect(raw()).toContain('678')
  })

  it.each([
    'secret',
    'consumerSecret',
    'consumer_secret',
    'token',
    'apiTokenInstance',
    'access_token',
    'password',
    'Password',
    'apiKey',
    'X-Api-Key',
    'Authorization',
    'passkey',
    'SecurityCredential',
    'Set-Cookie',
    'pin',
    'body',
    'text',
  ])('removes the field %s', async (name) => {
    const log = open()
    log.error('call refused', {
      [name]: secret,
      headers: { [name]: [secret] },
      list: [{ [name]: { a: secret } }],
    })
    await log.close()
    expect(raw()).not.toContain(secret)
    expect(raw()).toContain(removed)
  })

  it.each([
    'Authorization: Bearer siri-ya-duka',
    'Basic c2lyaS15YS1kdWth',
    'https://provider.invalid/send?apiKey=siri-ya-duka&to=1',
    'body {"password": "siri-ya-duka"}',
    'token=siri-ya-duka',
    '/waInstance1101/sendMessage/d75b3a66374942c5b3c019c698abc2067e151558acbd412345',
  ])('removes the secret inside the text %s', (text) => {
    const masked = maskText(text)
    expect(masked).toContain(removed)
    expect(masked).not.toMatch(/siri-ya-duka|c2lyaS15YS1kdWth|d75b3a66/)
  })

  it('leaves what helps: ids, times, amounts, receipt numbers, ordinary words', () => {
    const plain = {
      id: '01977c2e-8f2a-7cc1-9d6e-3f0e5f1b2a3c',
      at: 1767225600000,
      amount: 150_000,
      receipt: 'A-000123',
      words: 'the printer at 192.168.1.50:9100 does not answer',
      code: 'SFK1AB2CD3',
      none: null,
      yes: true,
    }
    expect(maskValue(plain)).toEqual(plain)
  })

  it('bears any value at all, cycles and great depth included', () => {
    const cycle: Record<string, unknown> = { name: 'loop' }
    cycle.self = cycle
    expect(JSON.stringify(maskValue(cycle))).toContain('[deeper]')
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }),
        (value) => {
          expect(() => JSON.stringify(maskValue(value))).not.toThrow()
        },
      ),
    )
  })

  it('no number of Tanzania or Kenya gets through, however it is wrapped', () => {
    const number = fc
      .tuple(
        fc.constantFrom('+255', '+254', '255', '254', '0'),
        fc.constantFrom('7', '6', '1'),
        fc.nat(99_999_999),
      )
      .map(([prefix, first, rest]) => prefix + first + String(rest).padStart(8, '0'))
    const around = fc.constantFrom('', ' ', '"', ',', '@', '/', '=', '\n', ':')
    fc.assert(
      fc.property(number, around, around, (phone, before, after) => {
        expect(maskText(before + phone + after)).not.toContain(phone.slice(-9))
      }),
    )
  })
})

it.each([
  ['call 0712.345.678 now', '345'],
  ['call (0712) 345678 now', '3456'],
  ['to=%2B254712345678', '71234'],
  ['00254 712 345 678', '712'],
])('hides the number in %j however it is written', (text, inner) => {
  expect(maskText(text)).not.toContain(inner)
  expect(maskText(text)).toContain('678')
})
