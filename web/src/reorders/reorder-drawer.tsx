import { Drawer } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReorderDetails, ReorderItem } from '#core/api/reorders.ts'
import { formatNumber } from '../format/format-number.ts'
import { PageLink } from '../frame/page-link.tsx'
import { itemPath } from '../paths.ts'
import { useMay } from '../people/account-context.ts'
import { messageOf } from '../people/prepare-refusal.ts'
import { RefusedError } from '../reach/ask-engine.ts'
import { AcceptForm } from './accept-form.tsx'
import { Arithmetic } from './arithmetic.tsx'
import { DecideDialog } from './decide-dialog.tsx'
import { chanceText, costText, dayText, decisionText, nameOf, storeOf } from './prepare-reorders.ts'
import classes from './reorders.module.css'
import { REORDERS, reorderQuery } from './requests.ts'
import { words } from './words.ts'

type Props = {
  readonly id: string
  readonly onClose: () => void
  readonly onDecided: (item: ReorderItem) => void
}

/** One proposal: what it is, what becomes of it, and the sum behind it. */
export function ReorderDrawer({ id, onClose, onDecided }: Props) {
  const { data, error } = useQuery(reorderQuery(id))
  const client = useQueryClient()
  const [told, setTold] = useState<string>()
  // The row may have moved: it is shown anew, and what was said of it stays.
  const onRefused = (refusal: Error) => {
    const status = refusal instanceof RefusedError ? refusal.status : 0
    if (status !== 409 && status < 500) return
    setTold(status === 409 ? words.changedSince : messageOf(refusal))
    void client.invalidateQueries({ queryKey: [REORDERS] })
  }
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={560}
      title={
        <span className={classes.drawerTitle}>
          {data === undefined ? words.tableTitle : words.order(formatNumber(data.decision?.quantity ?? data.quantity))}
        </span>
      }
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {data === undefined ? (
        <p role={error === null ? 'status' : 'alert'}>{error === null ? words.loading : messageOf(error)}</p>
      ) : (
        <>
          {told !== undefined && (
            <p className={classes.fault} role="alert">
              {told}
            </p>
          )}
          <Proposal key={data.version} item={data} onDecided={onDecided} onRefused={onRefused} />
        </>
      )}
    </Drawer>
  )
}

type ProposalProps = {
  readonly item: ReorderDetails
  readonly onDecided: (item: ReorderItem) => void
  readonly onRefused: (error: Error) => void
}

function Proposal({ item, onDecided, onRefused }: ProposalProps) {
  const mayDecide = useMay('reorders:decide')
  const [asking, setAsking] = useState<'snooze' | 'dismiss'>()
  const isOpen = item.state === 'open' || item.state === 'snoozed'
  const decided = decisionText(item)
  return (
    <div className={classes.drawer}>
      <p>
        <PageLink to={itemPath(item.productId)}>{nameOf(item)}</PageLink>, {storeOf(item)}
      </p>
      {decided !== '' && <p className={classes.decided}>{decided}</p>}
      <dl className={classes.facts}>
        <Fact name={words.facts.supplier} value={item.supplierId} />
        <Fact name={words.facts.arrives} value={dayText(item.arrivesOn)} />
        <Fact name={words.facts.chance} value={chanceText(item.stockoutChance)} />
        <Fact name={words.facts.lasts} value={words.lastsDays(item.coverDays)} />
        <Fact name={words.facts.cost} value={costText(item.costMinor, item.currency)} />
      </dl>
      {isOpen && !mayDecide && <p className={classes.light}>{words.mayNot}</p>}
      {isOpen && mayDecide && (
        <section aria-label={words.decideTitle} className={classes.decide}>
          <AcceptForm item={item} onDone={onDecided} onRefused={onRefused} />
          <div className={classes.choices}>
            <button type="button" className={classes.secondary} onClick={() => setAsking('snooze')}>
              {words.snooze}
            </button>
            <button type="button" className={classes.secondary} onClick={() => setAsking('dismiss')}>
              {words.dismiss}
            </button>
          </div>
        </section>
      )}
      <section aria-labelledby="reorder-lines">
        <h3 id="reorder-lines">{words.arithmetic}</h3>
        <Arithmetic lines={item.lines} currency={item.currency} />
      </section>
      {item.substitutes.length > 0 && (
        <section aria-labelledby="reorder-substitutes">
          <h3 id="reorder-substitutes">{words.substitutes}</h3>
          <ul className={classes.substitutes}>
            {item.substitutes.map((substitute) => (
              <li key={substitute.productId}>
                <PageLink to={itemPath(substitute.productId)}>{nameOf(substitute)}</PageLink>
              </li>
            ))}
          </ul>
        </section>
      )}
      {asking !== undefined && (
        <DecideDialog
          item={item}
          what={asking}
          onDone={onDecided}
          onRefused={onRefused}
          onClose={() => setAsking(undefined)}
        />
      )}
    </div>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
