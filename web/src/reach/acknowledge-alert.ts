import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { AlertsAnswer } from '#core/api/alerts.ts'
import { answerOf, engine } from './ask-engine.ts'
import { alertsQuery, engineNowMs } from './queries.ts'

/** The answer as it will be: shown at once, before the engine has said so. */
export const acknowledgedIn = (answer: AlertsAnswer, id: string, at: string): AlertsAnswer => ({
  ...answer,
  items: answer.items.map((alert) =>
    alert.id === id && alert.state === 'open' ? { ...alert, state: 'acknowledged', acknowledgedAt: at } : alert,
  ),
})

/** The answer with one alert as it was before the click; if it has left meanwhile, it stays away. */
export const restoredIn = (answer: AlertsAnswer, before: AlertsAnswer | undefined, id: string): AlertsAnswer => ({
  ...answer,
  items: answer.items.map((alert) => (alert.id === id ? (before?.items.find((it) => it.id === id) ?? alert) : alert)),
})

/** Acknowledges one alert. Where the engine refuses, the alert is open again and the caller has the error to show. */
export function useAcknowledgeAlert(id: string) {
  const client = useQueryClient()
  const { queryKey } = alertsQuery
  return useMutation({
    mutationFn: () => answerOf(engine.POST('/alerts/{id}/acknowledge', { params: { path: { id } } })),
    onMutate: () => {
      const before = client.getQueryData(queryKey)
      const at = new Date(engineNowMs(client)).toISOString()
      client.setQueryData(queryKey, (answer) => answer && acknowledgedIn(answer, id, at))
      return before
    },
    onError: (_error, _none, before) => {
      client.setQueryData(queryKey, (answer) => answer && restoredIn(answer, before, id))
    },
  })
}
