import { Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { prepareHeld } from './prepare-held.ts'
import classes from './quality.module.css'
import { HELD_STATES, type HeldState, quarantineQuery } from './requests.ts'
import { words } from './words.ts'

type Props = {
  readonly status: HeldState
  readonly onStatus: (status: HeldState) => void
  readonly onOpen: (id: string) => void
  readonly nowMs: number
  readonly timeZone: string
}

const EVERY_MS = 10_000

/** Documents that could not be applied, oldest first, each with its reason. */
export function HeldPanel({ status, onStatus, onOpen, nowMs, timeZone }: Props) {
  const asked = useInfiniteQuery({ ...quarantineQuery(status), refetchInterval: EVERY_MS })
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = asked
  const rows = useMemo(
    () =>
      prepareHeld(
        (data?.pages ?? []).flatMap(({ items }) => items),
        nowMs,
        timeZone,
      ),
    [data, nowMs, timeZone],
  )
  return (
    <Panel
      id="quarantine"
      title={words.quarantine.title}
      about={words.quarantine.about}
      state={panelStateOf(asked)}
      skeleton="table"
      flush
    >
      <div className={classes.tabs}>
        <SegmentedControl
          aria-label={words.quarantine.tabsLabel}
          size="xs"
          value={status}
          onChange={(value) => onStatus(value as HeldState)}
          data={HELD_STATES.map((value) => ({ value, label: words.quarantine.tabs[value] }))}
        />
      </div>
      {rows.length === 0 && !hasNextPage ? (
        <div className={classes.none}>
          <p className={classes.noneTitle}>{words.quarantine.empty[status].title}</p>
          <p>{words.quarantine.empty[status].why}</p>
        </div>
      ) : (
        <ul className={classes.held}>
          {rows.map((row) => (
            <li key={row.id}>
              <button type="button" className={classes.heldRow} onClick={() => onOpen(row.id)}>
                <span className={classes.reason}>
                  {row.reason} {row.more !== '' && <span className={classes.light}>{row.more}</span>}
                </span>
                <span className={classes.light}>{row.attempts}</span>
                <span className={classes.light}>{row.id}</span>
                <time className={classes.light} dateTime={row.iso}>
                  {row.at}
                </time>
              </button>
            </li>
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button
          className={classes.more!}
          variant="default"
          size="xs"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {words.quarantine.older}
        </Button>
      )}
    </Panel>
  )
}
