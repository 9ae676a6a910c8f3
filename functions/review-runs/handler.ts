import type { Freshness } from '#core/api/freshness.ts'
import { SHORT_PAGE } from '#core/api/limits.ts'
import {
  checkHistoryAnswer,
  type RunAnswer,
  runAnswer,
  runChecksAnswer,
  runRequest,
  runsAnswer,
} from '#core/api/runs.ts'
import { manifest } from '#functions/manifest.ts'
import { audited } from '#runtime/audit.ts'
import { CHAIN_CHECKS, checksRange } from '#runtime/chain-checks.ts'
import { startRun } from '#runtime/chain-executions.ts'
import {
  askForRun,
  CHAIN_RUNS,
  findRun,
  findRunInContext,
  type RunRow,
  retryAt,
  runId,
  runsRange,
} from '#runtime/chain-runs.ts'
import { CHECK_HISTORY, type CheckHistoryRow, checkHistoryRange } from '#runtime/check-history.ts'
import { bodyIn, HttpError, type HttpRequest, httpHandler, json, viewerIn } from '#runtime/http-handler.ts'
import { listWindow } from '#runtime/list-window.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorIn, cursorOf, limitIn, refuse, restOf } from '#runtime/query-parameters.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { progressOf } from '#runtime/run-progress.ts'
import { checksItemOf, runItemOf, shapeItemOf, stateItemOf, timeOf } from './run-items.ts'

/** Runs of the chains, newest first; one of them with its states and checks; and asking for one. */
export const handler = httpHandler((ports) => async (request) => {
  const viewer = viewerIn(request)
  const { merchantId } = viewer
  const nowMs = ports.clock.now()
  const fresh = await freshnessAt(ports, nowMs)
  switch (request.route) {
    case 'GET /runs': {
      const { rows, next } = await page(ports, request, CHAIN_RUNS, runsRange(merchantId))
      const window = await listWindow(ports.state, viewer, { toMs: nowMs })
      return json(200, runsAnswer.parse({ ...fresh, window, items: rows.map((row) => runItemOf(row as RunRow)), next }))
    }
    case 'GET /quality/checks': {
      const { rows, next } = await page(ports, request, CHECK_HISTORY, checkHistoryRange(merchantId))
      const items = rows.map((row) => checksItemOf(row as CheckHistoryRow))
      const window = await listWindow(ports.state, viewer, { toMs: nowMs })
      return json(200, checkHistoryAnswer.parse({ ...fresh, window, items, next }))
    }
    case 'GET /runs/{id}':
      return json(200, runAnswer.parse(await detailsOf(ports, merchantId, request.params.id!, fresh)))
    case 'GET /runs/{id}/checks': {
      const run = runId(await runIn(ports, request))
      const { rows, next } = await page(ports, request, CHAIN_CHECKS, checksRange({ merchantId, run }))
      return json(200, runChecksAnswer.parse({ ...fresh, items: rows, next }))
    }
    default:
      return askRun(ports, request, fresh)
  }
})

type Range = Parameters<typeof restOf>[0]

async function page({ state }: Ports, request: HttpRequest, table: string, all: Range) {
  const limit = limitIn(request, SHORT_PAGE)
  const found = await state.query({ table, range: restOf(all, cursorIn(request)), limit: limit + 1 })
  const shown = found.slice(0, limit)
  return { rows: shown.map(({ row }) => row), next: found.length > limit ? cursorOf(shown.at(-1)!.key) : null }
}

async function runIn({ state }: Ports, request: HttpRequest): Promise<RunRow> {
  const id = request.params.id!
  return (await findRun(state, viewerIn(request).merchantId, id)) ?? refuseUnknown(id)
}

function refuseUnknown(id: string): never {
  throw new HttpError(404, `There is no run ${id}: GET /runs names them`)
}

async function detailsOf({ state }: Ports, merchantId: string, id: string, fresh: Freshness): Promise<RunAnswer> {
  const { run = refuseUnknown(id), lane, night } = await findRunInContext(state, merchantId, id)
  const { counts = null, wrong = [] } = run.checks ?? {}
  const states = (await progressOf(state, run)).map(stateItemOf)
  const isNewest = lane?.newest === id && !lane.isOpen
  const isResumable = isNewest && states.some(({ tasks }) => tasks > 0)
  const found = { checks: counts && { ...counts }, wrong: [...wrong] }
  return {
    ...runItemOf(run),
    ...fresh,
    shape: shapeItemOf(run),
    isResumable,
    retryAt: timeOf(isNewest ? (retryAt(run) ?? null) : null),
    shown: night?.date || null,
    states,
    ...found,
  }
}

async function askRun(ports: Ports, request: HttpRequest, fresh: Freshness) {
  const viewer = viewerIn(request)
  const asked = bodyIn(request, runRequest)
  const chains = manifest.workflows.map(({ chain }) => chain)
  if (!chains.includes(asked.chain)) throw refuse('chain', `is none that there is: ${chains.join(', ')}`)
  const { executions } = ports
  if (ports.warehouse === undefined && executions === undefined) throw new HttpError(409, 'No chains run here')
  const { chain: subject, ...after } = asked
  const run = await audited(ports, viewer, { what: 'run.asked', subject, after }, () =>
    askForRun(ports, viewer.merchantId, asked, viewer.subject),
  )
  // Should it be cut off here, the next tick begins it.
  if (executions !== undefined) await startRun({ executions }, run)
  return json(202, runAnswer.parse(await detailsOf(ports, viewer.merchantId, runId(run), fresh)))
}
