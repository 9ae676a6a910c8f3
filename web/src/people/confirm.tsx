import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Dialog } from './dialog.tsx'
import classes from './people.module.css'
import { messageOf } from './prepare-refusal.ts'
import { words } from './words.ts'

type Props = {
  readonly title: string
  /** What the button does, in a verb. */
  readonly does: string
  readonly run: () => Promise<unknown>
  readonly onDone: () => unknown
  readonly onClose: () => void
  /** What happens then, and what stays. */
  readonly children: ReactNode
}

/** Asks before something that cannot be taken back. */
export function Confirm({ title, does, run, onDone, onClose, children }: Props) {
  const { mutate, isPending, error } = useMutation({ mutationFn: run, onSuccess: () => void onDone() })
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={classes.prose}>{children}</div>
      {error !== null && (
        <p className={classes.refusal} role="alert">
          {words.nothingChanged(messageOf(error))}
        </p>
      )}
      <div className={classes.actions}>
        <button type="button" className={classes.grave} disabled={isPending} onClick={() => mutate()}>
          {does}
        </button>
        <button type="button" className={classes.secondary} onClick={onClose} data-autofocus>
          {words.leaveIt}
        </button>
      </div>
    </Dialog>
  )
}
