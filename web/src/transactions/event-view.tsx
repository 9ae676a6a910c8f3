import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { EventAnswer } from '#core/api/events.ts'
import { formatNumber } from '../format/format-number.ts'
import { PageLink } from '../frame/page-link.tsx'
import { CriticalIcon, DoneIcon, WaitingIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { itemPath, QUALITY } from '../paths.ts'
import { useMay } from '../people/account-context.ts'
import { useNow } from '../reach/use-now.ts'
import { prepareSteps, prepareWindows, type Step } from './prepare-event.ts'
import { prepareLine, sourceName } from './prepare-lines.ts'
import { deliveryQuery, type EventAsked, eventQuery } from './requests.ts'
import classes from './transactions.module.css'
import { words } from './words.ts'

const MINUTE_MS = 60_000
/** While it waits for the engine, it is asked for again. */
const SOON_MS = 1_000
const SELDOM_MS = 20_000

type Props = { readonly asked: EventAsked; readonly timeZone: string }

/** One event: what it says, its way through the engine, and what it moved. */
export function EventView({ asked, timeZone }: Props) {
  const question = useQuery({
    ...eventQuery(asked),
    refetchInterval: ({ state }) => (state.data?.state === 'pending' ? SOON_MS : SELDOM_MS),
  })
  const { data: event } = question
  const nowMs = Math.floor(useNow() / MINUTE_MS) * MINUTE_MS
  const state = panelStateOf(question)
  return (
    <div className={classes.event}>
      <Panel id="event-way" title={words.event.way} about={words.event.wayAbout} state={state} skeleton="lines">
        {event !== undefined && (
          <>
            <Way steps={prepareSteps(event, nowMs, timeZone)} />
            {event.state === 'held' && event.place !== null && <ToQuarantine place={event.place} />}
          </>
        )}
      </Panel>
      {event !== undefined && (
        <>
          <Panel id="event-facts" title={words.event.title} about={event.type ?? undefined}>
            <Facts event={event} />
          </Panel>
          <Panel id="event-moved" title={words.event.moved} about={words.event.movedAbout}>
            <Moved event={event} nowMs={nowMs} timeZone={timeZone} />
          </Panel>
          {event.windows.length > 0 && (
            <Panel id="event-windows" title={words.event.windows} about={words.event.windowsAbout}>
              <Windows windows={event.windows} />
            </Panel>
          )}
          <RawPanel event={event} />
        </>
      )}
    </div>
  )
}

const ICONS = { done: DoneIcon, waiting: WaitingIcon, bad: CriticalIcon }

const Way = ({ steps }: { readonly steps: readonly Step[] }) => (
  <ol className={classes.way}>
    {steps.map(({ id, tone, at, after, told }) => {
      const Icon = ICONS[tone]
      return (
        <li key={id} className={classes.step} data-tone={tone}>
          <span className={classes.stop} aria-hidden="true">
            <Icon size={14} />
          </span>
          <p className={classes.stepName}>
            {words.event.steps[id]}
            {after !== null && <span className={classes.after}>{after}</span>}
          </p>
          {at !== null && (
            <time className={classes.stepTime} dateTime={at.iso}>
              {at.text}
            </time>
          )}
          {told.map((sentence) => (
            <p key={sentence} className={classes.stepTold}>
              {sentence}
            </p>
          ))}
        </li>
      )
    })}
  </ol>
)

/** Documents that were set aside are mended by those who may see them. */
function ToQuarantine({ place }: { readonly place: NonNullable<EventAnswer['place']> }) {
  const may = useMay('quality:read')
  if (!may) return null
  return (
    <p className={classes.note}>
      <PageLink to={QUALITY} search={{ document: `${place.shard}-${place.sequence}` }}>
        {words.event.quarantine}
      </PageLink>
    </p>
  )
}

function Facts({ event }: { readonly event: EventAnswer }) {
  const { facts, place, archived, noDay, left, oversold } = words.event
  const [line] = event.lines
  const onHand = event.stock?.onHand
  const lines: readonly (readonly [string, ReactNode])[] = [
    [facts.id, <code key="id">{event.id}</code>],
    [facts.store, event.storeName === null ? event.storeId : `${event.storeName} (${event.storeId})`],
    [facts.source, sourceName(event.source)],
    [facts.order, line?.orderId ?? ''],
    [
      facts.product,
      event.stock === null ? (
        (line?.title ?? line?.productId ?? '')
      ) : (
        <PageLink key="product" to={itemPath(event.stock.productId)}>
          {event.stock.title ?? event.stock.productId}
        </PageLink>
      ),
    ],
    [facts.stock, onHand === undefined ? '' : (onHand < 0 ? oversold : left)(formatNumber(Math.abs(onHand)))],
    [facts.customer, line?.customer ?? ''],
    [facts.day, event.businessDate ?? noDay],
    [
      facts.place,
      event.place === null ? archived : place(event.place.shard, event.place.sequence.replace(/^0+(?=\d)/, '')),
    ],
  ]
  return (
    <dl className={classes.facts}>
      {lines
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

type MovedProps = { readonly event: EventAnswer; readonly nowMs: number; readonly timeZone: string }

function Moved({ event: { lines, alerts }, nowMs, timeZone }: MovedProps) {
  return (
    <ul className={classes.moved}>
      {lines.length === 0 && <li className={classes.note}>{words.event.nothingBooked}</li>}
      {lines.map((item) => {
        const line = prepareLine(item, nowMs, timeZone)
        return (
          <li key={line.id}>
            <span className={classes.movedWhat}>
              {line.kind} {line.quantity !== null && `${line.quantity} × `}
              {line.product}
              {line.told !== '' && <span className={classes.light}> {line.told}</span>}
            </span>
            <span className={classes.amount} data-way={line.way}>
              {line.amount} <span className={classes.light}>{line.currency}</span>
            </span>
          </li>
        )
      })}
      {alerts.map(({ id, text }) => (
        <li key={id}>
          <span className={classes.movedWhat}>{text}</span>
        </li>
      ))}
    </ul>
  )
}

const Windows = ({ windows }: { readonly windows: EventAnswer['windows'] }) => (
  <ul className={classes.windows}>
    {prepareWindows(windows).map(({ id, width, span, of, status, statusText, about }) => (
      <li key={id}>
        <span className={classes.windowWidth}>{width}</span>
        <span>{span}</span>
        <span className={classes.light}>{of}</span>
        <span className={classes.status} data-status={status}>
          {statusText} <span className={classes.light}>{about}</span>
        </span>
      </li>
    ))}
  </ul>
)

/** The source's own document where it is kept and may be seen; and the event as the log has it. */
function RawPanel({ event }: { readonly event: EventAnswer }) {
  const { delivery, data, ...envelope } = event
  const mayIntegrations = useMay('integrations:read')
  return (
    <>
      <Panel id="event-raw" title={words.event.raw} about={words.event.rawAbout}>
        {delivery !== null ? (
          <Delivered connectionId={delivery.connectionId} number={delivery.number} />
        ) : (
          <p className={classes.note}>{mayIntegrations ? words.event.rawNone : words.event.rawMayNot}</p>
        )}
      </Panel>
      <Panel id="event-log" title={words.event.inLog} about={words.event.inLogAbout}>
        {data === null ? (
          <p className={classes.note}>{words.event.inLogNone}</p>
        ) : (
          <Raw
            name={words.event.inLog}
            value={{
              id: envelope.id,
              type: envelope.type,
              storeId: envelope.storeId,
              source: envelope.source,
              occurredAt: envelope.occurredAt,
              receivedAt: envelope.acceptedAt,
              businessDate: envelope.businessDate,
              data,
            }}
          />
        )}
      </Panel>
    </>
  )
}

function Delivered({ connectionId, number }: { readonly connectionId: string; readonly number: number }) {
  const { data, error } = useQuery(deliveryQuery(connectionId, number))
  if (data === undefined) return <p className={classes.note}>{error === null ? words.event.loading : error.message}</p>
  if (data.body === null) return <p className={classes.note}>{words.event.rawGone}</p>
  return <Raw name={words.event.raw} value={parsed(data.body)} />
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const Raw = ({ name, value }: { readonly name: string; readonly value: unknown }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard too
  // biome-ignore lint/a11y/useSemanticElements: text that scrolls is no section of the page
  <pre className={classes.raw} tabIndex={0} role="region" aria-label={name}>
    {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
  </pre>
)
