import type { ReactNode } from 'react'
import { Mark } from '../icons.tsx'
import { usePageTitle } from './use-page-title.ts'
import classes from './whole-page.module.css'
import { words } from './words.ts'

type Props = {
  readonly title: string
  /** The frame stands around it. */
  readonly inFrame?: boolean
  readonly children: ReactNode
}

/** A page that stands alone, because there is nothing to show around it. */
export function WholePage({ title, inFrame = false, children }: Props) {
  usePageTitle(title)
  const Around = inFrame ? 'div' : 'main'
  return (
    <Around className={classes.page} data-in-frame={inFrame || undefined}>
      <div className={classes.box}>
        {!inFrame && (
          <p className={classes.product}>
            <Mark /> {words.product}
          </p>
        )}
        <h1>{title}</h1>
        {children}
      </div>
    </Around>
  )
}

/** `again`: asks once more. */
export function TryAgain({ again, busy }: { readonly again: () => void; readonly busy: boolean }) {
  return (
    <button type="button" className={classes.button} onClick={again} disabled={busy}>
      {busy ? words.trying : words.tryAgain}
    </button>
  )
}
