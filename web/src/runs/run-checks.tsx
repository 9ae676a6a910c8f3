import type { RunAnswer } from '#core/api/runs.ts'
import { formatNumber } from '../format/format-number.ts'
import { PageLink } from '../frame/page-link.tsx'
import { CriticalIcon, WarningIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { QUALITY } from '../paths.ts'
import { prepareWrong } from './prepare-run.ts'
import classes from './runs.module.css'
import { words } from './words.ts'

const OUTCOMES = ['passed', 'failed', 'warned', 'skipped'] as const

/** How many checks held, and those that did not: of which table, of which day, what was measured. */
export function RunChecks({ run }: { readonly run: RunAnswer }) {
  const { checks } = run
  const wrong = prepareWrong(run)
  const isNone = checks === null || OUTCOMES.every((outcome) => checks[outcome] === 0)
  return (
    <Panel
      id="checks"
      title={words.checks.title}
      actions={
        <PageLink to={QUALITY} hash="checks">
          {words.checks.history}
        </PageLink>
      }
      empty={isNone ? { title: words.checks.none, why: words.checks.noneWhy } : undefined}
    >
      {checks !== null && (
        <ul className={classes.counts}>
          {OUTCOMES.map((outcome) => (
            <li key={outcome} data-outcome={outcome} data-none={checks[outcome] === 0 || undefined}>
              <strong>{formatNumber(checks[outcome])}</strong> {words.checks.counts[outcome]}
            </li>
          ))}
        </ul>
      )}
      {wrong.length === 0 ? (
        <p className={classes.light}>{words.checks.allHeld}</p>
      ) : (
        <ul className={classes.wrong}>
          {wrong.map(({ key, isHard, where, check, measured }) => (
            <li key={key} data-hard={isHard || undefined}>
              {isHard ? <CriticalIcon size={16} /> : <WarningIcon size={16} />}
              <span>
                <strong>{where}</strong>: {check}. {measured}
                <span className={classes.light}> ({isHard ? words.checks.hard : words.checks.soft})</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
