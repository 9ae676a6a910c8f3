import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { SettingsAnswer } from '#core/api/settings.ts'
import { answerOf, engine, RefusedError } from '../reach/ask-engine.ts'
import { afterChanges, type Change, fieldOf } from './prepare-settings.ts'

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }): Promise<SettingsAnswer> => answerOf(engine.GET('/settings', { signal })),
})

/**
 * Sends the changes one after the other; what the engine says of a value is said of the setting.
 * @throws RefusedError of the first that was refused: those before it count.
 */
export async function changeSettings(changes: readonly Change[]): Promise<readonly Change[]> {
  for (const change of changes) {
    try {
      await answerOf(engine.POST('/settings', { body: change }))
    } catch (error) {
      throw error instanceof RefusedError ? ofSetting(error, change.name) : error
    }
  }
  return changes
}

function ofSetting({ status, message, problems, present, retryAfterSeconds }: RefusedError, name: string) {
  const named = problems.map((problem) => (problem.field === 'value' ? { ...problem, field: fieldOf(name) } : problem))
  return new RefusedError(status, message, { problems: named, present }, retryAfterSeconds)
}

/** An event is applied a moment after it was taken. */
const APPLIED_MS = 1_500

/** What was taken is shown at once, and asked for when it has been applied. */
export function showChanges(client: QueryClient, changes: readonly Change[]): void {
  client.setQueryData(settingsQuery.queryKey, (known) =>
    known === undefined ? known : { ...known, settings: afterChanges(known.settings, changes) },
  )
  setTimeout(() => void client.invalidateQueries({ queryKey: settingsQuery.queryKey }), APPLIED_MS)
}

/** `before`: the name that was seen. */
export const nameMerchant = (name: string, before: string): Promise<{ readonly id: string; readonly name: string }> =>
  answerOf(engine.PATCH('/merchant', { body: { name, before } }))
