import type { LiveFrame, LiveTicket, ServerMessage, Subscription, Topic } from '#core/api/live.ts'
import {
  type ConnectionState,
  connectionAfter,
  type Happening,
  NOT_CONNECTED,
  retryDelayMs,
} from './connection-state.ts'

/** An attempt that has not opened by then is given up. */
const OPEN_WITHIN_MS = 10_000

/** What every page hears. Stock moves most: it is heard while a page shows it. */
const TOPICS: readonly Topic[] = ['kpi', 'alert', 'transaction', 'mode', 'lag']

type Told = {
  readonly onFrame: (frame: LiveFrame) => void
  /** The sequence of the last frame that is on the screen: after a break the engine goes on from there. */
  readonly heardUpTo: () => string | undefined
  /** A ticket for one connection. */
  readonly askTicket: (signal: AbortSignal) => Promise<LiveTicket>
}

/** The socket `/ws`: opens it, opens it again when it breaks, says what it wants to hear, and how it stands. */
export class LiveSocket {
  readonly #told: Told
  readonly #listeners = new Set<() => void>()
  #state = NOT_CONNECTED
  /** Of the attempt that is under way or has come about. */
  #attempt: AbortController | undefined
  #socket: WebSocket | undefined
  /** It is open, and has been told what is heard. */
  #hasAsked = false
  #isSubscribed = false
  #asksForLess = false
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Who hears more, by topic. */
  readonly #wishes = new Map<Topic, number>()
  /** As it was said last. */
  #topics = TOPICS

  constructor(told: Told) {
    this.#told = told
  }

  readonly getState = (): ConnectionState => this.#state
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Opens the socket, at once, unless it is open. */
  readonly connect = (): void => {
    if (this.#attempt !== undefined) return
    clearTimeout(this.#timer)
    this.#happens({ what: 'trying' })
    const attempt = new AbortController()
    this.#attempt = attempt
    this.#timer = setTimeout(() => this.#lost(attempt), OPEN_WITHIN_MS)
    this.#told.askTicket(attempt.signal).then(
      ({ ticket }) => this.#open(ticket, attempt),
      () => this.#lost(attempt), // other questions say why
    )
  }

  #open(ticket: string, attempt: AbortController) {
    if (attempt !== this.#attempt) return
    const origin = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`
    const socket = new WebSocket(`${origin}/ws?ticket=${encodeURIComponent(ticket)}`)
    this.#socket = socket
    socket.onopen = () => {
      this.#hasAsked = true
      this.#topics = this.#wanted()
      this.#subscribe({ topics: [...this.#topics] })
    }
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(data) as ServerMessage)
    socket.onclose = () => this.#lost(attempt)
  }

  /** Hears a topic as well, until what it gives is called. Beginning to hear it, a snapshot comes anew. */
  readonly hear = (topic: Topic): (() => void) => {
    this.#wish(topic, 1)
    let isOver = false
    return () => {
      if (!isOver) this.#wish(topic, -1)
      isOver = true
    }
  }

  #wish(topic: Topic, by: 1 | -1) {
    this.#wishes.set(topic, (this.#wishes.get(topic) ?? 0) + by)
    // One page goes and the next one comes: it is said once, if it has to be.
    queueMicrotask(() => this.#sayTopics())
  }

  #wanted = (): readonly Topic[] => [
    ...TOPICS,
    ...[...this.#wishes].flatMap(([topic, count]) => (count > 0 && !TOPICS.includes(topic) ? [topic] : [])),
  ]

  #sayTopics() {
    const wanted = this.#wanted()
    if (!this.#hasAsked || this.#asksForLess || wanted.join() === this.#topics.join()) return
    this.#topics = wanted
    this.#isSubscribed = false
    // What was heard up to now was of the topics before: it is no place to go on from.
    this.#socket?.send(JSON.stringify({ type: 'subscribe', topics: wanted }))
  }

  #subscribe(wanted: Subscription) {
    const resume = this.#told.heardUpTo()
    this.#socket?.send(JSON.stringify({ type: 'subscribe', ...wanted, ...(resume !== undefined && { resume }) }))
  }

  #hear(message: ServerMessage) {
    switch (message.type) {
      case 'subscribed':
        this.#isSubscribed = true
        clearTimeout(this.#timer)
        return this.#happens({ what: 'opened' })
      case 'problem':
        if (this.#asksForLess) return this.#lost(this.#attempt!)
        // Not all of it may be heard by whoever is signed in: whatever may.
        this.#asksForLess = true
        return this.#subscribe({})
      default:
        // What came before was heard by nobody's wish, and comes again.
        if (this.#isSubscribed) this.#told.onFrame(message)
    }
  }

  /** The engine does not answer other questions: the socket is not waited for, it is opened anew. */
  readonly suspect = (): void => {
    if (this.#attempt !== undefined) this.#lost(this.#attempt)
  }

  readonly pause = (): void => {
    this.#drop()
    this.#happens({ what: 'paused' })
  }

  /** Closes it until it is asked to connect, unless somebody has paused it. */
  readonly rest = (): void => {
    if (this.#state.phase === 'paused') return
    this.#drop()
    this.#happens({ what: 'closed', tryInMs: 0 })
  }

  /** Closes it and says nothing. */
  readonly close = (): void => {
    this.#drop()
    this.#state = NOT_CONNECTED
  }

  #lost(attempt: AbortController) {
    if (attempt !== this.#attempt) return
    this.#drop()
    const tryInMs = retryDelayMs(this.#state.failed, Math.random())
    this.#happens({ what: 'closed', tryInMs })
    this.#timer = setTimeout(this.connect, tryInMs)
  }

  #drop() {
    clearTimeout(this.#timer)
    const [attempt, socket] = [this.#attempt, this.#socket]
    this.#attempt = undefined
    this.#socket = undefined
    this.#hasAsked = false
    this.#isSubscribed = false
    this.#asksForLess = false
    attempt?.abort()
    if (socket === undefined) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
  }

  #happens(happening: Happening) {
    this.#state = connectionAfter(this.#state, happening, Date.now())
    for (const listener of this.#listeners) listener()
  }
}
