import classes from './people.module.css'
import { messageOf } from './prepare-refusal.ts'

/** In the shape of what comes, and not at once. */
export const Loading = ({ rows }: { readonly rows: number }) => (
  <div className={classes.loading} role="status" aria-label="Loading">
    {Array.from({ length: rows }, (_, row) => row).map((row) => (
      <span key={row} className={classes.bone} />
    ))}
  </div>
)

type NotShownProps = { readonly what: string; readonly error: unknown; readonly again: () => void }

export const NotShown = ({ what, error, again }: NotShownProps) => (
  <div className={classes.refusal} role="alert">
    <p>
      {what} cannot be shown: {messageOf(error)}.
    </p>
    <button type="button" className={classes.secondary} onClick={again}>
      Try again
    </button>
  </div>
)
