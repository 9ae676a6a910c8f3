import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { TransactionItem } from '#core/api/transactions.ts'
import { tint } from '../frame/use-tint.ts'
import { DownIcon, UpIcon } from '../icons.tsx'
import { transactionsQuery } from '../reach/queries.ts'
import { prepareTransactions, type TransactionRow, type TransactionTable, unseenOf } from './prepare-transactions.ts'
import classes from './sales-card.module.css'
import { words } from './words.ts'

const said = words.sales

type Props = {
  readonly timeZone: string
  readonly nowMs: number
  readonly inScope: (storeId: string) => boolean
}

/** The last transactions. Rows enter at the top while the reader is there; else the list stands still and counts. */
export function SalesCard({ timeZone, nowMs, inScope }: Props) {
  const { data, error } = useQuery(transactionsQuery)
  const card = useRef<HTMLElement>(null)
  const { items, unseen, catchUp } = useStandingStill(
    card,
    useMemo(() => data?.items.filter(({ storeId }) => inScope(storeId)), [data, inScope]),
  )
  const phone = useMediaQuery('(max-width: 720px)', false, { getInitialValueInEffect: false })
  // Days change slowly: rows are not made anew each second.
  const minuteMs = Math.floor(nowMs / 60_000) * 60_000
  const table = useMemo(() => items && prepareTransactions(items, minuteMs, timeZone), [items, minuteMs, timeZone])
  return (
    <section className={classes.card} id="sales" ref={card} aria-labelledby="sales-title">
      <header className={classes.head}>
        <h2 id="sales-title">{said.title}</h2>
        <p className={classes.about}>{said.zone(timeZone)}</p>
      </header>
      {unseen !== null && (
        <div className={classes.pillRow}>
          <button type="button" className={classes.pill} onClick={catchUp}>
            <UpIcon size={14} />
            {unseen}
          </button>
        </div>
      )}
      {table === undefined ? (
        error === null ? (
          <Skeleton />
        ) : (
          <p className={classes.none}>{said.failed(error.message)}</p>
        )
      ) : table.rows.length === 0 ? (
        <p className={classes.none}>{said.none}</p>
      ) : phone ? (
        <Cards table={table} />
      ) : (
        <Rows table={table} />
      )}
    </section>
  )
}

/** The items to show, and how many newer ones there are while the reader is further down. */
function useStandingStill(
  card: { readonly current: HTMLElement | null },
  newest: readonly TransactionItem[] | undefined,
) {
  const [held, setHeld] = useState<readonly TransactionItem[] | null>(null)
  const latest = useRef(newest)
  useEffect(() => {
    latest.current = newest
  })
  useEffect(() => {
    const look = () => {
      const top = card.current?.getBoundingClientRect().top ?? 0
      const atTop = top >= 0
      setHeld((before) => (atTop ? null : (before ?? latest.current ?? null)))
    }
    window.addEventListener('scroll', look, { passive: true })
    return () => window.removeEventListener('scroll', look)
  }, [card])
  const catchUp = () => {
    setHeld(null)
    card.current?.scrollIntoView({ block: 'start' })
  }
  return { items: held ?? newest, unseen: held && newest ? unseenOf(held, newest) : null, catchUp }
}

/** Tints what enters after the first paint. */
function useEntering<E extends HTMLElement>() {
  const list = useRef<E>(null)
  const known = useRef<ReadonlySet<string> | null>(null)
  useEffect(() => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-id]') ?? [])]
    const before = known.current
    known.current = new Set(rows.map((row) => row.dataset.id!))
    if (before === null) return
    for (const row of rows) if (!before.has(row.dataset.id!)) tint(row)
  })
  return list
}

function Rows({ table: { rows, currency, count, sums } }: { readonly table: TransactionTable }) {
  const body = useEntering<HTMLTableSectionElement>()
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{said.time}</th>
          <th scope="col">{said.kind}</th>
          <th scope="col" className={classes.wide}>
            {words.product}
          </th>
          <th scope="col">{said.store}</th>
          <th scope="col" className={classes.right}>
            {said.quantity}
          </th>
          <th scope="col" className={classes.right}>
            {said.amount} {currency !== null && <span className={classes.light}>{currency}</span>}
          </th>
          <th scope="col">{said.source}</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row) => (
          <tr key={row.id} data-id={row.id}>
            <td>{row.time}</td>
            <td>
              <Kind row={row} />
            </td>
            <td
              className={classes.product}
              title={row.productId === null ? row.product : `${row.product} (${row.productId})`}
            >
              {row.product}
              {row.productId !== null && <span className={classes.id}> {row.productId}</span>}
            </td>
            <td className={classes.store} title={row.storeId}>
              {row.store}
            </td>
            <td className={classes.right}>
              {row.quantity ?? (
                <span className={classes.light} title={said.noGoods}>
                  —
                </span>
              )}
            </td>
            <td className={classes.right} title={row.amountTold}>
              {row.amount}
              {currency === null && <span className={classes.light}> {row.currency}</span>}
            </td>
            <td>{row.source}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td className={classes.sum} colSpan={5}>
            {count}
          </td>
          <td className={`${classes.sum} ${classes.right}`}>
            {sums.map((sum) => (
              <div key={sum}>{currency === null ? sum : sum.replace(` ${currency}`, '')}</div>
            ))}
          </td>
          <td className={classes.sum}>{said.netOfThese}</td>
        </tr>
      </tfoot>
    </table>
  )
}

/** On a phone: what, how much, when and where. */
function Cards({ table: { rows, count, sums } }: { readonly table: TransactionTable }) {
  const list = useEntering<HTMLUListElement>()
  return (
    <>
      <ul ref={list} className={classes.cards}>
        {rows.map((row) => (
          <li key={row.id} data-id={row.id} className={classes.row}>
            <p className={classes.rowTitle}>
              {row.quantity !== null && row.quantity !== '1' && `${row.quantity} × `}
              {row.product}
            </p>
            <p className={classes.rowAmount} title={row.amountTold}>
              {row.amount} <span className={classes.rowUnit}>{row.currency}</span>
            </p>
            <p className={classes.rowAbout}>
              <Kind row={row} />
              <span className={classes.rowPlace}>
                {row.time}, {row.store}
              </span>
            </p>
          </li>
        ))}
      </ul>
      <p className={classes.cardsFoot}>{said.net(count, sums.join(', '))}</p>
    </>
  )
}

function Kind({ row: { kind, way } }: { readonly row: TransactionRow }) {
  return (
    <span className={classes.kind} data-way={way}>
      {way === 'in' ? <UpIcon size={14} /> : <DownIcon size={14} />}
      {kind}
    </span>
  )
}

function Skeleton() {
  return (
    <div className={classes.skeleton} aria-hidden="true">
      {[1, 2, 3, 4, 5, 6].map((row) => (
        <div key={row} />
      ))}
    </div>
  )
}
