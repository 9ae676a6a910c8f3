import { SegmentedControl } from '@mantine/core'
import { useMemo } from 'react'
import { z } from 'zod/mini'
import { ChartPanel } from '../chart/chart-panel.tsx'
import { timeSpecOf } from '../chart/series-spec.ts'
import classes from '../chart/split-page.module.css'
import { splitSpecOf } from '../chart/split-spec.ts'
import { PageBody } from '../frame/page-body.tsx'
import { usePageState } from '../frame/page-state.ts'
import { panelStateOf } from '../panel/panel-state.ts'
import { itemPath, storePath } from '../paths.ts'
import { sayNotKept } from '../scope/say-not-kept.tsx'
import { RefundList } from './refund-list.tsx'
import { Statistics, Tiles } from './statistics.tsx'
import { type Used, useAsked, useFigures, useOverTime, useSplit } from './use-refunds.ts'
import { MEASURES, type RefundSplit, SPLITS, words } from './words.ts'

const FIELDS = { measure: z._default(z.enum(MEASURES), 'amount'), by: z._default(z.enum(SPLITS), 'product') }

/** What is given back, why, of what, and how long after it was sold. */
export function RefundsPage() {
  const [{ measure, by }, change] = usePageState(FIELDS)
  const used = useAsked(measure)
  const figures = useFigures(used)
  return (
    <PageBody
      title={words.page}
      about={`${used.span.label}, ${used.span.timeZone}`}
      beside={
        <SegmentedControl
          className={classes.measure!}
          aria-label={words.measure}
          size="xs"
          data={MEASURES.map((value) => ({ value, label: words.measureChoice[value] }))}
          value={measure}
          onChange={(value) => change({ measure: value as (typeof MEASURES)[number] })}
        />
      }
      live
    >
      <Tiles used={used} figures={figures} />
      <div className={classes.two}>
        <OverTime used={used} />
        <ByThing used={used} by="reason" />
      </div>
      <div className={classes.two}>
        <Statistics used={used} figures={figures} />
        <div className={classes.splits}>
          <SegmentedControl
            aria-label={words.splits}
            size="xs"
            fullWidth
            data={SPLITS.map((value) => ({ value, label: words.things[value] }))}
            value={by}
            onChange={(value) => change({ by: value as RefundSplit })}
          />
          <ByThing key={by} used={used} by={by} />
        </div>
      </div>
      <RefundList used={used} />
    </PageBody>
  )
}

const NOTHING = { title: words.nothingTitle, why: words.nothingWhy }

function OverTime({ used }: { readonly used: Used }) {
  const asked = useOverTime(used)
  const { measure } = used
  const { label } = used.span
  const title = words.overTime(measure)
  const data = asked?.data
  const spec = useMemo(() => {
    if (data === undefined) return undefined
    const named = { ...data, series: data.series.map((line) => ({ ...line, label: words.reason(line.key) })) }
    return timeSpecOf(named, { title, span: label, name: title, adds: true, stack: true })
  }, [data, title, label])
  const empty = asked === undefined ? sayNotKept('only-today', used) : data?.series.length === 0 ? NOTHING : undefined
  return (
    <ChartPanel
      id="over-time"
      title={title}
      spec={spec}
      {...(asked && { state: panelStateOf(asked) })}
      empty={empty}
      height={280}
    />
  )
}

function ByThing({ used, by }: { readonly used: Used; readonly by: RefundSplit | 'reason' }) {
  const { why, now, before } = useSplit(used, by)
  const { measure } = used
  const { label } = used.span
  const than = used.earlier?.label ?? ''
  const title = by === 'reason' ? words.byReason(measure) : words.by(measure, by)
  const spec = useMemo(
    () => now.data && splitSpecOf(now.data, before, { title, span: label, than, good: 'down', ...wordsOf(by) }),
    [now.data, before, title, label, than, by],
  )
  return (
    <ChartPanel
      id={`by-${by}`}
      title={title}
      spec={why === undefined ? spec : undefined}
      {...(why === undefined && { state: panelStateOf(now) })}
      empty={why !== undefined ? sayNotKept(why, used) : isNothing(spec) ? NOTHING : undefined}
    />
  )
}

const isNothing = (spec: { readonly rows: readonly { readonly value: number | null }[] } | undefined): boolean =>
  spec?.rows.every(({ value }) => value === 0) === true

function wordsOf(by: RefundSplit | 'reason') {
  if (by === 'reason') return { of: words.reasonOf, nameOf: words.reason, colourful: true }
  const of = words.things[by]
  if (by === 'product') return { of, pageOf: itemPath, colourful: true }
  return by === 'store' ? { of, pageOf: storePath, colourful: true } : { of }
}
