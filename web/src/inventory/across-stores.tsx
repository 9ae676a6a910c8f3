import { Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { counted, formatNumber } from '../format/format-number.ts'
import { PageLink } from '../frame/page-link.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { itemPath } from '../paths.ts'
import { useMay } from '../people/account-context.ts'
import { useStoreNames } from '../people/use-names.ts'
import { rateText } from './cell-text.ts'
import type { ToChange } from './change-dialog.tsx'
import classes from './inventory.module.css'
import { prepareStock, totalsOf } from './prepare-stock.ts'
import { productStockQuery } from './stock-queries.ts'
import { StoreStock } from './store-stock.tsx'
import { words } from './words.ts'

/** Of many stores these are shown: the most urgent ones. */
const MOST = 200

type Props = {
  readonly productId: string
  readonly onClose: () => void
  readonly onChange: (about: ToChange) => void
}

/** One product in every store that one may see. */
export function AcrossStores({ productId, onClose, onChange }: Props) {
  const names = useStoreNames()
  const mayChange = useMay('stock:change')
  const answer = useQuery(productStockQuery(productId))
  const rows = useMemo(() => prepareStock(answer.data?.items ?? [], names), [answer.data, names])
  const product = rows[0]?.product ?? productId
  const { onHand, owed, unitsPerDay } = totalsOf(rows)
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={560}
      title={<span className={classes.drawerTitle}>{product}</span>}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <div className={classes.across}>
        <div className={classes.acrossHead}>
          <p>
            {words.acrossTotals(formatNumber(onHand), counted(rows.length, ...words.stores), rateText(unitsPerDay))}
            {owed > 0 && `, ${words.owed(formatNumber(owed))}`}
          </p>
          {mayChange && (
            <button type="button" className={classes.secondary} onClick={() => onChange({ productId, product })}>
              {words.change}
            </button>
          )}
          <PageLink to={itemPath(productId)} className={classes.link}>
            {words.openItem}
          </PageLink>
        </div>
        <Panel
          id="across"
          title={words.acrossShort}
          state={panelStateOf(answer)}
          empty={rows.length === 0 ? { title: words.noneFound, why: words.noneWhy } : undefined}
          skeleton="table"
        >
          <StoreStock
            rows={rows}
            most={MOST}
            compact
            onChange={mayChange ? ({ storeId }) => onChange({ productId, product, storeId }) : undefined}
          />
        </Panel>
      </div>
    </Drawer>
  )
}
