import { type ComponentType, use } from 'react'
import classes from './frame/card-boundary.module.css'
import { words } from './frame/words.ts'

/** A component whose code comes when it is first drawn, or before. */
export type LazyPart<Props> = ComponentType<Props> & {
  /** Whether it came: one that did not is asked for again when it is drawn. */
  readonly preload: () => Promise<boolean>
}

/**
 * Once its code is there it is drawn at once. React's own `lazy` shows the fallback first even then, and keeps it for 300 ms.
 * `instead`: what is drawn where the code does not come; else that is an error.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  instead?: ComponentType<Props>,
): LazyPart<Props> {
  let loaded: ComponentType<Props> | undefined
  let drawing: Promise<ComponentType<Props>> | undefined
  const arrive = () =>
    load().then((it) => {
      loaded = it
      return it
    })
  const preload = () =>
    arrive().then(
      () => true,
      () => false,
    )
  // biome-ignore lint/correctness/noComponentHookFactories: called once at the top of a module, as React's own `lazy` is
  function Part(props: Props) {
    if (loaded === undefined) drawing ??= instead === undefined ? arrive() : arrive().catch(() => instead)
    const Loaded = loaded ?? use(drawing!)
    return <Loaded {...props} />
  }
  return Object.assign(Part, { preload })
}

/** A page whose code is loaded when it is opened. One that does not come says so, and is asked for again with the page. */
export const lazyPage = (load: () => Promise<ComponentType>): LazyPart<object> => lazyPart(load, NotLoaded)

/** A page that was open while the engine was replaced asks for files that are no more. */
function NotLoaded() {
  return (
    <section className={classes.card} role="alert">
      <p>{words.notLoaded}</p>
      <button type="button" className={classes.again} onClick={() => location.reload()}>
        {words.loadAgain}
      </button>
    </section>
  )
}
