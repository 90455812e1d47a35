import type { World } from '../simulation.ts'

export const idInstance = '1101000001'

/** Milliseconds in the real world. */
const firstSendMs = 300
const deliveredMs = 1_000
const readMs = 4_000
const linkingMs = 1_500
const restartMs = 3_000
const codeLivesMs = 20_000
const scanPatienceMs = 5 * 60_000
const journalLagMs = 110_000
const keptMs = 24 * 3_600_000
/** For faults of the reports: how late is late. */
const lateMs = 20_000

export type InstanceState =
  | 'notAuthorized'
  | 'authorized'
  | 'starting'
  | 'blocked'
  | 'yellowCard'
  | 'sleepMode'

export interface QueuedFile {
  readonly fileName: string
  readonly mimeType: string
  readonly urlFile: string
}

export interface QueuedMessage {
  readonly id: string
  readonly chatId: string
  /** The text, or what stands under the file. */
  readonly message: string
  readonly file: QueuedFile | null
  /** Epoch ms. */
  readonly at: number
}

interface JournalEntry extends QueuedMessage {
  status: string
  /** Entries of a time when `outgoingWebhook` was off never reach the journal. */
  readonly kept: boolean
}

interface Notification {
  readonly receiptId: number
  readonly body: unknown
  readonly at: number
}

/** One instance: a linked (or not yet linked) handset with its queue, its journal and its line of notifications. */
export interface Instance {
  readonly world: World
  state: InstanceState
  phone: string | null
  settings: Readonly<Record<string, string | number>>
  queue: QueuedMessage[]
  readonly journal: JournalEntry[]
  notifications: Notification[]
  readonly waiting: Set<() => void>
  code: { readonly text: string; readonly until: number } | null
  withdrawOffer: (() => void) | null
  /** When somebody began to ask for codes, and asked last; epoch ms. */
  asking: { readonly since: number; readonly last: number } | null
  lastReceipt: number
  lastSentAt: number
  pumping: boolean
}

/** As an instance is made: nothing linked, every setting off. */
export function createInstance(world: World): Instance {
  const off = [
    'incomingWebhook',
    'outgoingWebhook',
    'outgoingMessageWebhook',
    'outgoingAPIMessageWebhook',
    'stateWebhook',
  ]
  return {
    world,
    state: 'notAuthorized',
    phone: null,
    settings: {
      webhookUrl: '',
      webhookUrlToken: '',
      delaySendMessagesMilliseconds: 500,
      ...Object.fromEntries(off.map((name) => [name, 'no'])),
    },
    queue: [],
    journal: [],
    notifications: [],
    waiting: new Set(),
    code: null,
    withdrawOffer: null,
    asking: null,
    lastReceipt: 0,
    lastSentAt: 0,
    pumping: false,
  }
}

function after(instance: Instance, ms: number, run: () => void): void {
  instance.world.after(ms / instance.world.timeScale, run)
}

function frame(instance: Instance, typeWebhook: string) {
  return {
    typeWebhook,
    instanceData: {
      idInstance: Number(idInstance),
      wid: instance.phone === null ? '' : chatIdOf(instance.phone),
      typeInstance: 'whatsapp',
    },
    timestamp: Math.floor(instance.world.now() / 1_000),
  }
}

function chatIdOf(phone: string): string {
  return `${phone.slice(1)}@c.us`
}

function phoneOf(chatId: string): string {
  return `+${chatId.split('@')[0] ?? ''}`
}

function notify(instance: Instance, body: unknown): void {
  instance.lastReceipt += 1
  instance.notifications.push({ receiptId: instance.lastReceipt, body, at: instance.world.now() })
  for (const wake of instance.waiting) wake()
}

/** The head of the line, the same one until it is deleted; null when nothing came within `waitMs`. */
export function headOfLine(instance: Instance, waitMs: number): Promise<Notification | null> {
  const now = instance.world.now()
  instance.notifications = instance.notifications.filter((item) => item.at > now - keptMs)
  const [head] = instance.notifications
  if (head !== undefined) return Promise.resolve(head)
  return new Promise((resolve) => {
    const wake = () => {
      stop()
      instance.waiting.delete(wake)
      resolve(instance.notifications[0] ?? null)
    }
    const stop = instance.world.after(waitMs / instance.world.timeScale, wake)
    instance.waiting.add(wake)
  })
}

/** False when that one is not there. */
export function dropNotification(instance: Instance, receiptId: number): boolean {
  const before = instance.notifications.length
  instance.notifications = instance.notifications.filter((item) => item.receiptId !== receiptId)
  return instance.notifications.length < before
}

export function enter(instance: Instance, state: InstanceState): void {
  instance.state = state
  if (state !== 'notAuthorized') endCode(instance)
  if (instance.settings.stateWebhook === 'yes') {
    notify(instance, { ...frame(instance, 'stateInstanceChanged'), stateInstance: state })
  }
  pump(instance)
}

function endCode(instance: Instance): void {
  instance.withdrawOffer?.()
  instance.withdrawOffer = null
  instance.code = null
  instance.asking = null
}

/** The text of the code on offer, a new one every 20 s; null when the instance shows none. */
export function codeOnOffer(instance: Instance): string | null {
  const { world } = instance
  if (instance.state !== 'notAuthorized') return null
  const now = world.now()
  const patience = scanPatienceMs / world.timeScale
  const asking = instance.asking
  const since = asking === null || now - asking.last > patience / 5 ? now : asking.since
  instance.asking = { since, last: now }
  if (now - since > patience) {
    // Seen in the field: whoever asks for minutes without scanning is left with an instance that must be rebooted.
    enter(instance, 'starting')
    return null
  }
  if (instance.code === null || now >= instance.code.until) offerCode(instance)
  return instance.code?.text ?? null
}

function offerCode(instance: Instance): void {
  const { world } = instance
  instance.withdrawOffer?.()
  const lives = codeLivesMs / world.timeScale
  const code = { text: `2@${world.token(40)}`, until: world.now() + lives }
  instance.code = code
  const withdraw = world.offerScan((phone) => link(instance, phone))
  instance.withdrawOffer = withdraw
  world.after(lives, () => {
    if (instance.code === code) withdraw()
  })
}

function link(instance: Instance, phone: string): void {
  enter(instance, 'starting')
  after(instance, linkingMs, () => {
    instance.phone = phone
    enter(instance, 'authorized')
  })
}

export function unlink(instance: Instance): void {
  instance.phone = null
  enter(instance, 'notAuthorized')
}

/** Comes back linked or not, as it was; new settings count from then on. A ban outlasts it. */
export function restart(instance: Instance, settings: Instance['settings'] | null): void {
  const banned = instance.state === 'blocked'
  enter(instance, 'starting')
  after(instance, restartMs, () => {
    if (settings !== null) instance.settings = settings
    if (banned) enter(instance, 'blocked')
    else enter(instance, instance.phone === null ? 'notAuthorized' : 'authorized')
  })
}

/** Takes a message into the queue, linked or not; it goes out when the instance is authorized, within 24 h. */
export function enqueue(
  instance: Instance,
  wanted: { readonly chatId: string; readonly message: string; readonly file: QueuedFile | null },
): string {
  const { chatId } = wanted
  const id = `3EB0${instance.world.token(16)}`
  instance.queue.push({ ...wanted, id, at: instance.world.now() })
  const scripted = scriptedStates.get(phoneOf(chatId))
  if (scripted !== undefined) enter(instance, scripted)
  pump(instance)
  return id
}

/** Writing to these numbers brings the instance into a state that otherwise only WhatsApp can. */
const scriptedStates: ReadonlyMap<string, InstanceState> = new Map([
  ['+254700000901', 'yellowCard'],
  ['+254700000902', 'blocked'],
  ['+254700000903', 'sleepMode'],
] satisfies [string, InstanceState][])

function pump(instance: Instance): void {
  const now = instance.world.now()
  instance.queue = instance.queue.filter((item) => item.at > now - keptMs)
  if (instance.pumping || instance.state !== 'authorized' || instance.queue.length === 0) return
  instance.pumping = true
  const gap = Number(instance.settings.delaySendMessagesMilliseconds) / instance.world.timeScale
  const wait = Math.max(firstSendMs / instance.world.timeScale, instance.lastSentAt + gap - now)
  instance.world.after(wait, () => {
    instance.pumping = false
    const [head] = instance.queue
    if (instance.state === 'authorized' && head !== undefined) {
      instance.queue = instance.queue.slice(1)
      instance.lastSentAt = instance.world.now()
      carry(instance, head)
    }
    pump(instance)
  })
}

function carry(instance: Instance, item: QueuedMessage): void {
  const { world } = instance
  const entry: JournalEntry = {
    ...item,
    at: world.now(),
    status: 'sent',
    kept: instance.settings.outgoingWebhook === 'yes',
  }
  instance.journal.push(entry)
  const phone = phoneOf(item.chatId)
  if (!world.onWhatsApp(phone)) {
    report(instance, entry, 'noAccount')
    return
  }
  world.deliver(phone, 'whatsapp', instance.phone ?? '', onScreen(item))
  if (instance.settings.outgoingAPIMessageWebhook === 'yes') {
    notify(instance, {
      ...frame(instance, 'outgoingAPIMessageReceived'),
      idMessage: item.id,
      senderData: { chatId: item.chatId, sender: chatIdOf(instance.phone ?? '+'), senderName: 'Duka' },
      messageData: messageData(item),
    })
  }
  follow(instance, entry)
}

/** As the customer sees it. */
function onScreen({ message, file }: QueuedMessage): string {
  if (file === null) return message
  return message === '' ? `📄 ${file.fileName}` : `📄 ${file.fileName}\n${message}`
}

/** How a file stands in notifications and in the journal. */
function fileKeys({ fileName, mimeType, urlFile }: QueuedFile, caption: string) {
  return { downloadUrl: urlFile, caption, fileName, jpegThumbnail: '', mimeType }
}

function messageData({ message, file }: QueuedMessage) {
  if (file === null) {
    const extendedTextMessageData = { text: message, description: '', title: '', jpegThumbnail: '' }
    return { typeMessage: 'extendedTextMessage', extendedTextMessageData }
  }
  const fileMessageData = { ...fileKeys(file, message), forwardingScore: 0, isForwarded: false }
  return { typeMessage: 'documentMessage', fileMessageData }
}

/** sent, delivered, read; with the faults of the reports they come late, twice, backwards or not at all. */
function follow(instance: Instance, entry: JournalEntry): void {
  const fault = instance.world.callbackFault()
  if (fault === 'never') return
  const delay = fault === 'late' ? lateMs : 0
  const statuses = fault === 'outOfOrder' ? ['read', 'delivered', 'sent'] : ['sent', 'delivered', 'read']
  for (const [index, ms] of [0, deliveredMs, readMs].entries()) {
    const status = statuses[index] ?? 'sent'
    after(instance, delay + ms, () => report(instance, entry, status))
    if (fault === 'twice') after(instance, delay + ms + 100, () => report(instance, entry, status))
  }
}

function report(instance: Instance, entry: JournalEntry, status: string): void {
  entry.status = status
  // These two come whatever the settings say.
  if (instance.settings.outgoingWebhook !== 'yes' && status !== 'noAccount' && status !== 'failed') return
  notify(instance, {
    ...frame(instance, 'outgoingMessageStatus'),
    chatId: entry.chatId,
    idMessage: entry.id,
    status,
    sendByApi: true,
  })
}

/** What the journal shows of the last minutes: newest first, and up to two minutes behind. */
export function journalOf(instance: Instance, minutes: number) {
  const now = instance.world.now()
  const newest = now - journalLagMs / instance.world.timeScale
  return instance.journal
    .filter((entry) => entry.kept && entry.at <= newest && entry.at >= now - minutes * 60_000)
    .toReversed()
    .map((entry) => ({
      type: 'outgoing',
      idMessage: entry.id,
      timestamp: Math.floor(entry.at / 1_000),
      statusMessage: entry.status,
      chatId: entry.chatId,
      ...(entry.file === null
        ? { typeMessage: 'textMessage', textMessage: entry.message }
        : { typeMessage: 'documentMessage', ...fileKeys(entry.file, entry.message) }),
      sendByApi: true,
    }))
}
