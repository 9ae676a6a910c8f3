import classes from '../chart/split-page.module.css'
import { shareText } from '../chart/tell-value.ts'
import { changeOf } from '../format/format-change.ts'
import { moneyText } from '../format/format-money.ts'
import { formatNumber } from '../format/format-number.ts'
import { PageLink } from '../frame/page-link.tsx'
import { itemPath } from '../paths.ts'
import type { DataColumn } from '../table/data-column.ts'
import type { RowCard } from '../table/data-table.tsx'
import type { ProductRow } from './prepare-products.ts'
import { words } from './words.ts'

/** The columns of the table; `than`: what the change is against, '' where nothing is compared. */
export function productColumns(currency: string, than: string): DataColumn<ProductRow>[] {
  const { columns } = words
  const compared = than !== ''
  return [
    {
      id: 'product',
      name: columns.product,
      value: ({ title }) => title,
      show: ({ productId, title }) => (
        <PageLink to={itemPath(productId)} className={classes.name}>
          {title}
        </PageLink>
      ),
      width: 212,
    },
    { id: 'productId', name: columns.productId, value: ({ productId }) => productId, off: true, width: 160 },
    { id: 'category', name: columns.category, value: ({ category }) => category, filter: true, width: 116 },
    { id: 'brand', name: columns.brand, value: ({ brand }) => brand, filter: true, off: true, width: 140 },
    { id: 'units', name: columns.units, kind: 'number', value: ({ units }) => units, sum: true, width: 72 },
    { id: 'gross', name: columns.gross, kind: 'money', currency, value: ({ gross }) => gross, sum: true, width: 120 },
    {
      id: 'discounts',
      name: columns.discounts,
      kind: 'money',
      currency,
      value: ({ discounts }) => discounts,
      sum: true,
      width: 116,
    },
    { id: 'refunds', name: columns.refunds, kind: 'number', value: ({ refunds }) => refunds, sum: true, width: 80 },
    {
      id: 'refundAmount',
      name: columns.refundAmount,
      kind: 'money',
      currency,
      value: ({ refundAmount }) => refundAmount,
      sum: true,
      width: 112,
    },
    {
      id: 'cancelled',
      name: columns.cancelled,
      kind: 'money',
      currency,
      value: ({ cancelled }) => cancelled,
      sum: true,
      off: true,
      width: 144,
    },
    { id: 'net', name: columns.net, kind: 'money', currency, value: ({ net }) => net, sum: true, width: 124 },
    {
      id: 'share',
      name: columns.share,
      kind: 'number',
      unit: '%',
      digits: 2,
      value: ({ share }) => (share === null ? null : Math.round(share * 1e4) / 100),
      text: ({ share }) => (share === null ? '' : formatNumber(share * 100, TWO_DIGITS)),
      width: 76,
    },
    ...(compared
      ? ([
          {
            id: 'earlier',
            name: columns.earlier,
            kind: 'money',
            currency,
            value: ({ earlier }) => earlier,
            sum: true,
            off: true,
            width: 152,
          },
          {
            id: 'change',
            name: columns.change,
            kind: 'number',
            unit: '%',
            value: ({ net, earlier }) => percentOf(net, earlier),
            text: ({ change }) => change?.text ?? '',
            show: ({ change }) => <span data-verdict={change?.verdict ?? undefined}>{change?.text ?? ''}</span>,
            sum: (rows) => changeOfSums(rows),
            width: 88,
          },
        ] satisfies DataColumn<ProductRow>[])
      : []),
    { id: 'lastSold', name: columns.lastSold, kind: 'day', value: ({ lastSoldOn }) => lastSoldOn, width: 88 },
  ]
}

const TWO_DIGITS = { maximumFractionDigits: 2, minimumFractionDigits: 2 }

/** The change in per cent, by which rows are sorted; null: none can be said. */
const percentOf = (net: number | null, earlier: number | null): number | null =>
  net === null || earlier === null || earlier === 0
    ? null
    : Math.round(((net - earlier) / Math.abs(earlier)) * 1e4) / 100

const changeOfSums = (rows: readonly ProductRow[]): string => {
  const sum = (of: (row: ProductRow) => number | null) => rows.reduce((all, row) => all + (of(row) ?? 0), 0)
  return (
    changeOf(
      sum(({ net }) => net),
      sum(({ earlier }) => earlier),
      'up',
    )?.text ?? ''
  )
}

/** A product on a phone. */
export const productCard =
  (currency: string) =>
  ({ title, units, net, share, change }: ProductRow): RowCard => ({
    title,
    facts: [
      { name: words.columns.net, value: net === null ? '—' : `${moneyText(net, currency)} ${currency}` },
      { name: words.columns.units, value: formatNumber(units) },
      change === null
        ? { name: words.columns.share, value: share === null ? '—' : shareText(share) }
        : { name: words.columns.change, value: <span data-verdict={change.verdict ?? undefined}>{change.text}</span> },
    ],
  })
