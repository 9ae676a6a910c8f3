import { useMemo } from 'react'
import { afterChange, type Change } from '../format/format-change.ts'
import { useTint } from '../frame/use-tint.ts'
import { DownIcon, SameIcon, UpIcon } from '../icons.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import classes from './measure-choice.module.css'
import { type MeasureFigure, prepareMeasures } from './prepare-measures.ts'
import { SALES_MEASURES, type SalesMeasure } from './sales-measure.ts'
import { type useAsked, useFigures } from './use-sales.ts'
import { words } from './words.ts'

type Props = {
  readonly used: ReturnType<typeof useAsked>
  readonly measure: SalesMeasure
  readonly onChoose: (measure: SalesMeasure) => void
}

/** The figures of the time, of which one is what the page is about. */
export function MeasureChoice({ used, measure, onChoose }: Props) {
  const { now, before } = useFigures(used)
  const figures = useMemo(() => now.data && prepareMeasures(now.data, before), [now.data, before])
  const state = panelStateOf(now)
  return (
    <fieldset className={classes.choice}>
      <legend className={classes.legend}>{words.measure}</legend>
      {SALES_MEASURES.map((each, at) => (
        <label key={each} className={classes.option}>
          <input type="radio" name="measure" value={each} checked={each === measure} onChange={() => onChoose(each)} />
          <span className={classes.name}>{words.measures[each]}</span>
          <Said told={figures?.[at]} than={used.earlier?.label ?? ''} missing={state.is === 'loading' ? ' ' : '—'} />
        </label>
      ))}
      {state.is === 'failed' && (
        <p className={classes.why} role="alert">
          {state.why}{' '}
          <button type="button" onClick={state.again}>
            {words.tryAgain}
          </button>
        </p>
      )}
    </fieldset>
  )
}

type SaidProps = { readonly told: MeasureFigure | undefined; readonly than: string; readonly missing: string }

function Said({ told, than, missing }: SaidProps) {
  const figure = told?.figure ?? null
  const ref = useTint<HTMLSpanElement>(figure?.exact ?? '')
  return (
    <>
      <span ref={ref} className={classes.figure} title={figure?.exact}>
        {figure?.text ?? missing} <small>{figure?.unit}</small>
      </span>
      <Changed change={told?.change ?? null} than={than} />
    </>
  )
}

const ways = { up: UpIcon, down: DownIcon, same: SameIcon } as const

function Changed({ change, than }: { readonly change: Change | null; readonly than: string }) {
  if (change === null) return <span className={classes.change}> </span>
  const Way = ways[change.way]
  return (
    <span className={classes.change}>
      <span data-verdict={change.verdict ?? undefined}>
        <Way size={12} /> {change.text}
      </span>{' '}
      {afterChange(change, than)}
    </span>
  )
}
