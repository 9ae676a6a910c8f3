import { NativeSelect } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { NoticeLogItem, NoticeWebhookItem } from '#core/api/notices.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatMoment } from '../format/format-time.ts'
import { CriticalIcon, DoneIcon, WaitingIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { OWN_ZONE } from '../people/use-names.ts'
import { useNow } from '../reach/use-now.ts'
import classes from './notices-page.module.css'
import { deliveriesQuery, redeliver } from './requests.ts'
import { words } from './words.ts'

const LOOK_AGAIN_MS = 15_000
const MINUTE_MS = 60_000

/** Each attempt to reach oneself, or a webhook of the merchant. */
export function DeliveryLog({ webhooks }: { readonly webhooks: readonly NoticeWebhookItem[] }) {
  const [webhook, setWebhook] = useState('')
  const whose = webhooks.some(({ id }) => id === webhook) ? webhook : ''
  const asked = useInfiniteQuery({
    ...deliveriesQuery(whose),
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? LOOK_AGAIN_MS : false),
  })
  const lines = asked.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Panel
      id="deliveries"
      title={words.log}
      about={words.logAbout}
      state={panelStateOf(asked)}
      skeleton="table"
      flush={lines.length > 0}
      actions={
        webhooks.length > 0 && (
          <NativeSelect
            size="xs"
            aria-label={words.whose}
            value={whose}
            data={[
              { value: '', label: words.mine },
              ...webhooks.map(({ id, label }) => ({ value: id, label: words.ofWebhook(label) })),
            ]}
            onChange={(event) => setWebhook(event.currentTarget.value)}
          />
        )
      }
      empty={lines.length === 0 ? words.noLog : undefined}
    >
      <table className={classes.log}>
        <thead>
          <tr>
            <th scope="col">{words.columns.at}</th>
            <th scope="col">{words.columns.subject}</th>
            <th scope="col">{words.columns.channel}</th>
            <th scope="col">{words.columns.status}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line key={line.number} line={line} webhook={whose} />
          ))}
        </tbody>
      </table>
      {asked.hasNextPage && (
        <button
          type="button"
          className={classes.more}
          disabled={asked.isFetchingNextPage}
          onClick={() => void asked.fetchNextPage()}
        >
          {words.older}
        </button>
      )}
    </Panel>
  )
}

function Line({ line, webhook }: { readonly line: NoticeLogItem; readonly webhook: string }) {
  const client = useQueryClient()
  const nowMs = Math.floor(useNow() / MINUTE_MS) * MINUTE_MS
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => redeliver(line.number, webhook),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notices', 'deliveries', webhook] }),
  })
  const moment = formatMoment(Date.parse(line.at), nowMs, OWN_ZONE)
  const isGood = line.status === 'taken'
  const Icon = isGood ? DoneIcon : line.status === 'failed' ? WaitingIcon : CriticalIcon
  const details = [
    line.receiverStatus === null ? '' : words.answered(line.receiverStatus),
    line.attempt === 0 || line.status === 'refused' ? '' : words.lasted(formatNumber(Math.round(line.durationMs))),
    line.error ?? '',
    line.nextAt === null ? '' : words.nextTry(formatMoment(Date.parse(line.nextAt), nowMs, OWN_ZONE)),
  ].filter((part) => part !== '')
  const said = error !== null ? words.notSentAgain(error.message) : data === undefined ? '' : words.sentAgain(data)
  return (
    <tr>
      <td>
        <time dateTime={line.at}>{moment}</time>
      </td>
      <td>
        {line.subject} <span className={classes.light}>{words.kindName(line.kind)}</span>
      </td>
      <td>{words.channelOf(line.channel, line.way, line.attempt)}</td>
      <td>
        <span className={classes.status} data-tone={isGood ? 'good' : line.status === 'failed' ? 'waiting' : 'bad'}>
          <Icon /> {words.statusOf(line.status)}
        </span>
        <span className={classes.light}>{details.join(', ')}</span>
        <span role="status">{said}</span>
      </td>
      <td className={classes.again}>
        <button
          type="button"
          className={classes.button}
          disabled={isPending}
          aria-label={words.againOf(line.subject, moment)}
          onClick={() => mutate()}
        >
          {words.again}
        </button>
      </td>
    </tr>
  )
}
