import type { ReactNode } from 'react'
import classes from './page-body.module.css'

type Props = { readonly title: string; readonly about: string; readonly children: ReactNode }

/** A page with its heading, and below each other what is on it. */
export const PageBody = ({ title, about, children }: Props) => (
  <div className={classes.page}>
    <header className={classes.head}>
      <h1>{title}</h1>
      <p>{about}</p>
    </header>
    {children}
  </div>
)
