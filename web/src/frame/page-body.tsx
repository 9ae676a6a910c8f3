import type { ComponentProps, ReactNode } from 'react'
import { StaleBanner, useConnectionWords } from './connection-status.tsx'
import classes from './page-body.module.css'

type Props = {
  readonly title: string
  readonly about: ReactNode
  /** In the header, after the heading and what it is about. */
  readonly beside?: ReactNode
  /** Its figures are of now: while they are not, it says so and turns grey. */
  readonly live?: boolean
  /** For what is read and filled in rather than compared. */
  readonly narrow?: boolean
  readonly children: ReactNode
}

/** A page with its heading, and below each other what is on it. */
export function PageBody({ title, about, beside, live, narrow, children }: Props) {
  const Column = live ? LiveColumn : PageColumn
  return (
    <Column data-narrow={narrow}>
      <header className={classes.head}>
        <h1>{title}</h1>
        <p>{about}</p>
        {beside}
      </header>
      {children}
    </Column>
  )
}

/** The column alone, for what has no heading. */
export const PageColumn = (props: ComponentProps<'div'>) => <div {...props} className={classes.page} />

function LiveColumn({ children, ...rest }: ComponentProps<'div'>) {
  const { stale } = useConnectionWords()
  return (
    <PageColumn {...rest} data-stale={stale || undefined}>
      <StaleBanner />
      {children}
    </PageColumn>
  )
}
