/** The import that this page runs: it goes on while other pages are looked at, and ends with the browser's tab. */
import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { ImportKind } from '#core/api/imports.ts'
import { accountQuery } from '../people/requests.ts'
import { NotSignedInError } from '../reach/ask-engine.ts'
import type { OpenRows } from './open-rows.ts'
import { askEverythingAgain, bringIn, importsQuery, untilCounted } from './requests.ts'
import { type Post, type Rejected, RowSender, type SendState } from './send-rows.ts'
import { words } from './words.ts'

export type Running = {
  readonly file: string
  readonly kind: ImportKind
  readonly columns: readonly string[]
  readonly state: SendState
  readonly sender: RowSender
}

let running: Running | null = null
const listeners = new Set<() => void>()
const OVER = ['done', 'failed', 'cancelled']

function show(next: Running | null): void {
  running = next
  for (const listener of listeners) listener()
}

export const useRunning = (): Running | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => running,
  )

export const isOver = ({ state: { phase } }: Running): boolean => OVER.includes(phase)

/** What is over is put away. */
export const putAway = (): void => show(null)

type What = {
  readonly file: string
  readonly kind: ImportKind
  readonly mapping: Readonly<Record<string, unknown>>
  readonly groupColumn: string | null
  readonly mayKnowLedger: boolean
}

const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** Begins, and resolves when it is over. */
export async function begin(client: QueryClient, rows: OpenRows, what: What): Promise<void> {
  const { file, kind, mapping, groupColumn, mayKnowLedger } = what
  const { columns } = rows
  const { parts, tooMany } = await rows.divide(groupColumn === null ? undefined : columns.indexOf(groupColumn))
  const shipment = {
    ...{ run: crypto.randomUUID(), kind, file: file.slice(0, 200), columns, mapping, parts },
    ...{ lines: rows.rows - tooMany.length, part: rows.part, unsent: unsentIn(rows, tooMany) },
  }
  const sender = new RowSender(shipment, {
    post: askingWho(client),
    counted: () => untilCounted(mayKnowLedger, wait),
    wait,
    now: Date.now,
    onChange: (state) => running?.sender === sender && show({ ...running, state }),
  })
  show({ file, kind, columns, state: sender.state, sender })
  addEventListener('beforeunload', holdBack)
  try {
    await sender.send()
  } finally {
    removeEventListener('beforeunload', holdBack)
    rows.close()
    void client.invalidateQueries({ queryKey: importsQuery.queryKey })
    void askEverythingAgain(client)
  }
}

const unsentIn = ({ unreadable }: OpenRows, tooMany: readonly number[]): readonly Rejected[] => [
  ...unreadable.map(({ line, message }) => refusal(line, message)),
  ...tooMany.map((line) => refusal(line, words.tooManyOfOne)),
]
const refusal = (line: number, message: string): Rejected => ({ line, problems: [{ field: '', message }], cells: [] })

/** Whoever is not signed in any more is asked to, and it goes on. */
const askingWho =
  (client: QueryClient): Post =>
  async (kind, body) => {
    try {
      return await bringIn(kind, body)
    } catch (error) {
      if (error instanceof NotSignedInError) void client.invalidateQueries({ queryKey: accountQuery.queryKey })
      throw error
    }
  }

/** The file is in this tab alone. */
function holdBack(event: BeforeUnloadEvent): void {
  event.preventDefault()
}
