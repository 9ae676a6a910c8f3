import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { z } from 'zod/mini'
import { formatNumber } from '../format/format-number.ts'
import { PageBody } from '../frame/page-body.tsx'
import { usePageState } from '../frame/page-state.ts'
import { panelStateOf } from '../panel/panel-state.ts'
import { metricsQuery } from '../reach/queries.ts'
import { useFresh } from '../reach/use-fresh.ts'
import { useNow } from '../reach/use-now.ts'
import { ChecksPanel } from './checks-panel.tsx'
import { HeldDrawer } from './held-drawer.tsx'
import { HeldPanel } from './held-panel.tsx'
import { KeptPanel } from './kept-panel.tsx'
import { LagPanel } from './lag-panel.tsx'
import { LedgerPanel } from './ledger-panel.tsx'
import { ListingDialog } from './listing-dialog.tsx'
import { prepareLag } from './prepare-lag.ts'
import { prepareLedger } from './prepare-ledger.ts'
import classes from './quality.module.css'
import { HELD_STATES, qualityQuery } from './requests.ts'
import { type Unlisted, UnlistedPanel } from './unlisted-panel.tsx'
import { useLagOfHour } from './use-lag-of-hour.ts'
import { words } from './words.ts'

const STATE = { documents: z._default(z.enum(HELD_STATES), 'held'), document: z.optional(z.string()) }
const MINUTE_MS = 60_000

/** Where every record went, what waits for somebody, and what nobody has named yet. */
export function QualityPage() {
  const asked = useFresh(qualityQuery)
  const { data: quality, dataUpdatedAt } = asked
  const state = panelStateOf(asked)
  const { data: metrics } = useQuery({ ...metricsQuery, enabled: false })
  const samples = useLagOfHour(quality?.lagMs, dataUpdatedAt)
  const [{ documents, document }, setPage] = usePageState(STATE)
  const [completing, setCompleting] = useState<Unlisted | null>(null)
  const [listed, setListed] = useState('')
  const nowMs = useNow()
  const minuteMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
  const timeZone = quality?.window.timeZone ?? 'UTC'
  const ledger = useMemo(() => quality?.ledger && prepareLedger(quality.ledger), [quality])
  const isOthersToo = quality?.ledger === null
  const lag = useMemo(() => prepareLag(samples, nowMs), [samples, nowMs])
  const times = { nowMs: minuteMs, timeZone }
  return (
    <PageBody title={words.title} about={words.about}>
      <p className={classes.outcome} role="status" data-good hidden={listed === ''}>
        {listed}
      </p>
      <div className={classes.grid}>
        <div className={classes.column}>
          <LedgerPanel
            state={state}
            ledger={ledger ?? undefined}
            isOthersToo={isOthersToo}
            repeats={formatNumber(quality?.repeatsAtDoor ?? 0)}
            late={quality?.late === null ? words.ledger.uncounted : formatNumber(quality?.late ?? 0)}
          />
          <HeldPanel
            status={documents}
            onStatus={(status) => setPage({ documents: status })}
            onOpen={(id) => setPage({ document: id })}
            {...times}
          />
        </div>
        <div className={classes.column}>
          <LagPanel state={state} lag={lag} timeZone={timeZone} />
          <UnlistedPanel state={state} quality={quality} onComplete={setCompleting} {...times} />
          {!isOthersToo && <KeptPanel state={state} quality={quality} {...times} />}
        </div>
      </div>
      <ChecksPanel />
      {document !== undefined && <HeldDrawer id={document} onClose={() => setPage({ document: undefined })} />}
      {completing !== null && (
        <ListingDialog
          it={completing}
          currency={Object.keys(metrics?.money ?? {})[0] ?? ''}
          onListed={(name) => setListed(words.listing.done(name))}
          onClose={() => setCompleting(null)}
        />
      )}
    </PageBody>
  )
}
