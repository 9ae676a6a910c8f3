import type { LiveFrame } from '#core/api/live.ts'
import {
  type ConnectionState,
  connectionAfter,
  type Happening,
  NOT_CONNECTED,
  retryDelayMs,
} from './connection-state.ts'

/** An attempt that has not opened by then is given up. */
const OPEN_WITHIN_MS = 10_000

type Told = { readonly onFrame: (frame: LiveFrame) => void; readonly onOpen: () => void }

/** The socket `/ws`: opens it, opens it again when it breaks, and says how it stands. */
export class LiveSocket {
  readonly #told: Told
  readonly #listeners = new Set<() => void>()
  #state = NOT_CONNECTED
  #socket: WebSocket | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

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
    if (this.#socket !== undefined) return
    clearTimeout(this.#timer)
    this.#happens({ what: 'trying' })
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`)
    this.#socket = socket
    this.#timer = setTimeout(() => this.#lost(socket), OPEN_WITHIN_MS)
    socket.onopen = () => {
      clearTimeout(this.#timer)
      this.#happens({ what: 'opened' })
      this.#told.onOpen()
    }
    socket.onmessage = ({ data }) => this.#told.onFrame(JSON.parse(data) as LiveFrame)
    socket.onclose = () => this.#lost(socket)
  }

  /** The engine does not answer other questions: the socket is not waited for, it is opened anew. */
  readonly suspect = (): void => {
    if (this.#socket !== undefined) this.#lost(this.#socket)
  }

  readonly pause = (): void => {
    this.#drop()
    this.#happens({ what: 'paused' })
  }

  /** Closes it and says nothing. */
  readonly close = (): void => {
    this.#drop()
    this.#state = NOT_CONNECTED
  }

  #lost(socket: WebSocket) {
    if (socket !== this.#socket) return
    this.#drop()
    const tryInMs = retryDelayMs(this.#state.failed, Math.random())
    this.#happens({ what: 'closed', tryInMs })
    this.#timer = setTimeout(this.connect, tryInMs)
  }

  #drop() {
    clearTimeout(this.#timer)
    const socket = this.#socket
    this.#socket = undefined
    if (socket === undefined) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
  }

  #happens(happening: Happening) {
    this.#state = connectionAfter(this.#state, happening, Date.now())
    for (const listener of this.#listeners) listener()
  }
}
