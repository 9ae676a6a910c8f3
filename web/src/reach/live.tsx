import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { LiveFrame } from '#core/api/live.ts'
import type { StockItem } from '#core/api/stock.ts'
import { applyFrame, type Shown } from './apply-frame.ts'
import { answerOf, engine, UnreachableError } from './ask-engine.ts'
import { NOT_CONNECTED } from './connection-state.ts'
import { listensWhileHidden } from './listen-hidden.ts'
import { LiveSocket } from './live-socket.ts'
import { PAINT_MS, paceFrames } from './pace-frames.ts'
import { alertsQuery, metricsQuery, SERIES, standingQuery, transactionsQuery } from './queries.ts'
import { useNow } from './use-now.ts'

type Live = {
  readonly socket: LiveSocket
  readonly pause: () => void
  /** How long it takes to bring what the stream says to the screen. */
  readonly paintMs: () => number
}

const listeners = new Set<(asOf: string) => void>()

/** Calls `listener` whenever the engine has said that figures moved. Gives what stops it. */
export function onFigures(listener: (asOf: string) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export type StockMoved = {
  readonly items: readonly StockItem[]
  /** When the frame was made. */
  readonly asOf: string
  /** Changes were lost: what is known is to be asked for again. */
  readonly isReset: boolean
}
const stockListeners = new Set<(moved: StockMoved) => void>()

/** Hears how stock moves, while it is mounted. `hear` stays the same object. */
export function useMovingStock(hear: (moved: StockMoved) => void): void {
  const live = useContext(LiveContext)
  useEffect(() => {
    if (live === undefined) return undefined
    stockListeners.add(hear)
    const stop = live.socket.hear('stock')
    return () => {
      stockListeners.delete(hear)
      stop()
    }
  }, [live, hear])
}

const LiveContext = createContext<Live | undefined>(undefined)

/** A glance at another tab costs no new connection. */
const HIDDEN_MS = 30_000

/** Keeps the answers in the query caches as new as the engine's, while it is mounted and the page is not paused. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const [live] = useState(() => makeLive(client))
  useEffect(() => {
    const { socket } = live
    let leave: ReturnType<typeof setTimeout> | undefined
    const connectSoon = () => {
      clearTimeout(leave)
      // Nobody looks: nothing is heard, and afterwards it goes on where it broke off.
      if (document.visibilityState === 'hidden')
        leave = setTimeout(() => listensWhileHidden() || socket.rest(), HIDDEN_MS)
      else if (socket.getState().phase !== 'paused') socket.connect()
    }
    socket.connect()
    window.addEventListener('online', connectSoon)
    document.addEventListener('visibilitychange', connectSoon)
    return () => {
      clearTimeout(leave)
      window.removeEventListener('online', connectSoon)
      document.removeEventListener('visibilitychange', connectSoon)
      socket.close()
    }
  }, [live])
  return (
    <LiveContext value={live}>
      <KeepFresh />
      {children}
    </LiveContext>
  )
}

function useLive(): Live {
  const live = useContext(LiveContext)
  if (live === undefined) throw new Error('useLive is called outside LiveProvider')
  return live
}

/** Not listening: for those who may hear no figures. */
const SILENT = { subscribe: () => () => {}, getState: () => NOT_CONNECTED, connect: () => {} }

/** Whether the page listens to the engine at all. */
export const useHears = (): boolean => useContext(LiveContext) !== undefined

/** How long the page takes to show what the stream says, ms. */
export const usePaintMs = (): (() => number) => useContext(LiveContext)?.paintMs ?? noTime
const noTime = () => 0

/** How the page stands to the engine, and what a person can do about it. */
export function useConnection() {
  const { socket, pause } = useContext(LiveContext) ?? { socket: SILENT, pause: () => {} }
  const state = useSyncExternalStore(socket.subscribe, socket.getState)
  return { state, connect: socket.connect, pause }
}

const clock = {
  now: () => performance.now(),
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  painted: (run: () => void) => requestAnimationFrame(() => setTimeout(run)),
}

function makeLive(client: QueryClient): Live {
  let heardUpTo: string | undefined
  const pace = paceFrames<LiveFrame>(
    (frames) => {
      paint(client, frames)
      heardUpTo = frames.at(-1)?.sequence
    },
    clock,
    PAINT_MS,
  )
  const socket = new LiveSocket({
    onFrame: pace.take,
    heardUpTo: () => heardUpTo,
    askTicket: (signal) => answerOf(engine.POST('/live/tickets', { signal })),
  })
  const pause = () => {
    pace.drop()
    socket.pause()
  }
  return { socket, pause, paintMs: pace.tookMs }
}

function paint(client: QueryClient, frames: readonly LiveFrame[]): void {
  const shown: Shown = {
    metrics: client.getQueryData(metricsQuery.queryKey),
    alerts: client.getQueryData(alertsQuery.queryKey),
    transactions: client.getQueryData(transactionsQuery.queryKey),
    standing: client.getQueryData(standingQuery.queryKey),
  }
  const { metrics, alerts, transactions, standing } = frames.reduce(applyFrame, shown)
  if (metrics !== shown.metrics) client.setQueryData(metricsQuery.queryKey, metrics)
  if (alerts !== shown.alerts) client.setQueryData(alertsQuery.queryKey, alerts)
  if (transactions !== shown.transactions) client.setQueryData(transactionsQuery.queryKey, transactions)
  if (standing !== shown.standing) client.setQueryData(standingQuery.queryKey, standing)
  if (stockListeners.size > 0) for (const frame of frames) tellStock(frame)
  const moved = frames.findLast(movesFigures)
  if (moved !== undefined) for (const listener of listeners) listener(moved.asOf)
}

function tellStock({ messages, asOf, reset }: LiveFrame): void {
  const items = messages.flatMap((message) => (message.topic === 'stock' ? [message.data] : []))
  if (items.length === 0 && !reset) return
  for (const hear of stockListeners) hear({ items, asOf, isReset: reset })
}

const movesFigures = ({ messages }: LiveFrame): boolean =>
  messages.some(({ topic }) => topic !== 'mode' && topic !== 'lag')

/** Figures older than this say so; before they have to, they are asked for again. */
export const FRESH_MS = 5000
const ASK_AGAIN_MS = 4000

/** A quiet shop sends no frames: the figures are asked for, so that their age is known. Without a socket, everything. */
function KeepFresh() {
  const client = useQueryClient()
  const { socket } = useLive()
  const now = useNow()
  useEffect(() => {
    const { phase } = socket.getState()
    if (phase === 'paused' || document.visibilityState === 'hidden') return
    const state = client.getQueryState(metricsQuery.queryKey)
    if (state === undefined || state.fetchStatus === 'fetching') return
    if (now - Math.max(state.dataUpdatedAt, state.errorUpdatedAt) < ASK_AGAIN_MS) return
    const asked =
      phase === 'live'
        ? [metricsQuery.queryKey]
        : [metricsQuery.queryKey, alertsQuery.queryKey, transactionsQuery.queryKey, [SERIES]]
    for (const queryKey of asked) void client.refetchQueries({ queryKey, type: 'active' })
    if (phase === 'live' && state.error instanceof UnreachableError) socket.suspect()
  }, [client, socket, now])
  return null
}
