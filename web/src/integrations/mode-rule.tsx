import { useQuery } from '@tanstack/react-query'
import { WarningIcon } from '../icons.tsx'
import { metricsQuery, standingQuery } from '../reach/queries.ts'
import classes from './integrations.module.css'
import { words } from './words.ts'

/** While a simulator sells: what ends it. */
export function ModeRule() {
  const { data: standing } = useQuery(standingQuery)
  const { data: metrics } = useQuery({ ...metricsQuery, enabled: false })
  if ((standing?.mode ?? metrics?.mode) !== 'mock') return null
  return (
    <div className={classes.note}>
      <WarningIcon />
      <div>
        <p className={classes.strong}>{words.mockTitle}</p>
        <p>{words.mockWhy}</p>
      </div>
    </div>
  )
}
