import { useState } from 'react'
import { Sheet } from '../frame/sheet.tsx'
import { FilterIcon } from '../icons.tsx'
import { lazyPart } from '../lazy-part.tsx'
import classes from './scope-bar.module.css'
import { useScope } from './use-scope.ts'
import { words } from './words.ts'

export const ScopeControls = lazyPart(async () => (await import('./scope-controls.tsx')).ScopeControls)

/** What the figures of the page are about, and the way to change it. On a phone it is a line that opens a sheet. */
export function ScopeBar() {
  const { scope, span } = useScope()
  const [opened, setOpened] = useState(false)
  const about = scope.store ?? scope.region ?? scope.category ?? words.everything
  return (
    <section className={classes.bar} aria-label={words.bar}>
      <div className={classes.wide}>
        <ScopeControls />
      </div>
      <button type="button" className={classes.narrow} onClick={() => setOpened(true)} aria-haspopup="dialog">
        <FilterIcon />
        <span>
          {span.label} · {about}
        </span>
        <span className={classes.compared}>{words.shortComparison(scope.period, scope.compare)}</span>
      </button>
      <Sheet opened={opened} onClose={() => setOpened(false)} title={words.sheet} closeLabel={words.done}>
        <div className={classes.stacked}>
          <ScopeControls stacked />
          <button type="button" className={classes.done} onClick={() => setOpened(false)}>
            {words.done}
          </button>
        </div>
      </Sheet>
    </section>
  )
}
