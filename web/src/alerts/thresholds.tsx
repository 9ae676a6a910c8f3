import { Autocomplete } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { formatNumber } from '../format/format-number.ts'
import { AddIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { useMay } from '../people/account-context.ts'
import { alertsQuery } from '../reach/queries.ts'
import {
  COVER_SETTINGS,
  prepareThresholds,
  rowOf,
  shownValue,
  type Threshold,
  type ThresholdRow,
} from './prepare-thresholds.ts'
import { ThresholdEditor } from './threshold-editor.tsx'
import { thresholdWords as words } from './threshold-words.ts'
import classes from './thresholds.module.css'
import { categoriesQuery, useThresholds } from './use-thresholds.ts'

/** By which days of cover alerts are made: the merchant's, and where categories and products differ. */
export function Thresholds() {
  const { settings, products } = useThresholds()
  const mayChange = useMay('settings:change')
  const [edited, setEdited] = useState<{ readonly row: ThresholdRow; readonly name: Threshold['name'] } | null>(null)
  const rows = useMemo(
    () => settings.data && products.data && prepareThresholds(settings.data.settings, products.data),
    [settings.data, products.data],
  )
  const [merchant, ...others] = rows ?? []
  const hysteresis = merchant?.thresholds.find(({ name }) => name === 'alertHysteresis')
  const isEdited = (row: ThresholdRow, { name }: Threshold) => edited?.row.key === row.key && edited.name === name
  // As it is now, where somebody has changed it since.
  const present = edited && (rows?.find(({ key }) => key === edited.row.key) ?? edited.row)
  const threshold = present?.thresholds.find(({ name }) => name === edited!.name)
  const cell = (row: ThresholdRow, one: Threshold) => (
    <Value
      row={row}
      threshold={one}
      isEdited={isEdited(row, one)}
      onEdit={mayChange ? () => setEdited({ row, name: one.name }) : undefined}
    />
  )
  return (
    <div className={classes.columns}>
      <Panel
        id="thresholds"
        title={words.title}
        about={words.about}
        state={panelStateOf(settings, products)}
        skeleton="table"
      >
        <p className={classes.explained}>{words.explained}</p>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{words.scope}</th>
              {COVER_SETTINGS.map((name) => (
                <th key={name} scope="col">
                  {words.names[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[merchant, ...others].map(
              (row) =>
                row !== undefined && (
                  <tr key={row.key}>
                    <th scope="row">
                      {row.name === '' ? words.merchant : row.name}
                      <span className={classes.light}>{words.kindOf(row.scope, row.about)}</span>
                    </th>
                    {row.thresholds
                      .filter(({ name }) => name !== 'alertHysteresis')
                      .map((one) => (
                        <td key={one.name}>{cell(row, one)}</td>
                      ))}
                  </tr>
                ),
            )}
          </tbody>
        </table>
        {merchant !== undefined && hysteresis !== undefined && (
          <div className={classes.hysteresis}>
            <p>
              <strong>{words.names.alertHysteresis}</strong>
              <span className={classes.light}>{words.hysteresisMeans}</span>
            </p>
            {cell(merchant, hysteresis)}
          </div>
        )}
        {mayChange && settings.data !== undefined && (
          <NewScope
            onChosen={(scope, name) =>
              setEdited({ row: rowOf(settings.data.settings, scope, name, ''), name: 'lowStockWarningDays' })
            }
          />
        )}
        {!mayChange && <p className={classes.explained}>{words.mayNot}</p>}
      </Panel>
      {present !== null && threshold !== undefined && (
        <ThresholdEditor
          key={`${present.key} ${threshold.name}`}
          row={present}
          threshold={threshold}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  )
}

type ValueProps = {
  readonly row: ThresholdRow
  readonly threshold: Threshold
  readonly isEdited: boolean
  readonly onEdit: (() => void) | undefined
}

function Value({ row, threshold, isEdited, onEdit }: ValueProps) {
  const { name, value, own, from } = threshold
  const text = words.value(name, formatNumber(shownValue(threshold, value)), value)
  const whence = own === null ? words.from(from) : ''
  const said = (
    <>
      {text} {whence !== '' && <span className={classes.light}>{whence}</span>}
    </>
  )
  if (onEdit === undefined) return <span className={classes.value}>{said}</span>
  return (
    <button
      type="button"
      className={classes.value}
      aria-pressed={isEdited}
      aria-label={words.change(words.names[name], row.name === '' ? words.merchant : row.name, `${text} ${whence}`)}
      onClick={onEdit}
    >
      {said}
    </button>
  )
}

type NewScopeProps = {
  readonly onChosen: (scope: { category: string } | { productId: string }, name: string) => void
}

/** A category or a product that is to differ. */
function NewScope({ onChosen }: NewScopeProps) {
  const [category, setCategory] = useState('')
  const [product, setProduct] = useState('')
  const { data: sold = [] } = useQuery(categoriesQuery)
  const { data: alerts } = useQuery({ ...alertsQuery, enabled: false })
  const categories = [...new Set([...sold, ...(alerts?.items.flatMap((item) => item.category ?? []) ?? [])])].sort()
  const titles = new Map(alerts?.items.map(({ productId, title }) => [productId, title ?? productId]))
  const products = [...titles].map(([value, title]) => ({
    value,
    label: title === value ? value : `${title} · ${value}`,
  }))
  const idOf = (text: string) => products.find(({ label }) => label === text)?.value ?? text.trim()
  return (
    <div className={classes.additions}>
      <form
        className={classes.addition}
        onSubmit={(event) => {
          event.preventDefault()
          if (category.trim() !== '') onChosen({ category: category.trim() }, category.trim())
        }}
      >
        <Autocomplete
          label={words.newCategory}
          placeholder={words.categoryHint}
          data={categories}
          limit={20}
          value={category}
          onChange={setCategory}
        />
        <button type="submit" className={classes.button} disabled={category.trim() === ''}>
          <AddIcon /> {words.differs}
        </button>
      </form>
      <form
        className={classes.addition}
        onSubmit={(event) => {
          event.preventDefault()
          const productId = idOf(product)
          if (productId !== '') onChosen({ productId }, titles.get(productId) ?? productId)
        }}
      >
        <Autocomplete
          label={words.newProduct}
          placeholder={words.productHint}
          data={products.map(({ label }) => label)}
          limit={20}
          value={product}
          onChange={setProduct}
        />
        <button type="submit" className={classes.button} disabled={product.trim() === ''}>
          <AddIcon /> {words.differs}
        </button>
      </form>
    </div>
  )
}
