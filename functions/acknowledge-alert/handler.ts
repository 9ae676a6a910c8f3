import { type AcknowledgeAnswer, acknowledgeAnswer, acknowledgeRequest } from '#core/api/alerts.ts'
import { shardOf } from '#core/events/shard-of.ts'
import type { Alert } from '#core/inventory/alerts.ts'
import { businessDateOf } from '#core/metrics/business-time.ts'
import type { Intake, Viewer } from '#core/ports.ts'
import { settingOf } from '#core/settings/settings.ts'
import { audited, type Change } from '#runtime/audit.ts'
import { findOpenAlerts } from '#runtime/find-alerts.ts'
import { bodyIn, HttpError, httpHandler, json, viewerIn } from '#runtime/http-handler.ts'
import { haveLastWords, type Word } from '#runtime/last-word.ts'
import { ownEvent } from '#runtime/own-event.ts'
import type { Ports } from '#runtime/ports.ts'
import { readSettings } from '#runtime/read-catalogue.ts'

type Item = AcknowledgeAnswer['items'][number]

/** A person has seen alerts: an event of each one's store. Once is enough. */
export const handler = httpHandler((ports) => async (request) => {
  const viewer = viewerIn(request)
  if (request.route === 'POST /alerts/acknowledge') {
    const { ids } = bodyIn(request, acknowledgeRequest)
    const items = await acknowledge(ports, viewer, [...new Set(ids)])
    const isNew = items.some(({ fate }) => fate === 'acknowledged')
    return json(isNew ? 202 : 200, acknowledgeAnswer.parse({ items }))
  }
  const alertId = request.params.id!
  const [item] = await acknowledge(ports, viewer, [alertId])
  if (item!.fate === 'absent') throw new HttpError(404, `There is no open alert ${alertId}`)
  if (item!.fate === 'repeat') return json(200, { eventIds: [], repeat: true })
  return json(202, { eventIds: [item!.eventId], repeat: false })
})

/** Of each alert what became of it, in this order; their events are in the log together, or none is. */
async function acknowledge(ports: Ports, viewer: Viewer, ids: readonly string[]): Promise<Item[]> {
  const found = await findOpenAlerts(ports.state, viewer, ids)
  const open = [...found.values()].filter(({ acknowledgedAt }) => acknowledgedAt === undefined)
  const asked = open.map(({ alertId }) => ({ about: ['alert', alertId], value: ACKNOWLEDGED, isLeft: isFirst }))
  const eventIds = await haveLastWords(ports, viewer.merchantId, asked, (lasts) =>
    append(
      ports,
      viewer,
      open.filter((_, n) => lasts[n] === undefined),
    ),
  )
  return ids.map((id): Item => {
    const eventId = eventIds.get(id)
    if (eventId !== undefined) return { id, fate: 'acknowledged', eventId }
    return { id, fate: found.has(id) ? 'repeat' : 'absent', eventId: null }
  })
}

const ACKNOWLEDGED = 'acknowledged'
const isFirst = (last: Word<string> | undefined) => last === undefined

/** Ids of the events, by the alerts'. */
async function append(ports: Ports, viewer: Viewer, alerts: readonly Alert[]): Promise<ReadonlyMap<string, string>> {
  if (alerts.length === 0) return new Map()
  const zone = settingOf('timeZone', await readSettings(ports.state, viewer.merchantId))
  const businessDate = businessDateOf(ports.clock.now(), zone)
  const intakes = alerts.map((alert) => intakeOf(ports, viewer, alert, businessDate))
  await audited(ports, viewer, changeOf(alerts), () => ports.log.append(intakes))
  return new Map(alerts.map(({ alertId }, n) => [alertId, intakes[n]!.eventIds[0]!]))
}

function intakeOf(ports: Ports, { merchantId, subject }: Viewer, alert: Alert, businessDate: string): Intake {
  const { alertId, storeId, productId } = alert
  const place = { merchantId, storeId, source: 'dashboard', businessDate }
  const { id, bytes } = ownEvent(ports, 'alert.acknowledged', place, { alertId, productId, acknowledgedBy: subject })
  return { eventIds: [id], records: [{ shard: shardOf(merchantId, storeId, ports.log.shards), bytes }] }
}

/** One line of the audit, however many they are. */
function changeOf(alerts: readonly Alert[]): Change {
  const ids = alerts.map(({ alertId }) => alertId)
  const [before, after] = [{ state: 'open' }, { state: ACKNOWLEDGED }]
  const what = 'alert.acknowledged'
  if (ids.length === 1) return { what, subject: ids[0]!, before, after }
  return { what, subject: `${ids.length} alerts`, before, after: { ...after, alerts: ids } }
}
