import type { ItemAnswer } from '#core/api/item.ts'
import { DownIcon, SameIcon, UpIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import type { PanelState } from '../panel/panel-state.ts'
import classes from './item.module.css'
import { type PreparedWindow, prepareWindows, type WindowFigure } from './prepare-item.ts'
import { words } from './words.ts'

type Props = {
  readonly item: ItemAnswer | undefined
  readonly currency: string | null
  readonly state: PanelState
  readonly ofSomeStores: boolean
}

/** The last quarter of an hour, the day and the week, each figure beside what it was before. */
export function WindowsPanel({ item, currency, state, ofSomeStores }: Props) {
  return (
    <Panel id="windows" title={words.windows} state={state} skeleton="tiles" className={classes.wide}>
      {item && (
        <div className={classes.windows}>
          {prepareWindows(item, currency).map((window) => (
            <Window key={window.name} window={window} ofSomeStores={ofSomeStores} />
          ))}
        </div>
      )}
    </Panel>
  )
}

function Window({ window: { name, figures }, ofSomeStores }: { window: PreparedWindow; ofSomeStores: boolean }) {
  const title = name === 'lastMinutes' && ofSomeStores ? words.quarterName : words.windowNames[name]
  return (
    <section className={classes.window}>
      <h3>{title}</h3>
      {figures === null ? (
        <p className={classes.hint}>{words.windowNotKept}</p>
      ) : (
        <>
          <dl>
            {figures.map((figure) => (
              <div key={figure.measure}>
                <dt>{words.measures[figure.measure]}</dt>
                <dd>
                  <Figure {...figure} />
                </dd>
              </div>
            ))}
          </dl>
          <p className={classes.hint}>{words.windowThan[name]}</p>
        </>
      )}
    </section>
  )
}

const ARROWS = { up: UpIcon, down: DownIcon, same: SameIcon }

function Figure({ figure, change }: WindowFigure) {
  const Arrow = change && ARROWS[change.way]
  return (
    <>
      <span className={classes.figure} title={figure?.exact}>
        {figure === null ? '–' : figure.text}
        {figure !== null && figure.unit !== '' && <span className={classes.unit}> {figure.unit}</span>}
      </span>
      <span className={classes.change} data-verdict={change?.verdict ?? undefined}>
        {Arrow && <Arrow size={12} />}
        {change?.text ?? ''}
      </span>
    </>
  )
}
