import { useQueryClient } from '@tanstack/react-query'
import { formatNumber } from '../format/format-number.ts'
import { formatMoment } from '../format/format-time.ts'
import { EditIcon } from '../icons.tsx'
import { OWN_ZONE } from '../people/use-names.ts'
import { engineNowMs } from '../reach/queries.ts'
import { coverText, rateText } from './cell-text.ts'
import classes from './inventory.module.css'
import { byCover, type StockRow } from './prepare-stock.ts'
import { RiskMark } from './risk-mark.tsx'
import { words } from './words.ts'

type Props = {
  readonly rows: readonly StockRow[]
  /** As many are shown, the most urgent ones. */
  readonly most: number
  /** There is little room: without velocity and times. */
  readonly compact?: boolean
  /** undefined: whoever looks may not change it. */
  readonly onChange?: ((row: StockRow) => void) | undefined
}

/** A product's stock by store, what runs out first at the top. */
export function StoreStock({ rows, most, compact = false, onChange }: Props) {
  const nowMs = engineNowMs(useQueryClient())
  const { columns } = words
  return (
    <table className={classes.stores}>
      <thead>
        <tr>
          <th scope="col">{columns.store}</th>
          <th scope="col" data-number>
            {columns.onHand}
          </th>
          {!compact && (
            <th scope="col" data-number>
              {columns.unitsPerDay}
            </th>
          )}
          <th scope="col" data-number>
            {columns.daysOfCover}
          </th>
          <th scope="col">{columns.risk}</th>
          {!compact && (
            <th scope="col" data-number>
              {columns.movedAt}
            </th>
          )}
          {onChange && (
            <th scope="col">
              <span className={classes.spoken}>{columns.actions}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {byCover(rows)
          .slice(0, most)
          .map((row) => (
            <tr key={row.key}>
              <td>{row.store}</td>
              <td data-number data-name={columns.onHand} className={row.onHand < 0 ? classes.below : undefined}>
                {formatNumber(row.onHand)}
              </td>
              {!compact && (
                <td data-number data-room>
                  {rateText(row.unitsPerDay)}
                </td>
              )}
              <td data-number data-name={columns.daysOfCover}>
                {coverText(row.daysOfCover)}
              </td>
              <td>
                <RiskMark risk={row.risk} />
              </td>
              {!compact && (
                <td data-number data-room>
                  {row.movedAt === null ? words.never : formatMoment(row.movedAt, nowMs, OWN_ZONE)}
                </td>
              )}
              {onChange && (
                <td data-number data-action>
                  <button
                    type="button"
                    className={classes.quiet}
                    aria-label={words.changeOf(row.product, row.store)}
                    onClick={() => onChange(row)}
                  >
                    <EditIcon size={16} />
                  </button>
                </td>
              )}
            </tr>
          ))}
      </tbody>
    </table>
  )
}
