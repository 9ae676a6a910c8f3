import type { ReorderItem } from '#core/api/reorders.ts'
import { formatMinor } from '#core/events/money.ts'
import { PageLink } from '../frame/page-link.tsx'
import { itemPath } from '../paths.ts'
import type { DataColumn } from '../table/data-column.ts'
import { chanceText, costText, dayText, decisionText, nameOf, storeOf } from './prepare-reorders.ts'
import classes from './reorders.module.css'
import { words } from './words.ts'

const { columns: names } = words

/** `currency`: of every cost; null: they are in several. */
export const reorderColumns = (
  state: ReorderItem['state'],
  currency: string | null,
): readonly DataColumn<ReorderItem>[] => [
  {
    id: 'product',
    name: names.product,
    value: nameOf,
    text: (item) => (item.title === null ? item.productId : `${item.title} ${item.productId}`),
    show: (item) => (
      <span className={classes.product}>
        <PageLink to={itemPath(item.productId)}>{nameOf(item)}</PageLink>
        {item.title !== null && item.title !== item.productId && <span className={classes.id}>{item.productId}</span>}
      </span>
    ),
    width: 232,
  },
  { id: 'store', name: names.store, value: storeOf, filter: true, width: 152 },
  { id: 'supplier', name: names.supplier, value: ({ supplierId }) => supplierId, filter: true, width: 140 },
  {
    id: 'quantity',
    name: names.quantity,
    kind: 'number',
    value: ({ quantity, decision }) => decision?.quantity ?? quantity,
    sum: true,
    width: 88,
  },
  currency === null
    ? {
        id: 'cost',
        name: names.cost,
        kind: 'number',
        value: ({ costMinor, currency: own }) => (costMinor === null ? null : Number(formatMinor(costMinor, own))),
        text: ({ costMinor, currency: own }) => costText(costMinor, own),
        width: 136,
      }
    : {
        id: 'cost',
        name: names.cost,
        kind: 'money',
        currency,
        value: ({ costMinor }) => costMinor,
        sum: true,
        width: 120,
      },
  {
    id: 'stockoutChance',
    name: names.stockoutChance,
    kind: 'number',
    value: ({ stockoutChance }) => stockoutChance,
    text: ({ stockoutChance }) => chanceText(stockoutChance),
    width: 124,
  },
  {
    id: 'arrivesOn',
    name: names.arrivesOn,
    value: ({ arrivesOn }) => arrivesOn,
    text: ({ arrivesOn }) => dayText(arrivesOn),
    show: ({ arrivesOn }) => dayText(arrivesOn),
    width: 116,
  },
  {
    id: 'coverDays',
    name: names.coverDays,
    kind: 'number',
    unit: words.days,
    value: ({ coverDays }) => coverDays,
    width: 112,
  },
  ...(state === 'open'
    ? []
    : [{ id: 'decision', name: words.states[state], value: (item: ReorderItem) => decisionText(item), width: 260 }]),
]
