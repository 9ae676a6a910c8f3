import { DoneIcon, WarningIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import type { PanelState } from '../panel/panel-state.ts'
import { FATES, type Ledger } from './prepare-ledger.ts'
import classes from './quality.module.css'
import { words } from './words.ts'

type Props = {
  readonly state: PanelState
  readonly ledger: Ledger | undefined
  /** It counts other merchants' records too: the viewer is not told it. */
  readonly isOthersToo: boolean
  readonly repeats: string
  readonly late: string
}

/** Every record of the log and where it went: an equation that adds up before the reader's eyes. */
export function LedgerPanel({ state, ledger, isOthersToo, repeats, late }: Props) {
  return (
    <Panel
      id="ledger"
      title={words.ledger.title}
      about={words.ledger.about}
      state={state}
      empty={isOthersToo ? words.ledger.notShown(late) : undefined}
      skeleton="chart"
    >
      {ledger !== undefined && (
        <>
          <Equation ledger={ledger} />
          <div className={classes.bar} role="img" aria-label={ledger.said}>
            {ledger.parts.map(({ fate, share, text, name }) => (
              <span
                key={fate}
                data-fate={fate}
                hidden={share === 0}
                style={{ flexBasis: `${share}%` }}
                title={`${text} ${name.toLowerCase()}`}
              />
            ))}
          </div>
          <p className={classes.verdict} data-good={ledger.addsUp || undefined}>
            {ledger.addsUp ? <DoneIcon size={16} /> : <WarningIcon size={16} />}
            {ledger.addsUp ? words.ledger.addsUp : words.ledger.doesNot(ledger.difference)}
          </p>
          <Shards ledger={ledger} />
          <dl className={classes.beside} aria-label={words.ledger.beside}>
            <Beside name={words.ledger.repeats} figure={repeats} about={words.ledger.repeatsAbout} />
            <Beside name={words.ledger.late} figure={late} about={words.ledger.lateAbout} />
          </dl>
        </>
      )}
    </Panel>
  )
}

function Equation({ ledger: { accepted, parts } }: { readonly ledger: Ledger }) {
  return (
    <ul className={classes.equation}>
      <li className={classes.term} data-fate="accepted">
        <span className={classes.termName}>{words.ledger.accepted}</span>
        <span className={classes.termFigure}>{accepted}</span>
        <span className={classes.termAbout}>{words.ledger.acceptedAbout}</span>
      </li>
      {parts.map(({ fate, name, about, text, count }, i) => (
        <li key={fate} className={classes.term} data-fate={fate} data-none={count === 0 || undefined}>
          <span className={classes.sign} aria-hidden="true">
            {i === 0 ? '=' : '+'}
          </span>
          <span className={classes.termName}>
            <span className={classes.dot} aria-hidden="true" />
            {name}
          </span>
          <span className={classes.termFigure}>{text}</span>
          <span className={classes.termAbout}>{about}</span>
        </li>
      ))}
    </ul>
  )
}

function Shards({ ledger: { rows, accepted, parts, addsUp } }: { readonly ledger: Ledger }) {
  const sumOf = (good: boolean) => (
    <span className={classes.sum} data-good={good || undefined}>
      {good ? <DoneIcon size={14} /> : <WarningIcon size={14} />}
      {good ? words.ledger.sumGood : words.ledger.sumBad}
    </span>
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard too
    <section className={classes.scroll} aria-label={words.ledger.byShard} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{words.ledger.shard}</th>
            <th scope="col">{words.ledger.accepted}</th>
            {FATES.map((fate) => (
              <th key={fate} scope="col">
                {words.fates[fate].name}
              </th>
            ))}
            <th scope="col">{words.ledger.applied}</th>
            <th scope="col">{words.ledger.sum}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.shard}>
              <th scope="row">{row.shard}</th>
              <td>{row.accepted}</td>
              {FATES.map((fate) => (
                <td key={fate} data-none={row.counts[fate] === '0' || undefined}>
                  {row.counts[fate]}
                </td>
              ))}
              <td>{row.sequence}</td>
              <td>{sumOf(row.addsUp)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.ledger.all}</th>
            <td>{accepted}</td>
            {parts.map(({ fate, text }) => (
              <td key={fate}>{text}</td>
            ))}
            <td />
            <td>{sumOf(addsUp)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  )
}

const Beside = ({
  name,
  figure,
  about,
}: {
  readonly name: string
  readonly figure: string
  readonly about: string
}) => (
  <div>
    <dt>{name}</dt>
    <dd className={classes.besideFigure}>{figure}</dd>
    <dd className={classes.termAbout}>{about}</dd>
  </div>
)
