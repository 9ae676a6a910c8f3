import { type ReactNode, useId } from 'react'
import { CardBoundary } from '../frame/card-boundary.tsx'
import { useConnectionWords } from '../frame/connection-status.tsx'
import { useHears } from '../reach/live.tsx'
import { useNow } from '../reach/use-now.ts'
import classes from './panel.module.css'
import type { PanelState } from './panel-state.ts'
import { words } from './words.ts'

/** The shape of what comes. */
type Skeleton = 'chart' | 'table' | 'tiles' | 'lines'

export type PanelProps = {
  readonly id: string
  readonly title: string
  /** What it is about, in a few words beside the title: unit, span, zone. */
  readonly about?: ReactNode
  /** Buttons at the end of the heading. */
  readonly actions?: ReactNode
  /** Absent: it is there. */
  readonly state?: PanelState
  /** There is nothing to show: what will be here, why not yet, one button. */
  readonly empty?: { readonly title: string; readonly why: string; readonly action?: ReactNode } | undefined
  readonly skeleton?: Skeleton
  /** Its content reaches the edges: a table. */
  readonly flush?: boolean
  /** Of the page's grid. */
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** A part of a page, on a card of its own, in whatever state it is. One that fails leaves the others standing. */
export function Panel({
  id,
  title,
  about,
  actions,
  state,
  empty,
  skeleton = 'lines',
  flush,
  className,
  children,
}: PanelProps) {
  const heading = useId()
  const ready = state === undefined || state.is === 'ready'
  return (
    <section
      id={id}
      className={`${classes.panel} ${className ?? ''}`}
      aria-labelledby={heading}
      data-state={state?.is ?? 'ready'}
    >
      <header className={classes.head}>
        <div className={classes.titles}>
          <h2 id={heading}>{title}</h2>
          {about !== undefined && <p className={classes.about}>{about}</p>}
          {state?.is === 'ready' && <Age at={state.at} />}
        </div>
        {ready && actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={classes.body} data-flush={flush || undefined}>
        <CardBoundary name={title} inPanel>
          {state === undefined || state.is === 'ready' ? (
            empty === undefined ? (
              children
            ) : (
              <Said title={empty.title} why={empty.why}>
                {empty.action}
              </Said>
            )
          ) : (
            <NotReady state={state} title={title} skeleton={skeleton} />
          )}
        </CardBoundary>
      </div>
    </section>
  )
}

type NotReadyProps = {
  readonly state: Exclude<PanelState, { is: 'ready' }>
  readonly title: string
  readonly skeleton: Skeleton
}

function NotReady({ state, title, skeleton }: NotReadyProps) {
  if (state.is === 'loading') return <Bones shape={skeleton} />
  if (state.is === 'refused') return <Said title={words.cannotBeShown(title)} why={words.notAllowed} />
  return (
    <Said title={words.cannotBeShown(title)} why={`${state.why}. ${words.byItself}`} alert>
      <button type="button" className={classes.button} onClick={state.again}>
        {words.tryAgain}
      </button>
    </Said>
  )
}

type SaidProps = {
  readonly title: string
  readonly why: string
  readonly alert?: boolean
  readonly children?: ReactNode
}

const Said = ({ title, why, alert = false, children }: SaidProps) => (
  <div className={classes.said} role={alert ? 'alert' : undefined}>
    <p className={classes.saidTitle}>{title}</p>
    <p>{why}</p>
    {children}
  </div>
)

/** Without the live connection: how old it is. Beside figures that are live it says nothing. */
function Age({ at }: { readonly at: number }) {
  const { stale } = useConnectionWords()
  const hears = useHears()
  const now = useNow()
  return hears && stale ? <p className={classes.age}>{words.asOld(Math.max(0, now - at))}</p> : null
}

const BONES: Readonly<Record<Skeleton, number>> = { chart: 1, table: 8, tiles: 6, lines: 5 }

/** Not at once: what comes soon does not flicker. */
const Bones = ({ shape }: { readonly shape: Skeleton }) => (
  <div className={classes.bones} data-shape={shape} role="status" aria-label={words.loading}>
    {Array.from({ length: BONES[shape] }, (_, bone) => bone).map((bone) => (
      <span key={bone} className={classes.bone} />
    ))}
  </div>
)
