/** Everything that imports ask of the engine. */
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { everyPage } from '#core/api/every-page.ts'
import type {
  ImportAnswer,
  ImportKind,
  ImportPreviewAnswer,
  ImportPreviewRequest,
  ImportsAnswer,
} from '#core/api/imports.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'
import type { RowsSent } from './send-rows.ts'

type PreviewAsked = Omit<ImportPreviewRequest, 'kind' | 'mapping'> & {
  readonly kind?: ImportKind
  readonly mapping?: Record<string, unknown>
}
export const preview = (body: PreviewAsked, signal: AbortSignal): Promise<ImportPreviewAnswer> =>
  answerOf(engine.POST('/imports/preview', { body, signal }))

export const bringIn = (kind: ImportKind, body: RowsSent): Promise<ImportAnswer> =>
  answerOf(engine.POST('/imports/{kind}', { params: { path: { kind } }, body }))

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: ({ signal }): Promise<ImportsAnswer> =>
    everyPage((query) => answerOf(engine.GET('/imports', { signal, params: { query } }))),
})

const QUALITY_MS = 500

/** Resolves when the engine has counted what it had taken; `mayKnow`: else at once. */
export async function untilCounted(mayKnow: boolean, wait: (ms: number) => Promise<void>): Promise<void> {
  if (!mayKnow) return
  const quality = () => answerOf(engine.GET('/quality'))
  const takenMs = Date.parse((await quality()).asOf)
  for (;;) {
    const { asOf, lagMs } = await quality()
    if (Date.parse(asOf) - lagMs > takenMs) return
    await wait(QUALITY_MS)
  }
}

/** Every figure may be another one now. */
export const askEverythingAgain = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'import-preview' })
