import type { StockItem } from '#core/api/stock.ts'
import { PageLink } from '../frame/page-link.tsx'
import { useGoTo } from '../frame/page-path.ts'
import { CriticalIcon, WarningIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { itemPath } from '../paths.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'
import { useFresh } from '../reach/use-fresh.ts'
import type { DataColumn } from '../table/data-column.ts'
import { DataTable } from '../table/data-table.tsx'
import classes from './stores-page.module.css'
import { words } from './words.ts'

const MOST_AT_RISK = 100
const EVERY_MS = 5000

/** What runs low in this store, most urgent first. */
export function RiskPanel({ storeId }: { readonly storeId: string }) {
  const answer = useFresh(
    {
      queryKey: ['stock', 'risk', storeId],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        answerOf(
          engine.GET('/stock', { signal, params: { query: { store: storeId, risk: 'any', limit: MOST_AT_RISK } } }),
        ),
    },
    { everyMs: EVERY_MS },
  )
  const goTo = useGoTo()
  const items = answer.data?.items
  return (
    <Panel
      id="risk"
      title={words.risk}
      about={words.riskAbout}
      state={panelStateOf(answer)}
      empty={items?.length === 0 ? words.noRisk : undefined}
      skeleton="table"
      flush
    >
      {items && (
        <DataTable
          id="risk"
          name={words.risk}
          columns={RISK_COLUMNS}
          rows={items}
          rowKey={({ productId }) => productId}
          onOpen={({ productId }) => goTo(itemPath(productId))}
          height="420px"
          keys={false}
          card={(item) => ({
            title: <PageLink to={itemPath(item.productId)}>{item.title ?? item.productId}</PageLink>,
            facts: [
              { name: words.atRisk, value: <Risk item={item} /> },
              { name: words.onHand, value: item.onHand },
              { name: words.perDay, value: item.unitsPerDay.toFixed(1) },
            ],
          })}
        />
      )}
    </Panel>
  )
}

const isCritical = ({ alert }: StockItem) => alert?.severity === 'CRITICAL'

const riskText = (item: StockItem): string =>
  item.alert === null
    ? ''
    : item.alert.kind === 'LOW_STOCK' && isCritical(item)
      ? words.critical
      : (words.kinds[item.alert.kind] ?? item.alert.kind)

const Risk = ({ item }: { readonly item: StockItem }) => (
  <span className={classes.risk} data-critical={isCritical(item) || undefined}>
    {isCritical(item) ? <CriticalIcon size={14} /> : <WarningIcon size={14} />}
    {riskText(item)}
  </span>
)

const RISK_COLUMNS: DataColumn<StockItem>[] = [
  {
    id: 'product',
    name: words.product,
    value: ({ title, productId }) => title ?? productId,
    show: ({ title, productId }) => <PageLink to={itemPath(productId)}>{title ?? productId}</PageLink>,
    width: 220,
  },
  { id: 'risk', name: words.atRisk, value: riskText, show: (item) => <Risk item={item} />, filter: true, width: 120 },
  { id: 'onHand', name: words.onHand, kind: 'number', sum: true, value: ({ onHand }) => onHand, width: 90 },
  { id: 'perDay', name: words.perDay, kind: 'number', digits: 1, value: ({ unitsPerDay }) => unitsPerDay, width: 80 },
  {
    id: 'cover',
    name: words.cover,
    kind: 'number',
    digits: 1,
    value: ({ daysOfCover }) => daysOfCover,
    width: 120,
  },
]
