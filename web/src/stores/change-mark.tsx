import type { Change } from '../format/format-change.ts'
import { DownIcon, SameIcon, UpIcon } from '../icons.tsx'
import classes from './stores-page.module.css'

const ways = { up: UpIcon, down: DownIcon, same: SameIcon } as const

/** A change with its way and what it is for the merchant. */
export function ChangeMark({ change }: { readonly change: Change | null }) {
  if (change === null) return <span className={classes.nothing}>—</span>
  const Way = ways[change.way]
  return (
    <span className={classes.change} data-verdict={change.verdict ?? undefined}>
      <Way size={12} />
      {change.text}
    </span>
  )
}
