import { useQuery } from '@tanstack/react-query'
import type { ImportItem } from '#core/api/imports.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatMoment } from '../format/format-time.ts'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { OWN_ZONE } from '../people/use-names.ts'
import { useNow } from '../reach/use-now.ts'
import classes from './imports.module.css'
import { importsQuery } from './requests.ts'
import { words } from './words.ts'

const ASK_AGAIN_MS = 3_000
/** One of which nothing came for so long does not go on by itself. */
const STILL_MS = 30_000

/** What was brought in lately, by whomever and however far it came. */
export function EarlierImports({ isRunning }: { readonly isRunning: boolean }) {
  const query = useQuery({ ...importsQuery, refetchInterval: isRunning ? ASK_AGAIN_MS : false })
  const now = useNow()
  const items = query.data?.items ?? []
  return (
    <Panel
      id="earlier"
      title={words.earlier}
      about={words.times(OWN_ZONE)}
      state={panelStateOf(query)}
      skeleton="table"
      flush
      empty={items.length === 0 ? { title: words.earlierEmpty, why: words.earlierEmptyWhy } : undefined}
    >
      <table className={classes.earlier}>
        <thead>
          <tr>
            <th scope="col">{words.file}</th>
            <th scope="col">{words.kind}</th>
            <th scope="col">{words.begun}</th>
            <th scope="col" data-number>
              {words.counts.lines}
            </th>
            <th scope="col" data-number>
              {words.counts.accepted}
            </th>
            <th scope="col" data-number>
              {words.counts.repeats}
            </th>
            <th scope="col" data-number>
              {words.counts.refused}
            </th>
            <th scope="col">{words.state}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={item.run} item={item} now={now} />
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Row({ item, now }: { readonly item: ImportItem; readonly now: number }) {
  const { file, kind, beganAt, lastAt, isWhole, lines, accepted, repeats, refused } = item
  const isStill = now - Date.parse(lastAt) > STILL_MS
  const state = isWhole ? words.whole : isStill ? words.broken : words.running
  return (
    <tr>
      <th scope="row" title={file}>
        {file}
      </th>
      <td data-label={words.kind}>{words.kinds[kind].name}</td>
      <td data-label={words.begun}>{formatMoment(Date.parse(beganAt), now, OWN_ZONE)}</td>
      <td data-number data-label={words.counts.lines}>
        {formatNumber(lines)}
      </td>
      <td data-number data-label={words.counts.accepted}>
        {formatNumber(accepted)}
      </td>
      <td data-number data-label={words.counts.repeats}>
        {formatNumber(repeats)}
      </td>
      <td data-number data-label={words.counts.refused}>
        {formatNumber(refused)}
      </td>
      <td data-label={words.state} title={state === words.broken ? words.goOn : undefined}>
        <span className={classes.state} data-broken={state === words.broken || undefined}>
          {state}
        </span>
      </td>
    </tr>
  )
}
