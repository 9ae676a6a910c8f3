import { formatNumber } from '../format/format-number.ts'
import { WarningIcon } from '../icons.tsx'
import { useNow } from '../reach/use-now.ts'
import classes from './alerts-page.module.css'
import type { Held, HeldAcknowledgements } from './held-acknowledgements.ts'
import { words } from './words.ts'

type Props = { readonly held: Held; readonly acknowledgements: HeldAcknowledgements }

/** Under the page, while something can be taken back or was not taken. */
export function UndoBar({ held, acknowledgements }: Props) {
  const now = useNow()
  const { undoable, untilMs, failed, problem } = held
  const seconds = untilMs === null ? 0 : Math.max(0, Math.ceil((untilMs - Math.max(now, untilMs - 5000)) / 1000))
  return (
    <div className={classes.undoPlace}>
      <div role="status">
        {undoable > 0 && (
          <div className={classes.undo}>
            <p>{words.undoable(undoable, formatNumber(undoable), formatNumber(seconds))}</p>
            <button type="button" className={classes.button} onClick={acknowledgements.undo}>
              {words.undo}
            </button>
          </div>
        )}
      </div>
      <div role="alert">
        {problem !== null && failed.size > 0 && (
          <div className={classes.undo} data-bad>
            <WarningIcon />
            <p>{words.notTaken(failed.size, formatNumber(failed.size), problem)}</p>
            <button type="button" className={classes.button} onClick={() => acknowledgements.add([...failed])}>
              {words.tryAgain}
            </button>
            <button type="button" className={classes.quiet} onClick={acknowledgements.forget}>
              {words.dismiss}
            </button>
          </div>
        )}
      </div>
    </div>
  )
}
