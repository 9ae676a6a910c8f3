import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ChartPanel } from '../chart/chart-panel.tsx'
import { dayText } from '../chart/day-bucket.ts'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { whySpec } from './prepare-forecast.ts'
import { whyQuery } from './requests.ts'
import { units, words } from './words.ts'

type Props = {
  readonly product: string
  readonly store: string | undefined
  /** Those that are forecast. */
  readonly days: readonly string[]
  readonly day: string | undefined
  readonly onDay: (day: string | undefined) => void
}

/** What one day's median is made of. */
export function WhyPanel({ product, store, days, day = days[0], onDay }: Props) {
  if (store === undefined || day === undefined || !days.includes(day))
    return (
      <Panel id="why" title={words.why} empty={{ title: words.whyPickTitle, why: words.whyPick }}>
        {null}
      </Panel>
    )
  return <Explained product={product} store={store} day={day} days={days} onDay={onDay} />
}

type ExplainedProps = Props & { readonly store: string; readonly day: string }

function Explained({ product, store, day, days, onDay }: ExplainedProps) {
  const answer = useQuery(whyQuery(product, store, day))
  const spec = useMemo(() => answer.data && whySpec(answer.data), [answer.data])
  const { reason, median } = answer.data ?? { reason: null, median: null }
  return (
    <ChartPanel
      id="why"
      title={words.why}
      state={panelStateOf(answer)}
      about={median === null ? undefined : words.whyAbout(dayText(day), units(median))}
      empty={reason === null ? undefined : { title: words.noWhy, why: reason }}
      spec={spec}
      actions={
        <Select
          aria-label={words.whyDay}
          size="xs"
          data={days.map((one) => ({ value: one, label: dayText(one) }))}
          value={day}
          allowDeselect={false}
          onChange={(next) => onDay(next ?? undefined)}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
      }
    />
  )
}
