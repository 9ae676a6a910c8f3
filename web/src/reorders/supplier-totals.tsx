import type { ReordersAnswer } from '#core/api/reorders.ts'
import { formatNumber } from '../format/format-number.ts'
import { costText } from './prepare-reorders.ts'
import classes from './reorders.module.css'
import { words } from './words.ts'

type Props = {
  readonly totals: ReordersAnswer['suppliers']
  readonly onChoose: (supplierId: string) => void
}

/** What one would order of each supplier: a call or a mail each. */
export function SupplierTotals({ totals, onChoose }: Props) {
  const { supplierColumns: names } = words
  return (
    <table className={classes.totals}>
      <thead>
        <tr>
          <th scope="col">{names.supplier}</th>
          <th scope="col" data-number>
            {names.proposals}
          </th>
          <th scope="col" data-number>
            {names.units}
          </th>
          <th scope="col" data-number>
            {names.cost}
          </th>
        </tr>
      </thead>
      <tbody>
        {totals.map(({ supplierId, currency, proposals, units, costMinor, withoutCost }) => (
          <tr key={`${supplierId} ${currency}`}>
            <th scope="row">
              <button
                type="button"
                className={classes.choose}
                aria-label={words.onlyThis(supplierId)}
                onClick={() => onChoose(supplierId)}
              >
                {supplierId}
              </button>
            </th>
            <td data-number>{formatNumber(proposals)}</td>
            <td data-number>{formatNumber(units)}</td>
            <td data-number>
              {costText(costMinor, currency)}
              {withoutCost > 0 && <span className={classes.light}> {words.withoutCost(withoutCost)}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
