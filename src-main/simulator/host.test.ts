import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, expect, it } from 'vitest'
import { practiceSchema } from '../../src-preload/contract/practice.ts'
import { createHttpClient } from '../http/client.ts'
import { connectProvider } from '../providers/call.ts'
import { openShop } from '../providers/conformance/sockets.ts'
import { realClock, realRandom } from '../providers/conformance/stand.ts'
import { registry } from '../providers/registry.ts'
import { createSimulatorHost, type SimulatorHost, type SimulatorHostOptions } from './host.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function open(options: Partial<SimulatorHostOptions> = {}): Promise<SimulatorHost> {
  const host = await createSimulatorHost({ clock: realClock, random: realRandom, timeScale: 200, ...options })
  closers.push(() => host.close())
  return host
}

function connect(host: SimulatorHost, provider: string, timeoutMs = 2_000) {
  const http = createHttpClient()
  closers.push(() => http.close())
  const declaration = registry.find((entry) => entry.declaration.id === provider)?.declaration
  const account = host.accounts().find((known) => known.provider === provider)
  if (declaration === undefined || account === undefined) throw new Error(provider)
  return connectProvider(declaration, account, { http, clock: realClock, timeoutMs })
}

const sms = (body: string, to = '+255712345678') => ({ to, body, reference: 'r' })
const prompt = {
  reference: 'r',
  phone: '+254712345678',
  amountMinor: 250_00,
  currency: 'KES',
  account: 'R-7',
  description: 'Risiti',
  callbackUrl: 'https://kaunta.practice.example/hook/7',
} as const

function handset(host: SimulatorHost, phone: string) {
  const found = host.snapshot().phones.find((known) => known.phone === phone)
  if (found === undefined) throw new Error(`${phone} is not there`)
  return found
}

it('shows a world that the contract knows', async () => {
  const host = await open()
  const snapshot = host.snapshot()
  expect(practiceSchema.safeParse({ ...snapshot, paper: [], paperColumns: 42 }).success).toBe(true)
  expect(snapshot.phones.map((phone) => phone.phone)).toEqual(
    expect.arrayContaining(['+255712345678', '+254712345678']),
  )
  expect(snapshot.phones.filter((phone) => phone.whatsAppLinked)).toHaveLength(1)
  expect(handset(host, '+254712345678').balanceMinor).toBe(50_000_00)
  expect(snapshot.faults).toEqual({ line: 'on', providers: {}, callback: 'now', printer: 'ready' })
})

it('lets a person answer a prompt: seen on the handset, paid with the PIN, told by SMS', async () => {
  const host = await open({ timeScale: 20 })
  const { mobileMoney } = connect(host, 'mpesa-kenya')
  let changes = 0
  const stop = host.subscribe(() => {
    changes += 1
  })
  expect(await mobileMoney?.raisePrompt(prompt)).toMatchObject({ ok: true })
  await expect
    .poll(() => handset(host, prompt.phone).prompt)
    .toMatchObject({ amountMinor: 250_00, currency: 'KES' })
  expect(host.snapshot().shown).toBe(prompt.phone)
  const id = handset(host, prompt.phone).prompt?.id ?? ''
  expect(host.answerPrompt(prompt.phone, 'another', { kind: 'cancel' })).toBe(false)
  expect(host.answerPrompt(prompt.phone, id, { kind: 'pin', pin: '1234' })).toBe(true)
  expect(host.answerPrompt(prompt.phone, id, { kind: 'pin', pin: '1234' })).toBe(false)
  await expect.poll(() => handset(host, prompt.phone).balanceMinor).toBe(49_750_00)
  expect(handset(host, prompt.phone)).toMatchObject({
    prompt: null,
    items: [{ app: 'wallet', from: 'MPESA' }],
  })
  expect(host.ledger().map((entry) => entry.kind)).toEqual(['prompt', 'payment'])
  expect(changes).toBeGreaterThan(3)
  stop()
  const before = changes
  host.setBalance(prompt.phone, 7)
  expect(handset(host, prompt.phone).balanceMinor).toBe(7)
  expect(changes).toBe(before)
})

it('keeps the network waiting for a customer who looks away', async () => {
  const host = await open({ promptWaitMs: 2_000 })
  const { mobileMoney } = connect(host, 'mpesa-kenya')
  const raised = await mobileMoney?.raisePrompt(prompt)
  const provider = raised?.ok === true ? raised.value.providerReference : null
  await expect.poll(() => handset(host, prompt.phone).prompt).not.toBeNull()
  const id = handset(host, prompt.phone).prompt?.id ?? ''
  expect(host.answerPrompt(prompt.phone, id, { kind: 'ignore' })).toBe(true)
  expect(handset(host, prompt.phone).prompt).toBeNull()
  expect(await mobileMoney?.raisePrompt(prompt)).toMatchObject({ ok: false, error: { reason: 'phoneBusy' } })
  await expect
    .poll(async () => mobileMoney?.queryPrompt?.({ own: null, provider }))
    .toMatchObject({ value: { reason: 'noAnswer' } })
  expect(await mobileMoney?.raisePrompt(prompt)).toMatchObject({ ok: true })
})

it('pays by itself when told to, and answers its ledger over HTTP', async () => {
  const host = await open({ autoAnswer: 'pay' })
  await connect(host, 'mpesa-kenya').mobileMoney?.raisePrompt({ ...prompt, phone: '+254799000222' })
  await expect.poll(() => host.ledger().length).toBe(2)
  const reply = await fetch(`${host.url}/_practice/ledger`)
  expect(await reply.json()).toEqual(host.ledger())
  expect(host.ledger()[1]).toMatchObject({
    kind: 'payment',
    phone: '+254799000222',
    amountMinor: 250_00,
    text: 'R7',
  })
  expect(handset(host, '+254799000222').balanceMinor).toBe(49_750_00)
})

it('cuts the line for calls under way too, and joins it on the same port', async () => {
  const host = await open({ timeScale: 1 })
  const messages = connect(host, 'africas-talking', 10_000).sms
  await host.setFaults({ providers: { 'africas-talking': 'slow' } })
  const underWay = messages?.send(sms('Inakatika'))
  await new Promise((done) => setTimeout(done, 300))
  await host.setFaults({ line: 'off', providers: {} })
  expect(await underWay).toMatchObject({ ok: false, error: { kind: 'unknownOutcome' } })
  expect(await messages?.send(sms('Imekatika'))).toMatchObject({ ok: false, error: { kind: 'offline' } })
  await host.setFaults({ line: 'off' })
  await Promise.all([
    host.setFaults({ line: 'on' }),
    host.setFaults({ line: 'off' }),
    host.setFaults({ line: 'on' }),
  ])
  expect(await messages?.send(sms('Imerudi'))).toMatchObject({ ok: true })
  expect(host.ledger().map((entry) => entry.text)).toEqual(['Imerudi'])
})

it('counts a fault for the provider it is set for, and no other', async () => {
  const host = await open()
  await host.setFaults({ providers: { 'mpesa-kenya': 'serverError' } })
  expect(await connect(host, 'africas-talking').sms?.send(sms('Habari'))).toMatchObject({ ok: true })
  expect(await connect(host, 'mpesa-kenya').mobileMoney?.raisePrompt(prompt)).toMatchObject({ ok: false })
})

it('calls back to loopback only, through the address the shop was given, and not while the line is cut', async () => {
  // The last customer takes a tenth of a second to pay: time to cut the line before he has.
  const host = await open({ autoAnswer: 'pay', timeScale: 4 })
  const { mobileMoney } = connect(host, 'mpesa-kenya')
  const shop = await openShop()
  closers.push(() => shop.close())
  const pay = async (callbackUrl: string) => {
    const before = host.ledger().length
    await mobileMoney?.raisePrompt({ ...prompt, callbackUrl })
    await expect.poll(() => host.ledger().length).toBe(before + 2)
    await new Promise((done) => setTimeout(done, 100))
  }
  await pay('https://kaunta.practice.example/hook/unmapped')
  expect(shop.callbacks).toEqual([])
  host.mapAddress('https://kaunta.practice.example/', `${shop.url}/`)
  await pay('https://kaunta.practice.example.evil.test/hook/1')
  expect(shop.callbacks).toEqual([])
  await pay('https://kaunta.practice.example/hook/2')
  await expect.poll(() => shop.callbacks.map((call) => call.path)).toEqual(['/hook/2'])
  await mobileMoney?.raisePrompt({ ...prompt, callbackUrl: 'https://kaunta.practice.example/hook/3' })
  await host.setFaults({ line: 'off' })
  await expect.poll(() => host.ledger().length).toBe(8)
  await new Promise((done) => setTimeout(done, 100))
  expect(shop.callbacks).toHaveLength(1)
})

it('sends delivery reports where the shop said, and nowhere when it said nothing', async () => {
  const shop = await openShop()
  closers.push(() => shop.close())
  const host = await open({ publicAddresses: { 'https://kaunta.practice.example': shop.url } })
  const { sms: messages } = connect(host, 'africas-talking')
  await messages?.send(sms('Bila anwani'))
  await new Promise((done) => setTimeout(done, 100))
  expect(shop.callbacks).toEqual([])
  host.setReportUrl('africas-talking', 'https://kaunta.practice.example/reports/sms')
  await messages?.send(sms('Na anwani'))
  await expect.poll(() => shop.callbacks.map((call) => call.path)).toEqual(['/reports/sms', '/reports/sms'])
})

it('shows the phone that is chosen, or the one where something happens', async () => {
  const host = await open()
  host.showPhone('+255754001001')
  expect(host.snapshot().shown).toBe('+255754001001')
  await connect(host, 'africas-talking').sms?.send(sms('Habari', '+255788000333'))
  await expect.poll(() => host.snapshot().shown).toBe('+255788000333')
  expect(host.scanCode()).toBe(false)
})

it('refuses a port that is taken, and what is not of a provider', async () => {
  const host = await open()
  const port = Number(new URL(host.url).port)
  await expect(createSimulatorHost({ clock: realClock, random: realRandom, port })).rejects.toThrow(
    'is taken by another program',
  )
  expect((await fetch(`${host.url}/nobody/version1/messaging`)).status).toBe(404)
  expect((await fetch(`${host.url}/`)).status).toBe(404)
  const large = await fetch(`${host.url}/africas-talking/version1/messaging`, {
    method: 'POST',
    body: 'x'.repeat(1024 * 1024 + 1),
  })
  expect(large.status).toBe(413)
})

it('is quiet after it was closed', async () => {
  const host = await createSimulatorHost({ clock: realClock, random: realRandom, timeScale: 200 })
  const { sms: messages } = connect(host, 'africas-talking')
  await messages?.send(sms('Mwisho'))
  await host.close()
  await host.close()
  const items = handset(host, '+255712345678').items.length
  await new Promise((done) => setTimeout(done, 50))
  expect(handset(host, '+255712345678').items).toHaveLength(items)
  expect(await messages?.send(sms('Baadaye'))).toMatchObject({ ok: false, error: { kind: 'offline' } })
})

it('runs under plain Node, which strips types and knows no bundler', async () => {
  const program = `
    const { createSimulatorHost } = await import(${JSON.stringify(new URL('host.ts', import.meta.url).href)})
    const clock = { now: () => 0, monotonic: () => 0, after: () => () => undefined }
    const random = { id: () => 'id', fraction: () => 0, secret: () => 'AAAA' }
    const host = await createSimulatorHost({ clock, random })
    console.log(JSON.stringify(host.accounts().map((account) => account.provider)))
    await host.close()`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program])
  expect(JSON.parse(stdout)).toEqual(registry.map((entry) => entry.declaration.id))
})
