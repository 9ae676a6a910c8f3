import { SegmentedControl } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { z } from 'zod/mini'
import { ChartPanel } from '../chart/chart-panel.tsx'
import { timeSpecOf } from '../chart/series-spec.ts'
import classes from '../chart/split-page.module.css'
import { splitSpecOf } from '../chart/split-spec.ts'
import { PageBody } from '../frame/page-body.tsx'
import { usePageState } from '../frame/page-state.ts'
import { panelStateOf } from '../panel/panel-state.ts'
import { itemPath, storePath } from '../paths.ts'
import { MeasureChoice } from './measure-choice.tsx'
import { isQuiet, prepareHeatMap } from './prepare-heat-map.ts'
import { ProductsPanel } from './products-panel.tsx'
import { SALES_MEASURES } from './sales-measure.ts'
import { heatDays, type NotAsked, type Split } from './sales-questions.ts'
import { sayNotAsked } from './say-not-asked.tsx'
import { useAsked, useHours, useOverTime, useSplit } from './use-sales.ts'
import { words } from './words.ts'

/** What is told apart beside the products, which have a panel of their own. */
const SHOWN = ['category', 'store', 'region', 'channel'] as const
const FIELDS = { measure: z._default(z.enum(SALES_MEASURES), 'net'), by: z._default(z.enum(SHOWN), 'category') }

/** What is sold, by what and when. */
export function SalesPage() {
  const [{ measure, by }, change] = usePageState(FIELDS)
  const used = useAsked(measure)
  return (
    <PageBody title={words.page} about={`${used.span.label}, ${used.span.timeZone}`} live>
      <MeasureChoice used={used} measure={measure} onChoose={(next) => change({ measure: next })} />
      <div className={classes.two}>
        <ByProduct used={used} />
        <BySplit used={used} split={by} onSplit={(next) => change({ by: next })} />
      </div>
      <Hours used={used} />
      <ProductsPanel used={used} />
    </PageBody>
  )
}

type Used = ReturnType<typeof useAsked>

/** Over time where that is kept; of today in some stores, all of it as bars. */
function ByProduct({ used }: { readonly used: Used }) {
  const overTime = useOverTime(used)
  return overTime === undefined ? <SplitPanel used={used} split="product" /> : <OverTime used={used} asked={overTime} />
}

function OverTime({
  used,
  asked,
}: {
  readonly used: Used
  readonly asked: NonNullable<ReturnType<typeof useOverTime>>
}) {
  const { data } = asked
  const { measure } = used.asked
  const { label } = used.span
  const spec = useMemo(
    () =>
      data &&
      timeSpecOf(data, {
        title: words.overTime(measure),
        span: label,
        name: words.measures[measure],
        adds: true,
        draw: 'area',
        stack: true,
      }),
    [data, measure, label],
  )
  return (
    <ChartPanel
      id="products-over-time"
      title={words.overTime(measure)}
      spec={spec}
      state={panelStateOf(asked)}
      empty={data?.series.length === 0 ? nothing : undefined}
      height="fill"
    />
  )
}

type SplitProps = { readonly used: Used; readonly split: Split; readonly actions?: ReactNode }

function SplitPanel({ used, split, actions }: SplitProps) {
  const { why, now, before } = useSplit(used, split)
  const { measure } = used.asked
  const { label } = used.span
  const than = used.earlier?.label ?? ''
  const title = words.splitTitle(measure, split)
  const spec = useMemo(
    () => now.data && splitSpecOf(now.data, before, { title, span: label, than, ...wordsOf(split) }),
    [now.data, before, title, split, label, than],
  )
  const empty = why !== undefined ? sayNotAsked(why, used) : spec?.rows.length === 0 ? nothing : undefined
  return (
    <ChartPanel
      id={`by-${split}`}
      title={title}
      spec={why === undefined ? spec : undefined}
      {...(why === undefined && { state: panelStateOf(now) })}
      empty={empty}
      actions={actions}
    />
  )
}

function wordsOf(split: Split) {
  const of = words.things[split]
  if (split === 'product') return { of, colourful: true, pageOf: itemPath }
  if (split === 'store') return { of, colourful: true, pageOf: storePath }
  return split === 'channel' ? { of, nameOf: words.channel } : { of }
}

type BySplitProps = {
  readonly used: Used
  readonly split: (typeof SHOWN)[number]
  readonly onSplit: (split: (typeof SHOWN)[number]) => void
}

function BySplit({ used, split, onSplit }: BySplitProps) {
  return (
    <div className={classes.splits}>
      <SegmentedControl
        aria-label={words.splits}
        size="xs"
        fullWidth
        data={SHOWN.map((value) => ({ value, label: words.things[value] }))}
        value={split}
        onChange={(value) => onSplit(value as (typeof SHOWN)[number])}
      />
      <SplitPanel key={split} used={used} split={split} />
    </div>
  )
}

function Hours({ used }: { readonly used: Used }) {
  const hours = useHours(used)
  const { measure } = used.asked
  const { span } = used
  const title = words.heatTitle(measure)
  const days = heatDays(span)
  const told = words.heatSpan(days, days === span.days ? span.label : '')
  const data = hours?.data
  const spec = useMemo(() => data && prepareHeatMap(data, { title, span: told }), [data, title, told])
  const why: NotAsked = measure === 'orders' ? 'orders-of-product' : 'only-today'
  const state = hours && panelStateOf(hours)
  return (
    <ChartPanel
      id="hours"
      title={title}
      spec={spec}
      {...(state && { state })}
      empty={hours === undefined ? sayNotAsked(why, used) : spec && isQuiet(spec) ? words.heatQuiet : undefined}
      about={spec && `${told}, ${span.timeZone}`}
      height={240}
    />
  )
}

const nothing = { title: words.nothingTitle, why: words.nothingWhy }
