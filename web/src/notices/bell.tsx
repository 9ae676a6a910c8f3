import { Popover } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AlertsAnswer } from '#core/api/alerts.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatMoment } from '../format/format-time.ts'
import { PageLink } from '../frame/page-link.tsx'
import { CriticalIcon, DoneIcon, NoticesIcon, WarningIcon } from '../icons.tsx'
import { ALERTS, itemPath, NOTICES } from '../paths.ts'
import { OWN_ZONE } from '../people/use-names.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'
import { alertsQuery, metricsQuery } from '../reach/queries.ts'
import { useNow } from '../reach/use-now.ts'
import classes from './bell.module.css'
import { criticalOf, MOST, prepareHistory } from './prepare-history.ts'
import { words } from './words.ts'

const overQuery = {
  queryKey: ['alerts-over', 'newest'],
  queryFn: ({ signal }: { readonly signal: AbortSignal }): Promise<AlertsAnswer> =>
    answerOf(engine.GET('/alerts', { signal, params: { query: { state: 'resolved', limit: MOST } } })),
}

/** In the frame's bar, for those who see figures: what is critical, and what happened last. */
export function Bell() {
  const { data: critical = 0 } = useQuery({ ...alertsQuery, select: ({ items }) => criticalOf(items) })
  const [opened, setOpened] = useState(false)
  const close = () => setOpened(false)
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={380}
      position="bottom-end"
      withArrow
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
      classNames={{ dropdown: classes.dropdown!, arrow: classes.arrow! }}
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.bell}
          aria-label={words.bellMeans(critical)}
          title={words.bellMeans(critical)}
          onClick={() => setOpened(!opened)}
        >
          <NoticesIcon size={18} />
          {critical > 0 && <span className={classes.count}>{critical > 99 ? '99+' : formatNumber(critical)}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.history}>
        <History onGo={close} />
      </Popover.Dropdown>
    </Popover>
  )
}

/** Asked for when it is opened. */
function History({ onGo }: { readonly onGo: () => void }) {
  const { data: open } = useQuery({ ...alertsQuery, enabled: false })
  const { data: over, error } = useQuery(overQuery)
  const { data: metrics } = useQuery({ ...metricsQuery, enabled: false })
  const now = useNow()
  const zone = metrics?.window.timeZone ?? OWN_ZONE
  const happenings = over && prepareHistory(open?.items ?? [], over.items)
  return (
    <>
      <div className={classes.head}>
        <h2>{words.history}</h2>
        <PageLink to={ALERTS} onClick={onGo} data-autofocus>
          {words.allAlerts}
        </PageLink>
      </div>
      {happenings === undefined ? (
        <p className={classes.none} role={error === null ? 'status' : 'alert'}>
          {error === null ? words.loading : words.notLoaded(error.message)}
        </p>
      ) : happenings.length === 0 ? (
        <p className={classes.none}>{words.noHistory}</p>
      ) : (
        <ul className={classes.list}>
          {happenings.map(({ key, productId, name, store, atMs, critical, what, isOver }) => (
            <li key={key}>
              <PageLink to={itemPath(productId)} className={classes.happening} onClick={onGo}>
                <span className={classes.icon} data-over={isOver || undefined} data-critical={critical || undefined}>
                  {isOver ? <DoneIcon /> : critical ? <CriticalIcon /> : <WarningIcon />}
                </span>
                <span className={classes.what}>
                  <strong>{name}</strong>
                  <span>
                    {what} · {store}
                  </span>
                </span>
                <time dateTime={new Date(atMs).toISOString()}>{formatMoment(atMs, now, zone).slice(0, -3)}</time>
              </PageLink>
            </li>
          ))}
        </ul>
      )}
      <PageLink to={NOTICES} className={classes.foot} onClick={onGo}>
        {words.choose}
      </PageLink>
    </>
  )
}
