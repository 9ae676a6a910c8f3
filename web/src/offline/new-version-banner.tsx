import { useState } from 'react'
import { DownloadIcon } from '../icons.tsx'
import classes from './new-version-banner.module.css'
import { useNewVersion } from './use-new-version.ts'
import { words } from './words.ts'

/** An open page that is older than the engine says so, and is never loaded anew by itself. */
export function NewVersionBanner() {
  const isThere = useNewVersion()
  const [later, setLater] = useState(false)
  if (!isThere || later) return null
  return (
    <section className={classes.banner} aria-label={words.region} role="status">
      <DownloadIcon size={18} />
      <p>
        <strong>{words.isThere}</strong> {words.nothingLost}
      </p>
      <button type="button" className={classes.button} onClick={() => location.reload()}>
        {words.load}
      </button>
      <button type="button" className={classes.button} onClick={() => setLater(true)}>
        {words.later}
      </button>
    </section>
  )
}
