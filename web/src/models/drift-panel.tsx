import { useQuery } from '@tanstack/react-query'
import type { DriftAnswer } from '#core/api/demand-models.ts'
import { dayText } from '../chart/day-bucket.ts'
import { formatNumber } from '../format/format-number.ts'
import { DoneIcon, WarningIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import classes from './models.module.css'
import { driftQuery } from './requests.ts'
import { percent, words } from './words.ts'

const SHIFTS_SHOWN = 5

/** Whether the model still fits, by the newest check. */
export function DriftPanel() {
  const answer = useQuery(driftQuery)
  const check = answer.data?.checks[0]
  return (
    <Panel
      id="drift"
      title={words.drift}
      about={answer.data && words.driftAbout(percent(answer.data.falseAlarms))}
      state={panelStateOf(answer)}
      empty={answer.data && check === undefined ? { title: words.noDrift, why: words.noDriftWhy } : undefined}
      flush
    >
      {answer.data && check && (
        <>
          <div className={classes.lines}>
            <Verdict check={check} />
            <p>
              {check.error === null
                ? words.noError
                : words.error(percent(check.error.wape), percent(check.error.usual), percent(check.error.bound))}
            </p>
            <p className={classes.light}>
              {check.trains && `${words.trains} `}
              {words.trainOnDrift(answer.data.trainOnDrift)}
            </p>
            <p className={classes.light}>
              {check.features === null ? words.noFeatures : words.features(check.features)}
            </p>
          </div>
          {check.shifts.length > 0 && <Shifts shifts={check.shifts} />}
        </>
      )}
    </Panel>
  )
}

type Check = DriftAnswer['checks'][number]

function Verdict({ check: { isAlarm, error, features, madeOn } }: { readonly check: Check }) {
  const day = dayText(madeOn)
  if (error === null && features === null) return <p>{words.unknown(day)}</p>
  return (
    <p className={isAlarm ? classes.alarm : classes.fits}>
      {isAlarm ? <WarningIcon size={14} /> : <DoneIcon size={14} />}
      {isAlarm ? words.alarm(day) : words.fits(day)}
    </p>
  )
}

const index = (value: number): string => formatNumber(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 })

const Shifts = ({ shifts }: { readonly shifts: Check['shifts'] }) => (
  <table className={classes.table}>
    <thead>
      <tr>
        <th scope="col">{words.subject}</th>
        <th scope="col" className={classes.right}>
          {words.psi}
        </th>
        <th scope="col" className={classes.right}>
          {words.bound}
        </th>
      </tr>
    </thead>
    <tbody>
      {shifts.slice(0, SHIFTS_SHOWN).map(({ feature, about, psi, bound }) => (
        <tr key={feature}>
          <th scope="row">
            {about} <span className={classes.light}>{feature}</span>
          </th>
          <td className={classes.right}>{index(psi)}</td>
          <td className={classes.right}>{index(bound)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
