import type { ReactNode } from 'react'
import { Mark } from '../icons.tsx'
import { usePageTitle } from './use-page-title.ts'
import classes from './whole-page.module.css'

type Props = { readonly title: string; readonly children: ReactNode }

/** A page that stands alone, because there is nothing to show around it. */
export function WholePage({ title, children }: Props) {
  usePageTitle(title)
  return (
    <main className={classes.page}>
      <div className={classes.box}>
        <p className={classes.product}>
          <Mark /> Counterflow
        </p>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  )
}

/** `again`: asks once more. */
export function TryAgain({ again, busy }: { readonly again: () => void; readonly busy: boolean }) {
  return (
    <button type="button" className={classes.button} onClick={again} disabled={busy}>
      {busy ? 'Trying…' : 'Try again'}
    </button>
  )
}
