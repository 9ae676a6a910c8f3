import { RefusedError } from '../reach/ask-engine.ts'

/** How a panel stands. `ready` may be old: what is shown stays, greyed and dated. */
export type PanelState =
  | { readonly is: 'ready' /** Epoch ms of the answer that is shown, by the page's clock. */; readonly at: number }
  | { readonly is: 'loading' }
  | { readonly is: 'refused' }
  | { readonly is: 'failed'; readonly why: string; readonly again: () => void }

type Asked = {
  readonly data: unknown
  readonly error: Error | null
  readonly dataUpdatedAt: number
  readonly refetch: () => unknown
}

const NOT_ALLOWED = 403

/** The state of a panel that shows the answers to these questions: the worst of theirs. */
export function panelStateOf(...asked: readonly Asked[]): PanelState {
  const missing = asked.filter(({ data }) => data === undefined)
  const failed = missing.find(({ error }) => error !== null)
  if (failed !== undefined) {
    const { error } = failed
    if (error instanceof RefusedError && error.status === NOT_ALLOWED) return { is: 'refused' }
    const again = () => missing.forEach(({ refetch }) => void refetch())
    return { is: 'failed', why: error!.message, again }
  }
  if (missing.length > 0) return { is: 'loading' }
  return { is: 'ready', at: Math.min(...asked.map(({ dataUpdatedAt }) => dataUpdatedAt)) }
}
