import type { PanelProps } from '../panel/panel.tsx'
import type { NotKept } from './kept.ts'
import classes from './scope-bar.module.css'
import type { useScope } from './use-scope.ts'
import { words } from './words.ts'

/** What a panel says in place of a figure that is not kept, and what to look at in its stead. */
export function sayNotKept(
  why: NotKept,
  { change, span }: Pick<ReturnType<typeof useScope>, 'change' | 'span'>,
): NonNullable<PanelProps['empty']> {
  const said = words.notKept[why]
  if (why === 'category-by-store' || span.isToday) return said
  const action = (
    <button type="button" className={classes.elsewhere} onClick={() => change({ period: 'today' })}>
      {words.showToday}
    </button>
  )
  return { ...said, action }
}
