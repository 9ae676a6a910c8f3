import { MAX_CLIENT_MESSAGE, type Subscription, subscribe } from '#core/api/live.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import { type Outcome, ok, wrong } from '#core/outcome.ts'
import type { Viewer } from '#core/ports.ts'
import { refusedIn } from './may-hear.ts'

/** What a client said on the socket, where it is a subscription that its viewer may have. */
export function readSubscription(viewer: Viewer, text: string): Outcome<Subscription> {
  if (text.length > MAX_CLIENT_MESSAGE)
    return wrong('', `the message is longer than ${MAX_CLIENT_MESSAGE} characters: name fewer stores`)
  const said = parsed(text)
  if (said === undefined) return wrong('', 'the message is not JSON: send {"type":"subscribe"}')
  const { success, data, error } = subscribe.safeParse(said)
  if (!success) return { ok: false, problems: problemsOf(error) }
  const { type: _, ...subscription } = data
  const problems = refusedIn(viewer, subscription)
  return problems.length > 0 ? { ok: false, problems } : ok(subscription)
}

/** undefined is nothing that JSON could say. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
