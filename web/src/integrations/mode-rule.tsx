import { WarningIcon } from '../icons.tsx'
import { useIsMock } from '../reach/use-is-mock.ts'
import classes from './integrations.module.css'
import { words } from './words.ts'

/** While a simulator sells: what ends it. */
export function ModeRule() {
  if (!useIsMock()) return null
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
