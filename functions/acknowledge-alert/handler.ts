import { shardOf } from '#core/events/shard-of.ts'
import { type Alert, openAlerts } from '#core/inventory/alerts.ts'
import { businessDateOf } from '#core/metrics/business-time.ts'
import { under } from '#core/row-key.ts'
import { settingOf } from '#core/settings/settings.ts'
import { audited } from '#runtime/audit.ts'
import { HttpError, httpHandler, json, viewerIn } from '#runtime/http-handler.ts'
import { ownEvent } from '#runtime/own-event.ts'
import { readSettings } from '#runtime/read-catalogue.ts'

/** A person has seen an alert: an event of its store. Once is enough. */
export const handler = httpHandler((ports) => async (request) => {
  const viewer = viewerIn(request)
  const { merchantId, subject } = viewer
  const alertId = request.params.id!
  const rows = await ports.state.query({ table: openAlerts.name, range: under(merchantId) })
  const alert = rows.map(({ row }) => row as Alert).find((row) => row.alertId === alertId)
  if (alert === undefined) throw new HttpError(404, `There is no open alert ${alertId}`)
  if (alert.acknowledgedAt !== undefined) return json(200, { eventIds: [], repeat: true })
  const zone = settingOf('timeZone', await readSettings(ports.state, merchantId))
  const { storeId, productId } = alert
  const place = { merchantId, storeId, source: 'dashboard', businessDate: businessDateOf(ports.clock.now(), zone) }
  const { id, bytes } = ownEvent(ports, 'alert.acknowledged', place, { alertId, productId, acknowledgedBy: subject })
  const records = [{ shard: shardOf(merchantId, storeId, ports.log.shards), bytes }]
  await audited(ports, viewer, { what: 'alert.acknowledged', subject: alertId }, () =>
    ports.log.append([{ eventIds: [id], records }]),
  )
  return json(202, { eventIds: [id], repeat: false })
})
