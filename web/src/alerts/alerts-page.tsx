import { Tabs } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { z } from 'zod/mini'
import { formatNumber } from '../format/format-number.ts'
import { useConnectionWords } from '../frame/connection-status.tsx'
import { PageBody } from '../frame/page-body.tsx'
import { usePageState } from '../frame/page-state.ts'
import { useShortcut } from '../frame/shortcuts.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { useAccount, useMay } from '../people/account-context.ts'
import { useNow } from '../reach/use-now.ts'
import { useScope } from '../scope/use-scope.ts'
import { AlertFilters } from './alert-filters.tsx'
import { AlertRows } from './alert-rows.tsx'
import classes from './alerts-page.module.css'
import { type AlertFilter, prepareAlertList } from './prepare-alert-list.ts'
import { Thresholds } from './thresholds.tsx'
import { UndoBar } from './undo-bar.tsx'
import { useHeldAcknowledgements, useMerchantZone, useOpenAlerts, useRegions, useResolvedAlerts } from './use-alerts.ts'
import { words } from './words.ts'

const STATES = ['open', 'acknowledged', 'resolved'] as const
const TABS = [...STATES, 'thresholds'] as const
type Tab = (typeof TABS)[number]

const FIELDS = {
  tab: z._default(z.enum(TABS), 'open'),
  severity: z.optional(z.enum(['CRITICAL', 'WARNING'])),
  kind: z.optional(z.enum(['OVERSOLD', 'OUT_OF_STOCK', 'LOW_STOCK'])),
  find: z._default(z.string(), ''),
}
const MINUTE_MS = 60_000

/** Everything that needs a person, or did; and by which days of cover that is decided. */
export function AlertsPage() {
  const [{ tab, severity, kind, find }, setState] = usePageState(FIELDS)
  const { scope, change } = useScope('rows')
  const { id: selfId } = useAccount()
  const maySeeSettings = useMay('settings:read')
  const mayAcknowledge = useMay('alerts:handle')
  const zone = useMerchantZone()
  const nowMs = Math.floor(useNow() / MINUTE_MS) * MINUTE_MS
  const { stale, tone } = useConnectionWords()
  const reachable = !stale || tone === 'paused'
  const { asked: open, isCut } = useOpenAlerts(scope.store)
  const resolved = useResolvedAlerts(scope.store, tab === 'resolved')
  const regions = useRegions(scope.region !== undefined)
  const { acknowledgements, held } = useHeldAcknowledgements()
  const { store, region, category } = scope
  const filter: AlertFilter = { severity, kind, store, region, category, text: find }
  const key = JSON.stringify(filter)
  const lists = useMemo(() => {
    const asked = JSON.parse(key) as AlertFilter
    const of = (state: Tab) => {
      const items = state === 'resolved' ? resolved.items : open.data?.items.filter((item) => item.state === state)
      return prepareAlertList(items ?? [], asked, regions, selfId)
    }
    return { open: of('open'), acknowledged: of('acknowledged'), resolved: of('resolved') }
  }, [open.data, resolved.items, key, regions, selfId])
  const shownTab = tab === 'thresholds' && !maySeeSettings ? 'open' : tab
  const finder = useRef<HTMLInputElement>(null)
  useShortcut('/', words.keys.find, () => finder.current?.focus())
  useShortcut('u', words.keys.undo, acknowledgements.undo)
  const clear = () => {
    setState({ severity: undefined, kind: undefined, find: '' })
    if ((store ?? region ?? category) !== undefined)
      change({ store: undefined, region: undefined, category: undefined })
  }
  const isFiltered = key !== JSON.stringify({ text: '' })
  const count = (state: 'open' | 'acknowledged') =>
    open.data === undefined ? '' : `${formatNumber(lists[state].rows.length)}${isCut ? words.orMore : ''}`
  const list = shownTab === 'thresholds' ? undefined : lists[shownTab]
  const [announced, setAnnounced] = useState('')
  useEffect(() => setAnnounced(list === undefined ? '' : words.shownOf(...countsOf(list))), [list])
  return (
    <PageBody title={words.title} about={words.about}>
      <Tabs
        value={shownTab}
        onChange={(value) => setState({ tab: value as Tab })}
        keepMounted={false}
        classNames={{ list: classes.tabs!, tab: classes.tab! }}
      >
        <Tabs.List aria-label={words.tabList}>
          {TABS.filter((each) => each !== 'thresholds' || maySeeSettings).map((each) => (
            <Tabs.Tab key={each} value={each}>
              {words.tabs[each]}
              {(each === 'open' || each === 'acknowledged') && <span className={classes.count}>{count(each)}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {STATES.map((state) => (
          <Tabs.Panel key={state} value={state} className={classes.tabPanel}>
            <AlertFilters
              list={lists[state]}
              filter={filter}
              finder={finder}
              onChange={setState}
              onPlace={change}
              onClear={isFiltered ? clear : undefined}
            />
            <Panel
              id="alert-list"
              title={words.tabs[state]}
              about={words.shownOf(...countsOf(lists[state]))}
              state={panelStateOf(state === 'resolved' ? resolved.asked : open)}
              skeleton="table"
              flush
              empty={emptyOf(state, lists[state].rows.length, isFiltered && lists[state].all > 0, clear)}
            >
              {isCut && state !== 'resolved' && (
                <p className={classes.cut}>{words.mostUrgent(formatNumber(open.data!.items.length))}</p>
              )}
              <AlertRows
                key={state}
                rows={lists[state].rows}
                held={held}
                zone={zone}
                nowMs={nowMs}
                reachable={reachable}
                onAcknowledge={state === 'open' && mayAcknowledge ? acknowledgements.add : undefined}
                onUndo={acknowledgements.undo}
              />
              {state === 'resolved' && resolved.asked.hasNextPage && (
                <button
                  type="button"
                  className={classes.more}
                  disabled={resolved.asked.isFetchingNextPage}
                  onClick={() => void resolved.asked.fetchNextPage()}
                >
                  {words.older}
                </button>
              )}
            </Panel>
          </Tabs.Panel>
        ))}
        {maySeeSettings && (
          <Tabs.Panel value="thresholds" className={classes.tabPanel}>
            <Thresholds />
          </Tabs.Panel>
        )}
      </Tabs>
      <p className={classes.spoken} role="status">
        {announced}
      </p>
      <UndoBar held={held} acknowledgements={acknowledgements} />
    </PageBody>
  )
}

const countsOf = ({ rows, all }: { readonly rows: readonly unknown[]; readonly all: number }): [string, string] => [
  formatNumber(rows.length),
  formatNumber(all),
]

function emptyOf(state: (typeof STATES)[number], rows: number, isFiltered: boolean, clear: () => void) {
  if (rows > 0) return undefined
  if (!isFiltered) return words.empty[state]
  const action = (
    <button type="button" className={classes.button} onClick={clear}>
      {words.clear}
    </button>
  )
  return { ...words.empty.filtered, action }
}
