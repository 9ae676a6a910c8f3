import type { ComponentType } from 'react'
import { CriticalIcon, DoneIcon, type IconProps, PlayIcon, SameIcon, WaitingIcon } from '../icons.tsx'
import { type StateStatus, stateWord } from './prepare-run.ts'
import classes from './runs.module.css'

const ICONS: Readonly<Record<StateStatus, ComponentType<IconProps>>> = {
  waiting: WaitingIcon,
  running: PlayIcon,
  succeeded: DoneIcon,
  failed: CriticalIcon,
  'not-reached': SameIcon,
}

export function StatusMark({ status }: { readonly status: StateStatus }) {
  const Icon = ICONS[status]
  return (
    <span className={classes.status} data-status={status}>
      <Icon size={14} /> {stateWord(status)}
    </span>
  )
}
