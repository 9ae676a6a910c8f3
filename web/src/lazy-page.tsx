import { type ComponentType, lazy } from 'react'
import classes from './frame/card-boundary.module.css'

/** A page whose code is loaded when it is opened. One that does not come says so, and is asked for again with the page. */
export const lazyPage = (load: () => Promise<ComponentType>): ComponentType =>
  lazy(async () => ({ default: await load().catch(() => NotLoaded) }))

/** A page that was open while the engine was replaced asks for files that are no more. */
function NotLoaded() {
  return (
    <section className={classes.card} role="alert">
      <p>This page could not be loaded: the engine was replaced meanwhile, or cannot be reached.</p>
      <button type="button" className={classes.again} onClick={() => location.reload()}>
        Load it again
      </button>
    </section>
  )
}
