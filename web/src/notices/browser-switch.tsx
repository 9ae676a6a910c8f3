import { Switch } from '@mantine/core'
import { useMay } from '../people/account-context.ts'
import { switchBrowserNotices, useBrowserNotices } from './browser-notices.ts'
import classes from './notices-page.module.css'
import { words } from './words.ts'

/** Of this browser alone, and at once: nothing of it is kept by the engine. The browser asks for itself. */
export function BrowserSwitch() {
  const state = useBrowserNotices()
  const seesAlerts = useMay('figures:read')
  if (!seesAlerts) return null
  const why = state === 'denied' ? words.browserDenied : state === 'none' ? words.browserNone : words.browserMeans
  return (
    <div className={classes.way}>
      <Switch
        label={words.inBrowser}
        description={why}
        checked={state === 'on'}
        disabled={state === 'denied' || state === 'none'}
        onChange={(event) => void switchBrowserNotices(event.currentTarget.checked)}
      />
    </div>
  )
}
