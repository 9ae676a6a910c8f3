import { NO_STORE } from '#core/events/envelope.ts'
import type { SettingChanged } from '#core/events/setting-changed.ts'
import { businessDateOf } from '#core/metrics/business-time.ts'
import type { Viewer } from '#core/ports.ts'
import { settingOf } from '#core/settings/settings.ts'
import { ownEvent } from './own-event.ts'
import type { Ports } from './ports.ts'
import { readSettings } from './read-catalogue.ts'

/** Appends a checked change to every shard, so that each fold meets it at its place in the log. Answers the event's id. */
export async function changeSetting(
  ports: Pick<Ports, 'log' | 'state' | 'clock' | 'ids'>,
  { merchantId, subject }: Viewer,
  change: SettingChanged,
): Promise<string> {
  const zone = settingOf('timeZone', await readSettings(ports.state, merchantId))
  const businessDate = businessDateOf(ports.clock.now(), zone)
  const place = { merchantId, storeId: NO_STORE, source: 'settings', businessDate }
  const { id, bytes } = ownEvent(ports, 'setting.changed', place, { ...change, changedBy: subject })
  const records = Array.from({ length: ports.log.shards }, (_, shard) => ({ shard, bytes }))
  await ports.log.append([{ eventIds: [id], records }])
  return id
}
