import { useMemo } from 'react'
import { ChartPanel } from '../chart/chart-panel.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { OWN_ZONE } from '../people/use-names.ts'
import { useFresh } from '../reach/use-fresh.ts'
import classes from './integrations.module.css'
import { prepareActivity } from './prepare-activity.ts'
import { activityQuery } from './requests.ts'
import { words } from './words.ts'

/** How much came, and how much of it was refused. */
export function ActivityPanels({ id }: { readonly id: string }) {
  const query = useFresh(activityQuery(id))
  const state = panelStateOf(query)
  const activity = useMemo(() => query.data && prepareActivity(query.data, OWN_ZONE), [query.data])
  const figures =
    activity === undefined
      ? []
      : ([
          [words.counts.all, activity.all],
          [words.counts.taken, activity.taken],
          [words.counts.refused, activity.refused],
          [words.counts.share, activity.share],
          [words.counts.took, activity.took],
        ] as const)
  const none = { title: words.noneInWeek, why: words.noneInWeekWhy }
  return (
    <>
      <Panel id="figures" title={words.figures} state={state} skeleton="tiles">
        <dl className={classes.counts}>
          {figures.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value === '' ? '–' : value}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <div className={classes.two}>
        <ChartPanel
          id="rates"
          title={words.rateTitle}
          state={state}
          spec={activity?.rates ?? undefined}
          empty={activity?.rates === null ? none : undefined}
        />
        <ChartPanel
          id="errors"
          title={words.errorTitle}
          state={state}
          spec={activity?.errors ?? undefined}
          empty={activity?.errors === null ? { title: words.noneRefused, why: words.noneRefusedWhy } : undefined}
        />
      </div>
    </>
  )
}
