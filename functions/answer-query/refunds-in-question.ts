/** Which refunds a question is about: of what span, which stores and which products. */
import { MAX_AHEAD_MS } from '#core/events/decode-event.ts'
import { addDays, businessDateOf, startOfBusinessDay } from '#core/metrics/business-time.ts'
import type { AskedScope } from '#core/metrics/scope.ts'
import type { Span } from '#core/metrics/spans.ts'
import { refunds } from '#core/trade/refunds.ts'
import type { Transaction } from '#core/trade/transactions.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { instantIn, refuseBackward } from '#runtime/query-parameters.ts'
import { readVisibleStores } from '#runtime/read-catalogue.ts'
import { resolveScope } from '#runtime/read-metrics.ts'
import { type Placed, readNewest } from '#runtime/read-newest.ts'
import { scopeIn } from './asked-scope.ts'
import { productsOf, storesOf } from './series-groups.ts'

const DAYS = 30
/** Rows that are read at once, where not every one is asked for. */
const AT_ONCE = 500

export type RefundsAsked = {
  readonly scope: AskedScope
  readonly fromMs: number
  /** Absent: up to now. */
  readonly toMs: number | undefined
  readonly timeZone: string
}

/** The last 30 business days of everything, unless it is said. */
export async function refundsAskedIn({ state, clock }: Ports, request: HttpRequest): Promise<RefundsAsked> {
  const { merchantId, stores } = viewerIn(request)
  const nowMs = clock.now()
  const scope = scopeIn(request)
  const { timeZone } = await resolveScope(state, merchantId, scope, stores)
  const toMs = instantIn(request, 'to')
  const firstDay = addDays(businessDateOf(Math.min(toMs ?? nowMs, nowMs), timeZone), 1 - DAYS)
  const fromMs = instantIn(request, 'from') ?? startOfBusinessDay(firstDay, timeZone)
  refuseBackward(request, fromMs, toMs ?? nowMs)
  return { scope, fromMs, toMs, timeZone }
}

/** The newest refunds behind a place, of at most `most` that are read; `next`: where to go on. */
export async function readRefunds(
  { state, clock }: Ports,
  request: HttpRequest,
  { scope }: RefundsAsked,
  { fromMs, toMs }: Span,
  page: { readonly after: string | undefined; readonly limit: number; readonly most: number },
): Promise<{ readonly rows: readonly Transaction[]; readonly next: string | undefined }> {
  const viewer = viewerIn(request)
  const { merchantId } = viewer
  const only = await productsOf(state, merchantId, scope)
  const storeIds = (await storesOf(state, merchantId, scope, viewer.stores)) ?? [
    ...(await readVisibleStores(state, viewer)).keys(),
  ]
  const isAsked = ({ productId }: Transaction) => only === undefined || (productId !== undefined && only.has(productId))
  // A shop's clock may be a little ahead: what it has sold is in the sums that are still filling.
  const span = { fromMs, toMs: toMs < clock.now() ? toMs : toMs + MAX_AHEAD_MS }
  const rows: Transaction[] = []
  let { after } = page
  for (let read = 0; ; ) {
    const many = only === undefined ? page.limit - rows.length : Math.min(AT_ONCE, page.most - read)
    const found = await readNewest<Transaction>(state, {
      table: refunds.name,
      merchantId,
      storeIds,
      after,
      span,
      limit: many + 1,
    })
    const taken = upTo(found.slice(0, many), isAsked, page.limit - rows.length)
    rows.push(...taken.filter(({ row }) => isAsked(row)).map(({ row }) => row))
    read += taken.length
    if (taken.length === found.length) return { rows, next: undefined }
    after = taken.at(-1)!.place
    if (rows.length >= page.limit || read >= page.most) return { rows, next: after }
  }
}

/** The rows up to the last one that the page has room for. */
function upTo(
  found: readonly Placed<Transaction>[],
  isAsked: (row: Transaction) => boolean,
  room: number,
): readonly Placed<Transaction>[] {
  let left = room
  const end = found.findIndex(({ row }) => isAsked(row) && --left === 0)
  return end < 0 ? found : found.slice(0, end + 1)
}
