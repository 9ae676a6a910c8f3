import { Button } from '@mantine/core'
import type { QualityAnswer } from '#core/api/quality.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatMoment } from '../format/format-time.ts'
import { Panel } from '../panel/panel.tsx'
import type { PanelState } from '../panel/panel-state.ts'
import { useMay } from '../people/account-context.ts'
import classes from './quality.module.css'
import { words } from './words.ts'

export type Unlisted = { readonly kind: 'product' | 'store'; readonly id: string }
type Props = {
  readonly state: PanelState
  readonly quality: QualityAnswer | undefined
  readonly onComplete: (it: Unlisted) => void
  readonly nowMs: number
  readonly timeZone: string
}

/** What is in no listing, and so under no category or region. */
export function UnlistedPanel({ state, quality, onComplete, nowMs, timeZone }: Props) {
  const may = useMay('events:send')
  const products = quality?.unlistedProducts
  const stores = quality?.unlistedStores
  const isNone = products?.count === 0 && stores?.count === 0
  const list = (kind: Unlisted['kind'], of: QualityAnswer['unlistedProducts'] | undefined) =>
    of === undefined || of.count === 0 ? null : (
      <section aria-label={kind === 'product' ? words.unlisted.products : words.unlisted.stores}>
        <h3 className={classes.listHead}>
          {kind === 'product' ? words.unlisted.products : words.unlisted.stores}{' '}
          <span className={classes.light}>{formatNumber(of.count)}</span>
        </h3>
        <ul className={classes.unlisted}>
          {of.first.map(({ id, since }) => (
            <li key={id}>
              <span className={classes.unlistedId}>{id}</span>
              <time className={classes.light} dateTime={since}>
                {words.unlisted.since(formatMoment(Date.parse(since), nowMs, timeZone))}
              </time>
              {may && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  className={classes.complete!}
                  aria-label={words.unlisted.completeIt(id)}
                  onClick={() => onComplete({ kind, id })}
                >
                  {words.unlisted.complete}
                </Button>
              )}
            </li>
          ))}
        </ul>
        {of.count > of.first.length && (
          <p className={classes.note}>{words.unlisted.rest(formatNumber(of.count - of.first.length))}</p>
        )}
      </section>
    )
  return (
    <Panel
      id="unlisted"
      title={words.unlisted.title}
      about={words.unlisted.about}
      state={state}
      empty={isNone ? words.unlisted.empty : undefined}
    >
      {list('store', stores)}
      {list('product', products)}
      {!may && <p className={classes.note}>{words.unlisted.mayNot}</p>}
    </Panel>
  )
}
