import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { formatNumber } from '../format/format-number.ts'
import { CloseIcon, DoneIcon, UndoIcon, WarningIcon } from '../icons.tsx'
import { ChangeDialog, type Changed, type ToChange } from './change-dialog.tsx'
import classes from './inventory.module.css'
import { oppositeOf } from './prepare-change.ts'
import { changeStock } from './stock-queries.ts'
import { words } from './words.ts'

type Done = Changed & { readonly product: string; readonly store: string }

/**
 * Changing stock from a page: `open` asks what happened, `said` says what came of it and takes it back, and stands where
 * the page wants it; `dialog` stands anywhere.
 */
export function useStockChanges(storeNames: ReadonlyMap<string, string>): {
  readonly open: (about: ToChange) => void
  readonly said: ReactNode
  readonly dialog: ReactNode
} {
  const [about, setAbout] = useState<ToChange>()
  const [done, setDone] = useState<Done>()
  const dialog = about && (
    <ChangeDialog
      about={about}
      storeNames={storeNames}
      onClose={() => setAbout(undefined)}
      onDone={(changed) => {
        const { storeId } = changed.change
        setAbout(undefined)
        setDone({ ...changed, product: about.product, store: storeNames.get(storeId) ?? storeId })
      }}
    />
  )
  const said = (
    <div role="status">{done && <Said key={done.eventId} done={done} onDismiss={() => setDone(undefined)} />}</div>
  )
  return { open: setAbout, dialog, said }
}

function Said({ done, onDismiss }: { readonly done: Done; readonly onDismiss: () => void }) {
  const { change, before, after, product, store, eventId } = done
  const opposite = oppositeOf(change, before, after, words.undoNote(eventId))
  const { mutate, status, error } = useMutation({
    // One change is taken back once, however often somebody presses.
    mutationFn: async () => opposite && (await changeStock(opposite, `undo ${eventId}`)),
  })
  const text =
    status === 'success'
      ? words.undone(product, store)
      : status === 'error'
        ? words.notUndone(error.message)
        : words.done(product, store, before === null ? words.previewUnknown : formatNumber(before), formatNumber(after))
  return (
    <div className={classes.said} data-bad={status === 'error' || undefined}>
      {status === 'error' ? <WarningIcon size={16} /> : <DoneIcon size={16} />}
      <p>{text}</p>
      {opposite !== undefined && status !== 'success' && (
        <button type="button" className={classes.quiet} disabled={status === 'pending'} onClick={() => mutate()}>
          <UndoIcon size={16} />
          {words.undo}
        </button>
      )}
      <button type="button" className={classes.quiet} aria-label={words.dismiss} onClick={onDismiss}>
        <CloseIcon size={16} />
      </button>
    </div>
  )
}
