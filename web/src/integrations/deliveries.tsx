import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { useMay } from '../people/account-context.ts'
import { Dialog } from '../people/dialog.tsx'
import form from '../people/people.module.css'
import { messageOf } from '../people/prepare-refusal.ts'
import { OWN_ZONE } from '../people/use-names.ts'
import { useNow } from '../reach/use-now.ts'
import type { DataColumn } from '../table/data-column.ts'
import { DataTable } from '../table/data-table.tsx'
import classes from './integrations.module.css'
import { type DeliveryRow, mayGoAgain, prepareDeliveries, readable } from './prepare-deliveries.ts'
import { deliveriesQuery, deliveryQuery, redeliver } from './requests.ts'
import { words } from './words.ts'

const ASK_AGAIN_MS = 3_000

const COLUMNS: readonly DataColumn<DeliveryRow>[] = [
  { id: 'number', name: words.number, value: ({ number }) => number, kind: 'number', width: 88 },
  {
    id: 'time',
    name: words.time,
    value: ({ at }) => at,
    text: ({ time }) => time,
    kind: 'time',
    zone: OWN_ZONE,
    width: 152,
  },
  {
    id: 'answer',
    name: words.status,
    value: ({ answer }) => answer,
    show: ({ answer, fate }) => (
      <span className={classes.fate} data-fate={fate}>
        {answer}
      </span>
    ),
    filter: true,
    width: 184,
  },
  { id: 'proof', name: words.proof, value: ({ proof }) => proof, filter: true, width: 120 },
  { id: 'way', name: words.way, value: ({ way }) => way, filter: true, width: 152 },
  { id: 'took', name: words.took, value: ({ durationMs }) => durationMs, kind: 'number', unit: words.ms, width: 104 },
]
const NEWEST = { id: 'number', desc: true }

/** The delivery log, newest first; a row opens its body and what it was answered. */
export function Deliveries({ id }: { readonly id: string }) {
  const query = useInfiniteQuery({ ...deliveriesQuery(id), refetchInterval: ASK_AGAIN_MS })
  const [opened, setOpened] = useState<number | null>(null)
  const minute = Math.floor(useNow() / 60_000) * 60_000
  const items = query.data?.pages.flatMap((page) => page.items)
  const rows = useMemo(
    () => prepareDeliveries(query.data?.pages.flatMap((page) => page.items) ?? [], minute, OWN_ZONE),
    [query.data, minute],
  )
  const item = items?.find(({ number }) => number === opened)
  return (
    <Panel
      id="deliveries"
      title={words.deliveries}
      about={words.deliveriesAbout(OWN_ZONE)}
      state={panelStateOf(query)}
      skeleton="table"
      flush
      empty={rows.length === 0 ? { title: words.noDeliveries, why: words.noDeliveriesWhy } : undefined}
    >
      <DataTable
        id="deliveries"
        name={words.deliveries}
        columns={COLUMNS}
        rows={rows}
        rowKey={keyOf}
        sort={NEWEST}
        onOpen={({ number }) => setOpened(number)}
        tone={toneOf}
        card={cardOf}
        height="480px"
      />
      {query.hasNextPage && (
        <button
          type="button"
          className={`${form.secondary} ${classes.older}`}
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {words.older}
        </button>
      )}
      {item !== undefined && <DeliveryDialog id={id} item={item} onClose={() => setOpened(null)} />}
    </Panel>
  )
}

const keyOf = ({ number }: DeliveryRow): string => String(number)
const toneOf = ({ fate }: DeliveryRow) => (fate === 'refused' ? ('bad' as const) : undefined)
const cardOf = ({ answer, time, proof, way }: DeliveryRow) => ({
  title: answer,
  facts: [
    { name: words.time, value: time },
    { name: words.proof, value: proof },
    { name: words.way, value: way },
  ],
})

type Item = Parameters<typeof mayGoAgain>[0]
type DialogProps = { readonly id: string; readonly item: Item; readonly onClose: () => void }

function DeliveryDialog({ id, item, onClose }: DialogProps) {
  const client = useQueryClient()
  const mayChange = useMay('integrations:change')
  const { data, error } = useQuery(deliveryQuery(id, item.number))
  const again = useMutation({
    mutationFn: () => redeliver(id, item.number),
    onSettled: () => client.invalidateQueries({ queryKey: ['connections', id] }),
  })
  const headers = Object.entries(data?.headers ?? {})
  return (
    <Dialog title={words.deliveryTitle(String(item.number))} onClose={onClose}>
      <p className={classes.light}>
        {words.answers(item.status)} · {words.proofFound[item.proof]} · {words.ways[item.way]} · {item.durationMs}{' '}
        {words.ms}
      </p>
      {error !== null && (
        <p role="alert" className={form.refusal}>
          {messageOf(error)}
        </p>
      )}
      <h3>
        {words.body} <span className={classes.light}>{words.bodyAbout}</span>
      </h3>
      {data !== undefined && <Text text={data.body === null ? null : readable(data.body)} none={words.noBody} />}
      <h3>{words.answer}</h3>
      <Text text={readable(item.answer)} none="" />
      {headers.length > 0 && (
        <>
          <h3>{words.headers}</h3>
          <Text text={headers.map(([name, value]) => `${name}: ${value}`).join('\n')} none="" />
        </>
      )}
      {mayChange && data !== undefined && mayGoAgain(item, data.body) && (
        <>
          <p className={classes.light}>{words.redeliverWhy}</p>
          <div className={form.actions}>
            <button type="button" className={form.secondary} disabled={again.isPending} onClick={() => again.mutate()}>
              {words.redeliver}
            </button>
            <p role="status" className={classes.result} data-fine={(again.data?.status ?? 500) < 300 || undefined}>
              {again.error !== null ? messageOf(again.error) : again.data && words.redelivered(again.data.status)}
            </p>
          </div>
        </>
      )}
    </Dialog>
  )
}

const Text = ({ text, none }: { readonly text: string | null; readonly none: string }) =>
  text === null ? (
    <p className={classes.light}>{none}</p>
  ) : (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <pre className={classes.text} tabIndex={0}>
      {text}
    </pre>
  )
