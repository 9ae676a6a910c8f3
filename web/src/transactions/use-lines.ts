import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { TransactionDetails, TransactionsAnswer } from '#core/api/transactions.ts'
import { useFresh } from '../reach/use-fresh.ts'
import { unseenOf, withNewest, withOlder } from './prepare-lines.ts'
import { type LinesAsked, linesQuery, readLines } from './requests.ts'

const EVERY_MS = 1_000
/** A search goes on by itself until it has found this many, or has looked through that many slices. */
const ENOUGH = 20
const SLICES = 20

type Shown = {
  readonly key: string
  readonly items: readonly TransactionDetails[]
  readonly next: string | null
  readonly searchedBackTo: string | null
}

/**
 * Lines of trade as far as they were asked for: the newest ones keep coming while the reader is at the top, the older
 * ones when they are asked for. `moves`: false for a search, which stands as it was answered.
 */
export function useLines(asked: LinesAsked, { moves, atTop }: { readonly moves: boolean; readonly atTop: boolean }) {
  const client = useQueryClient()
  const key = JSON.stringify(asked)
  const query = useFresh(
    { ...linesQuery(asked), ...(!moves && { staleTime: Number.POSITIVE_INFINITY }) },
    { everyMs: EVERY_MS, moves },
  )
  const { data } = query
  const [shown, setShown] = useState<Shown | undefined>()
  const [held, setHeld] = useState<Shown | undefined>()
  const [older, setOlder] = useState<{ readonly busy: boolean; readonly error: Error | null }>(REST)
  const slices = useRef(0)

  useEffect(() => {
    if (data === undefined) return
    setShown((before) => {
      const same = before?.key === key ? before : undefined
      if (same === undefined) slices.current = 0
      return partsOf(key, moves ? withNewest(same && { ...same, items: [...same.items] }, data) : data, data)
    })
  }, [data, key, moves])
  useEffect(() => {
    if (atTop) setHeld(undefined)
    else setHeld((before) => before ?? shown)
  }, [atTop, shown])

  const present = shown?.key === key ? shown : undefined
  const list = held?.key === key ? held : present
  const goOn = useCallback(async () => {
    const next = list?.next
    if (next === undefined || next === null) return
    setOlder({ busy: true, error: null })
    try {
      const more = await readLines(JSON.parse(key) as LinesAsked, next)
      const add = (before: Shown | undefined) =>
        before?.key === key ? partsOf(key, withOlder({ ...before, items: [...before.items] }, more), more) : before
      setShown(add)
      setHeld(add)
      setOlder(REST)
    } catch (error) {
      setOlder({ busy: false, error: error as Error })
    }
  }, [list?.next, key])

  const searches = list !== undefined && list.searchedBackTo !== null && list.items.length < ENOUGH
  useEffect(() => {
    if (!searches || older.busy || older.error !== null || slices.current >= SLICES) return
    slices.current++
    void goOn()
  }, [searches, older, goOn])

  return {
    query,
    items: list?.items,
    next: list?.next ?? null,
    searchedBackTo: list?.searchedBackTo ?? null,
    unseen: held !== undefined && present !== undefined ? unseenOf(held.items, present.items) : null,
    catchUp: () => setHeld(undefined),
    older: { ...older, goOn },
    lookAgain: () => client.invalidateQueries({ queryKey: linesQuery(asked).queryKey }),
  }
}
const REST = { busy: false, error: null }

const partsOf = (
  key: string,
  { items, next }: Pick<TransactionsAnswer, 'items' | 'next'>,
  { searchedBackTo = null }: TransactionsAnswer,
): Shown => ({ key, items, next, searchedBackTo })
