import { useState } from 'react'
import { Sheet } from '../frame/sheet.tsx'
import { FilterIcon } from '../icons.tsx'
import { lazyPart } from '../lazy-part.tsx'
import classes from './scope-bar.module.css'
import { type ScopeOf, useScope } from './use-scope.ts'
import { words } from './words.ts'

export const ScopeControls = lazyPart(async () => (await import('./scope-controls.tsx')).ScopeControls)

/** What the page is about, and the way to change it. On a phone it is a line that opens a sheet. `of`: what the page shows. */
export function ScopeBar({ of }: { readonly of: ScopeOf }) {
  const { scope, span } = useScope('rows')
  const shown = useScope(of)
  const [opened, setOpened] = useState(false)
  const parts = [scope.store ?? scope.region, scope.category].filter((part) => part !== undefined)
  const about = parts.length === 0 ? words.everything : parts.join(' · ')
  const isLeftOut = scope.category !== undefined && shown.scope.category === undefined
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
      {isLeftOut && <p className={classes.note}>{words.allCategories(scope.category!)}</p>}
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
