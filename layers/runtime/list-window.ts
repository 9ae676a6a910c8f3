import type { ListSpan } from '#core/api/freshness.ts'
import { windowOf } from '#core/metrics/spans.ts'
import type { StateStore, Viewer } from '#core/ports.ts'
import { resolveScope } from './read-metrics.ts'

/** Epoch ms; `fromMs` absent: from the first that is kept on. */
type Listed = { readonly fromMs?: number | undefined; readonly toMs: number }

/** What a list is about, as it says it: by the days of one store, or of all that the viewer sees. */
export async function listWindow(
  state: StateStore,
  { merchantId, stores }: Viewer,
  { fromMs, toMs }: Listed,
  store?: string,
): Promise<ListSpan> {
  const { timeZone } = await resolveScope(state, merchantId, { by: 'store', key: store }, stores)
  const window = windowOf({ fromMs: fromMs ?? 0, toMs }, timeZone)
  return fromMs === undefined ? { ...window, from: null } : window
}
