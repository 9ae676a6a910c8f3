import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { LiveFrame, LiveTicket, ServerMessage } from '#core/api/live.ts'
import { LiveSocket } from './live-socket.ts'

/** A socket of the browser, which does what the test says. */
class SocketInTest {
  static readonly all: SocketInTest[] = []
  readonly url: string
  readonly sent: object[] = []
  closed = 0
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: (() => void) | null = null

  constructor(url: string) {
    this.url = url
    SocketInTest.all.push(this)
  }
  send(text: string) {
    this.sent.push(JSON.parse(text))
  }
  close() {
    this.closed++
  }
  hears(message: ServerMessage) {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
}

const TOPICS = ['kpi', 'alert', 'transaction', 'mode', 'lag']
const subscribed: ServerMessage = { type: 'subscribed', topics: ['kpi'], stores: null, resumed: false }
const problem: ServerMessage = { type: 'problem', title: 'No', problems: [{ field: 'topics.0', message: 'no' }] }
const frame = (n: number): LiveFrame => ({
  type: 'changes',
  asOf: '2026-03-03T14:05:12.000Z',
  lagMs: 0,
  sequence: `e.${n}`,
  reset: false,
  messages: [],
})

let tickets: number
let frames: LiveFrame[]
let heardUpTo: string | undefined
let answer: () => Response | Promise<Response>
beforeEach(() => {
  vi.useFakeTimers()
  SocketInTest.all.length = 0
  ;[tickets, frames, heardUpTo] = [0, [], undefined]
  answer = () => Response.json({ ticket: `t+${++tickets}`, expiresAt: 'soon' }, { status: 201 })
  vi.stubGlobal('WebSocket', SocketInTest)
  vi.stubGlobal('location', { protocol: 'http:', host: 'shop:1' })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const askTicket = async (): Promise<LiveTicket> => {
  const response = await answer()
  if (!response.ok) throw new Error(`refused with ${response.status}`)
  return (await response.json()) as LiveTicket
}
const newSocket = () => new LiveSocket({ onFrame: (one) => frames.push(one), heardUpTo: () => heardUpTo, askTicket })
const settle = () => vi.advanceTimersByTimeAsync(0)
async function opened(live = newSocket()) {
  live.connect()
  await settle()
  const socket = SocketInTest.all.at(-1)!
  socket.onopen!()
  return { live, socket }
}

describe('the socket', () => {
  test('is opened by a ticket, says what it wants to hear, and is live when that is answered', async () => {
    const { live, socket } = await opened()
    expect(socket.url).toBe('ws://shop:1/ws?ticket=t%2B1')
    expect(socket.sent).toEqual([{ type: 'subscribe', topics: TOPICS }])
    expect(live.getState().phase).toBe('connecting')
    socket.hears(subscribed)
    expect(live.getState().phase).toBe('live')
    socket.hears(frame(1))
    expect(frames).toEqual([frame(1)])
  })

  test('hears nothing that came before its subscription was answered', async () => {
    const { socket } = await opened()
    socket.hears(frame(7))
    socket.hears(subscribed)
    socket.hears(frame(5))
    expect(frames.map(({ sequence }) => sequence)).toEqual(['e.5'])
  })

  test('after a break is opened by another ticket and goes on from what is on the screen', async () => {
    const { live, socket } = await opened()
    socket.hears(subscribed)
    heardUpTo = 'e.41'
    socket.onclose!()
    expect(live.getState().phase).toBe('reconnecting')
    await vi.advanceTimersByTimeAsync(1_000)
    const again = SocketInTest.all.at(-1)!
    expect(again.url).toBe('ws://shop:1/ws?ticket=t%2B2')
    again.onopen!()
    expect(again.sent).toEqual([{ type: 'subscribe', topics: TOPICS, resume: 'e.41' }])
    again.hears(frame(50))
    again.hears(subscribed)
    again.hears(frame(42))
    expect(frames.map(({ sequence }) => sequence)).toEqual(['e.42'])
  })

  test('hears more while a page wants it, and says so once for several', async () => {
    const { live, socket } = await opened()
    socket.hears(subscribed)
    heardUpTo = 'e.41'
    const stop = live.hear('stock')
    const stopToo = live.hear('stock')
    await settle()
    expect(socket.sent.slice(1)).toEqual([{ type: 'subscribe', topics: [...TOPICS, 'stock'] }])
    socket.hears(frame(42))
    socket.hears(subscribed)
    socket.hears(frame(43))
    expect(frames.map(({ sequence }) => sequence)).toEqual(['e.43'])
    stop()
    stop()
    await settle()
    expect(socket.sent).toHaveLength(2)
    stopToo()
    const next = live.hear('stock')
    await settle()
    expect(socket.sent).toHaveLength(2)
    next()
    await settle()
    expect(socket.sent.at(-1)).toEqual({ type: 'subscribe', topics: TOPICS })
  })

  test('wanted before it is open, more is asked for from the start, and again after a break', async () => {
    const live = newSocket()
    live.hear('stock')
    const { socket } = await opened(live)
    await settle()
    expect(socket.sent).toEqual([{ type: 'subscribe', topics: [...TOPICS, 'stock'] }])
    socket.hears(subscribed)
    socket.onclose!()
    live.connect()
    await settle()
    SocketInTest.all.at(-1)!.onopen!()
    expect(SocketInTest.all.at(-1)!.sent).toEqual([{ type: 'subscribe', topics: [...TOPICS, 'stock'] }])
  })

  test('that may not hear all of it asks once for whatever it may', async () => {
    const { live, socket } = await opened()
    socket.hears(problem)
    expect(socket.sent.at(-1)).toEqual({ type: 'subscribe' })
    socket.hears(problem)
    expect(socket.sent).toHaveLength(2)
    expect(socket.closed).toBe(1)
    expect(live.getState().phase).toBe('reconnecting')
  })

  test.each([
    ['is refused', () => Response.json({ title: 'Sign in first' }, { status: 401 })],
    ['cannot be had', () => Promise.reject(new TypeError('no network'))],
  ])('whose ticket %s is tried again later', async (_what, refuses) => {
    const gives = answer
    answer = refuses
    const live = newSocket()
    live.connect()
    await settle()
    expect(SocketInTest.all).toEqual([])
    expect(live.getState()).toMatchObject({ phase: 'reconnecting', failed: 1 })
    answer = gives
    await vi.advanceTimersByTimeAsync(1_000)
    expect(SocketInTest.all).toHaveLength(1)
  })

  test('that is closed while its ticket is on the way stays closed', async () => {
    const live = newSocket()
    live.connect()
    live.connect()
    live.close()
    await settle()
    expect([tickets, SocketInTest.all.length]).toEqual([1, 0])
  })

  test('whose subscription is not answered in time is given up', async () => {
    const { live, socket } = await opened()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(socket.closed).toBe(1)
    expect(live.getState().failed).toBe(1)
  })
})
