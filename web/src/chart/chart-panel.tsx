import { useComputedColorScheme } from '@mantine/core'
import { type CSSProperties, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { lazyPart } from '../lazy-part.tsx'
import { Panel, type PanelProps } from '../panel/panel.tsx'
import classes from './chart.module.css'
import type { ChartSpec, HeatSpec, TimeSpec } from './chart-spec.ts'
import { csvOf, summaryOf, tableOf } from './chart-table.ts'
import type { Drawing, PngHead } from './drawing.ts'
import { RankedBars } from './ranked-bars.tsx'
import { gapsOf, isAllZero, isBad, marksOf, totalOf } from './read-time.ts'
import { fileNameOf, saveFile } from './save-file.ts'
import { drawnValue, shortText, tellValue, unitText } from './tell-value.ts'
import { TableKey, useTableKey } from './use-table-key.tsx'
import { words } from './words.ts'

// The drawing is the larger part of all the code: the figures do not wait for it.
const DrawnTime = lazyPart(async () => (await import('./drawn-time.tsx')).DrawnTime)
const DrawnHeat = lazyPart(async () => (await import('./drawn-heat.tsx')).DrawnHeat)

type Props = Omit<PanelProps, 'children' | 'about' | 'skeleton' | 'flush'> & {
  /** undefined: it is not known yet what there is to draw; `state` says why. */
  readonly spec: ChartSpec | undefined
  /** Absent: the sum or the unit, the span and the zone. */
  readonly about?: ReactNode
  /** Of the drawing. `fill`: as high as the page gives it room. 200 px on a phone. */
  readonly height?: number | 'fill'
}

/** A chart in its panel: as a picture, as its table (`t`), as PNG and as CSV. */
export function ChartPanel({ spec, about, actions, height = 240, ...panel }: Props) {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const [asTable, setAsTable] = useState(false)
  const drawing = useRef<Drawing>(null)
  const box = useRef<HTMLDivElement>(null)
  const listens = useTableKey(box, () => setAsTable((it) => !it))
  const told = useMemo(() => spec && aboutOf(spec), [spec])
  // While the figures are on their way, so is the code that draws most of them.
  useEffect(() => void DrawnTime.preload(), [])

  const saveCsv = () => {
    if (spec) saveFile(nameOf(spec, 'csv'), new Blob([csvOf(spec)], { type: 'text/csv' }))
  }
  const savePng = async () => {
    if (!spec) return
    const head = { title: spec.title, about: told! }
    const image = await (spec.kind === 'ranked'
      ? rankedPicture(spec, head, box.current!)
      : drawing.current?.toPng(head))
    if (image) saveFile(nameOf(spec, 'png'), image)
  }
  const buttons = spec && (
    <>
      {actions}
      <Button
        name={asTable ? words.chart : words.table}
        of={spec.title}
        pressed={asTable}
        run={() => setAsTable(!asTable)}
      />
      <Button name={words.csv} of={spec.title} run={saveCsv} />
      <Button name={words.png} of={spec.title} run={savePng} disabled={asTable && spec.kind !== 'ranked'} />
    </>
  )
  const fixed = spec?.kind === 'ranked' ? undefined : height
  return (
    <Panel {...panel} about={about ?? told} actions={buttons ?? actions} skeleton="chart">
      {listens && <TableKey />}
      {spec && (
        <div
          ref={box}
          className={classes.body}
          data-fill={fixed === 'fill' || undefined}
          data-free={fixed === undefined || undefined}
          style={typeof fixed === 'number' ? ({ '--height': `${fixed}px` } as CSSProperties) : undefined}
        >
          {asTable ? <ChartTable spec={spec} /> : <Picture spec={spec} scheme={scheme} drawing={drawing} />}
        </div>
      )}
      {spec && !asTable && <Legend spec={spec} />}
    </Panel>
  )
}

const rankedPicture = async (spec: Extract<ChartSpec, { kind: 'ranked' }>, head: PngHead, near: HTMLElement) =>
  (await import('./ranked-picture.ts')).rankedPng(spec, head, near)

const nameOf = (spec: ChartSpec, extension: string): string =>
  fileNameOf(spec.title, spec.kind === 'time' ? spec.buckets.at(-1)?.start : new Date().toISOString(), extension)

function aboutOf(spec: ChartSpec): string {
  const total = spec.kind === 'time' ? totalOf(spec) : null
  const unit = total === null ? unitText(spec.unit) : tellValue(total, spec.unit)
  return [unit, spec.span, spec.kind === 'time' ? words.inZone(spec.zone) : ''].filter(Boolean).join(' · ')
}

type ButtonProps = {
  readonly name: string
  /** Whose button it is, for those who hear it among others. */
  readonly of: string
  readonly run: () => void
  readonly pressed?: boolean
  readonly disabled?: boolean
}

const Button = ({ name, of, run, pressed, disabled }: ButtonProps) => (
  <button
    type="button"
    className={classes.action}
    aria-label={`${name}: ${of}`}
    aria-pressed={pressed}
    disabled={disabled}
    onClick={run}
  >
    {name}
  </button>
)

type PictureProps = {
  readonly spec: ChartSpec
  readonly scheme: 'light' | 'dark'
  readonly drawing: { current: Drawing | null }
}

function Picture({ spec, scheme, drawing }: PictureProps) {
  if (spec.kind === 'ranked') return <RankedBars spec={spec} />
  return (
    <figure className={classes.figure} role="img" aria-label={summaryOf(spec, (value) => tellValue(value, spec.unit))}>
      <Suspense fallback={<div className={classes.skeleton} />}>
        {spec.kind === 'time' ? (
          <DrawnTime ref={drawing} spec={spec} scheme={scheme} />
        ) : (
          <DrawnHeat ref={drawing} spec={spec} scheme={scheme} />
        )}
      </Suspense>
      {spec.kind === 'time' && isAllZero(spec) && <p className={classes.overlay}>{words.nothing(spec.span)}</p>}
    </figure>
  )
}

function Legend({ spec }: { readonly spec: ChartSpec }) {
  if (spec.kind === 'ranked') return null
  return spec.kind === 'time' ? <TimeLegend spec={spec} /> : <HeatLegend spec={spec} />
}

/** Only of what is there to be seen. Lines have their names beside them where there is room. */
function TimeLegend({ spec }: { readonly spec: TimeSpec }) {
  const marks = marksOf(spec)
  const named = spec.series.length > 1
  const lines = named && spec.draw !== 'bar' && !spec.stack
  return (
    <ul className={classes.legend}>
      {named &&
        spec.series.map(({ key, name, colour, comparison }) => (
          <li key={key} className={lines ? classes.besideWhereWide : undefined}>
            <span
              className={comparison ? classes.dashed : classes.swatch}
              style={comparison ? undefined : { background: `var(--${colour})` }}
            />
            {name}
          </li>
        ))}
      {gapsOf(spec).length > 0 && (
        <li>
          <span className={classes.gap} /> {words.noData}
        </li>
      )}
      {spec.buckets.some(({ closed, state }) => closed && state !== 'missing') && (
        <li>
          <span className={classes.closed} /> {words.closed}
        </li>
      )}
      {spec.buckets.some(({ corrected, state }) => corrected && state !== 'missing') && (
        <li>
          <span className={classes.corrected} /> {words.corrected}
        </li>
      )}
      {marks.some(({ kind }) => isBad(kind)) && (
        <li>
          <span className={classes.bad}>▲</span> {words.alertOpened}
        </li>
      )}
      {marks.some(({ kind }) => !isBad(kind)) && (
        <li>
          <span className={classes.note}>◆</span> {words.promotion}
        </li>
      )}
    </ul>
  )
}

function HeatLegend({ spec }: { readonly spec: HeatSpec }) {
  const known = spec.values.flat().filter((value) => value !== null)
  const most = Math.max(0, ...known)
  return (
    <ul className={classes.legend}>
      <li>
        0 <span className={classes.ramp} /> {shortText(drawnValue(most, spec.unit))} {unitText(spec.unit)}
      </li>
      {known.length < spec.rows.length * spec.columns.length && (
        <li>
          <span className={classes.emptyCell} /> {words.noData}
        </li>
      )}
    </ul>
  )
}

function ChartTable({ spec }: { readonly spec: ChartSpec }) {
  const { columns, rows } = useMemo(() => tableOf(spec), [spec])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label={words.tableOf(spec.title)}>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map(({ key, name, unit, right }) => (
              <th key={key} scope="col" className={right ? classes.right : undefined}>
                {name} {unit !== '' && <span>{unit}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [name, ...cells] }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {cells.map((cell, at) => (
                <td key={columns[at + 1]!.key} className={columns[at + 1]!.right ? classes.right : undefined}>
                  {cell ?? <span title={words.noDataMeans}>—</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
