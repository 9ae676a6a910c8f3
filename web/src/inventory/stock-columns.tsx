import { formatMinor } from '#core/events/money.ts'
import { moneyText } from '../format/format-money.ts'
import { formatNumber } from '../format/format-number.ts'
import { PageLink } from '../frame/page-link.tsx'
import { itemPath } from '../paths.ts'
import { OWN_ZONE } from '../people/use-names.ts'
import type { DataColumn } from '../table/data-column.ts'
import { chanceText, coverText, rateText } from './cell-text.ts'
import classes from './inventory.module.css'
import { RISKS, type StockRow } from './prepare-stock.ts'
import { RiskMark } from './risk-mark.tsx'
import { words } from './words.ts'

const { columns: names } = words

/** `currency`: of every price; null: they are in several. */
export const stockColumns = (currency: string | null): readonly DataColumn<StockRow>[] => [
  {
    id: 'product',
    name: names.product,
    value: ({ product }) => product,
    text: ({ product, productId }) => (product === productId ? product : `${product} ${productId}`),
    show: ({ product, productId }) => (
      <span className={classes.product}>
        <PageLink to={itemPath(productId)}>{product}</PageLink>
        {product !== productId && <span className={classes.id}>{productId}</span>}
      </span>
    ),
    width: 224,
  },
  { id: 'store', name: names.store, value: ({ store }) => store, filter: true, width: 152 },
  {
    id: 'risk',
    name: names.risk,
    value: ({ risk }) => RISKS.indexOf(risk),
    text: ({ risk }) => words.risks[risk],
    show: ({ risk }) => <RiskMark risk={risk} />,
    filter: true,
    width: 140,
  },
  {
    id: 'onHand',
    name: names.onHand,
    kind: 'number',
    value: ({ onHand }) => onHand,
    sum: true,
    width: 92,
  },
  {
    id: 'inbound',
    name: names.inbound,
    kind: 'number',
    value: ({ inbound }) => inbound,
    text: ({ inbound }) => (inbound === 0 ? '' : formatNumber(inbound)),
    sum: true,
    width: 108,
  },
  {
    id: 'daysOfCover',
    name: names.daysOfCover,
    kind: 'number',
    value: ({ daysOfCover }) => daysOfCover,
    text: ({ daysOfCover }) => coverText(daysOfCover),
    show: ({ daysOfCover }) => (
      <span className={daysOfCover === null ? classes.light : undefined}>{coverText(daysOfCover)}</span>
    ),
    width: 124,
  },
  {
    id: 'unitsPerDay',
    name: names.unitsPerDay,
    kind: 'number',
    digits: 1,
    value: ({ unitsPerDay }) => unitsPerDay,
    text: ({ unitsPerDay }) => rateText(unitsPerDay),
    sum: true,
    width: 104,
  },
  {
    id: 'soldToday',
    name: names.soldToday,
    kind: 'number',
    value: ({ soldToday }) => soldToday,
    sum: true,
    width: 112,
  },
  {
    id: 'movedAt',
    name: names.movedAt,
    kind: 'time',
    zone: OWN_ZONE,
    value: ({ movedAt }) => movedAt,
    width: 148,
  },
  { id: 'category', name: names.category, value: ({ category }) => category, filter: true, width: 140, off: true },
  currency === null
    ? {
        id: 'price',
        name: names.price,
        value: ({ priceMinor, currency: own }) =>
          priceMinor === null || own === null ? null : Number(formatMinor(priceMinor, own)),
        text: ({ priceMinor, currency: own }) =>
          priceMinor === null || own === null ? '' : `${moneyText(priceMinor, own)} ${own}`,
        kind: 'number',
        width: 128,
        off: true,
      }
    : { id: 'price', name: names.price, kind: 'money', currency, value: ({ priceMinor }) => priceMinor, off: true },
  {
    id: 'stockOutRisk',
    name: names.stockOutRisk,
    kind: 'number',
    value: ({ stockOutRisk }) => stockOutRisk,
    text: ({ stockOutRisk }) => chanceText(stockOutRisk),
    width: 148,
    off: true,
  },
]
