import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { formatTime } from '../format/format-time.ts'
import { DoneIcon, DownIcon, SameIcon, UpIcon, WarningIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { alertsQuery, engineNowMs, figuresQuery } from '../reach/queries.ts'
import { useFresh } from '../reach/use-fresh.ts'
import { useNow } from '../reach/use-now.ts'
import classes from './changes-panel.module.css'
import { useIsInScope, usePlace } from './use-overview.ts'
import { whatChanged } from './what-changed.ts'
import { words } from './words.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const EVERY_MS = 15_000

const ways = { up: UpIcon, down: DownIcon, same: SameIcon } as const

/** What is otherwise than usual, in sentences. It is of now, whatever time the page is about. */
export function ChangesPanel() {
  const client = useQueryClient()
  const now = useNow()
  const place = usePlace()
  const inScope = useIsInScope()
  const toMs = Math.floor((now + engineNowMs(client) - Date.now()) / MINUTE_MS) * MINUTE_MS
  const span = { from: new Date(toMs - HOUR_MS).toISOString(), to: new Date(toMs).toISOString() }
  const answer = useFresh(
    { ...figuresQuery({ ...place, ...span }), placeholderData: keepPreviousData },
    { everyMs: EVERY_MS },
  )
  const { data: alerts } = useQuery(alertsQuery)
  const sentences = useMemo(
    () =>
      answer.data &&
      whatChanged(
        answer.data,
        (alerts?.items ?? []).filter(({ storeId }) => inScope(storeId)),
      ),
    [answer.data, alerts, inScope],
  )
  const zone = answer.data?.window.timeZone ?? 'UTC'
  return (
    <Panel
      id="changed"
      title={words.changed}
      about={words.changedAbout(formatTime(toMs, zone, 'clock'))}
      state={panelStateOf(answer)}
    >
      {sentences?.length === 0 ? (
        <p className={classes.sentence}>
          <DoneIcon size={16} className={classes.better} />
          {words.nothingChanged}
        </p>
      ) : (
        <ul>
          {sentences?.map(({ key, text, verdict, way }) => {
            const Sign = verdict === 'worse' ? WarningIcon : ways[way ?? 'same']
            return (
              <li key={key} className={classes.sentence}>
                <Sign size={16} className={classes[verdict ?? 'plain']!} />
                <span>{text}</span>
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}
