import { useInfiniteQuery } from '@tanstack/react-query'
import { formatNumber } from '../format/format-number.ts'
import { PageLink } from '../frame/page-link.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { itemPath, REORDERS } from '../paths.ts'
import { chanceText, dayText, nameOf } from '../reorders/prepare-reorders.ts'
import { reordersQuery } from '../reorders/requests.ts'
import classes from './manager.module.css'
import { words } from './words.ts'

/** What fits beside the week to come; the rest is a page away. */
const SHOWN = 8

/** What to order for this store, most likely to run out first. */
export function OrdersPanel({ store }: { readonly store: string }) {
  const answer = useInfiniteQuery(reordersQuery({ state: 'open', store }))
  const [first] = answer.data?.pages ?? []
  const items = first?.items.slice(0, SHOWN) ?? []
  return (
    <Panel
      id="orders"
      title={words.orders}
      about={words.ordersAbout}
      state={panelStateOf(answer)}
      empty={
        items.length > 0
          ? undefined
          : first?.morning === null
            ? { title: words.notProposed, why: words.notProposedWhy }
            : { title: words.nothingToOrder, why: words.nothingToOrderWhy }
      }
      skeleton="table"
      flush
    >
      <table className={classes.orders}>
        <thead>
          <tr>
            <th scope="col">{words.product}</th>
            <th scope="col" data-number>
              {words.order}
            </th>
            <th scope="col" data-number>
              {words.arrives}
            </th>
            <th scope="col" data-number>
              {words.mayRunOut}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <th scope="row">
                <PageLink to={itemPath(item.productId)}>{nameOf(item)}</PageLink>
              </th>
              <td data-number>{formatNumber(item.quantity)}</td>
              <td data-number>{dayText(item.arrivesOn)}</td>
              <td data-number>{chanceText(item.stockoutChance)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.further}>
        <PageLink to={REORDERS} search={{ store }}>
          {words.decide}
        </PageLink>
      </p>
    </Panel>
  )
}
