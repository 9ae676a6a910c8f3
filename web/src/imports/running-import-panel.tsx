import { saveFile } from '../chart/save-file.ts'
import { formatNumber } from '../format/format-number.ts'
import { PageLink } from '../frame/page-link.tsx'
import { DownloadIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { HOME, INVENTORY } from '../paths.ts'
import { useMay } from '../people/account-context.ts'
import form from '../people/people.module.css'
import classes from './imports.module.css'
import { prepareProgress } from './prepare-progress.ts'
import { refusedReport } from './refused-report.ts'
import { isOver, putAway, type Running } from './running-import.ts'
import type { SendState } from './send-rows.ts'
import { words } from './words.ts'

const SHOWN = 20

/** How far it is, what became of the lines, and what can be done about it. */
export function RunningImport({ running }: { readonly running: Running }) {
  const { file, kind, state, sender, columns } = running
  const { phase, rejected, refused } = state
  const { percent, sent, rate, left } = prepareProgress(state)
  return (
    <Panel
      id="running"
      title={`${phase === 'done' && refused > 0 ? words.doneBut : words.phases[phase]}: ${file}`}
      about={words.kinds[kind].name}
      actions={
        isOver(running) ? (
          <button type="button" className={form.secondary} onClick={putAway}>
            {words.putAway}
          </button>
        ) : (
          <Steering phase={phase} sender={sender} />
        )
      }
    >
      <div className={classes.running} data-phase={phase}>
        <progress className={classes.bar} max={100} value={percent} aria-label={words.phases[phase]} />
        <p className={classes.pace} role="status">
          {[sent, rate, left].filter((part) => part !== null).join(' · ')}
        </p>
        <p className={classes.light}>{whyOf(state)}</p>
        <Counts state={state} />
        {isOver(running) && phase !== 'failed' && <Onward />}
      </div>
      {refused > 0 && (
        <section className={classes.rejected} aria-label={words.refusedTitle}>
          <header className={classes.rejectedHead}>
            <h3>{words.refusedTitle}</h3>
            <p className={classes.light}>
              {rejected.length > SHOWN && `${words.firstOnly(String(SHOWN), formatNumber(refused))}. `}
              {words.refusedAbout}
            </p>
            <button
              type="button"
              className={form.secondary}
              onClick={() =>
                saveFile(words.reportName(file), new Blob([refusedReport(rejected, columns)], { type: 'text/csv' }))
              }
            >
              <DownloadIcon /> {words.report}
            </button>
          </header>
          <ul className={classes.rejectedLines}>
            {rejected.slice(0, SHOWN).map(({ line, problems }) => (
              <li key={line}>
                <span className={classes.rejectedLine}>
                  {words.line} {formatNumber(line)}
                </span>
                <span>{problems.map(({ field, message }) => `${field} ${message}`.trim()).join('; ')}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Panel>
  )
}

function whyOf({ phase, why, message }: SendState): string {
  if (phase === 'done') return words.doneWhy
  if (phase === 'cancelled') return words.cancelledWhy
  if (why === null) return words.keepOpen
  return why === 'refused' || why === 'quota' ? `${message}. ${words.whys[why]}` : words.whys[why]
}

const Steering = ({ phase, sender }: Pick<SendState, 'phase'> & Pick<Running, 'sender'>) =>
  phase === 'counting' ? null : (
    <>
      {phase === 'paused' ? (
        <button type="button" className={form.secondary} onClick={() => sender.resume()}>
          {words.resume}
        </button>
      ) : (
        <button type="button" className={form.secondary} onClick={() => sender.pause()}>
          {words.pause}
        </button>
      )}
      <button type="button" className={form.secondary} onClick={() => sender.cancel()}>
        {words.cancel}
      </button>
    </>
  )

function Counts({ state: { accepted, repeats, refused, titles } }: { readonly state: SendState }) {
  const counts = [
    [words.counts.accepted, accepted],
    [words.counts.repeats, repeats],
    [words.counts.refused, refused],
    ...(titles > 0 ? ([[words.counts.titles, titles]] as const) : []),
  ] as const
  return (
    <dl className={classes.counts}>
      {counts.map(([name, count]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{formatNumber(count)}</dd>
        </div>
      ))}
    </dl>
  )
}

const Onward = () => {
  const mayFigures = useMay('figures:read')
  return mayFigures ? (
    <p className={classes.onward}>
      <PageLink to={HOME}>{words.seeFigures}</PageLink>
      <PageLink to={INVENTORY}>{words.seeStock}</PageLink>
    </p>
  ) : null
}
