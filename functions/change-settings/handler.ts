import { type SettingsAnswer, settingChange, settingsAnswer } from '#core/api/settings.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import { checkSetting, SETTINGS, type SettingName, type SettingsRow, settingOf } from '#core/settings/settings.ts'
import { audited } from '#runtime/audit.ts'
import { changeSetting } from '#runtime/change-setting.ts'
import { httpHandler, json, jsonIn, unprocessable, viewerIn } from '#runtime/http-handler.ts'
import { readSettings } from '#runtime/read-catalogue.ts'
import { readLag } from '#runtime/read-lag.ts'

/** What a merchant decided: shown, and changed by an event in every shard. */
export const handler = httpHandler((ports) => async (request) => {
  const viewer = viewerIn(request)
  const nowMs = ports.clock.now()
  const settings = await readSettings(ports.state, viewer.merchantId)
  if (request.route === 'GET /settings') {
    const lagMs = await readLag(ports.log, ports.state, nowMs)
    return json(200, settingsAnswer.parse({ asOf: new Date(nowMs).toISOString(), lagMs, settings: shown(settings) }))
  }
  const body = jsonIn(request)
  if (!body.ok) return unprocessable(body.problems)
  const parsed = settingChange.strict().safeParse(body.value)
  if (!parsed.success) return unprocessable(problemsOf(parsed.error))
  const change = checkSetting(parsed.data)
  if (!change.ok) return unprocessable(change.problems)
  const { name, category, productId, value } = change.value
  const place = [name, category && `of ${category}`, productId && `of ${productId}`].filter(Boolean).join(' ')
  const own: Readonly<Record<string, unknown>> =
    category === undefined ? settings.values : (settings.categories[category] ?? {})
  const before = productId === undefined ? (own[name] ?? null) : null
  const id = await audited(ports, viewer, { what: 'settings.changed', subject: place, before, after: value }, () =>
    changeSetting(ports, viewer, change.value),
  )
  return json(202, { eventIds: [id], repeat: false })
})

function shown(settings: SettingsRow): SettingsAnswer['settings'] {
  return (Object.keys(SETTINGS) as SettingName[]).map((name) => ({
    name,
    about: SETTINGS[name].about,
    value: settingOf(name, settings),
    default: SETTINGS[name].default,
    changed: settings.values[name] !== undefined,
    categories: Object.fromEntries(
      Object.entries(settings.categories).flatMap(([category, values]) =>
        values[name] === undefined ? [] : [[category, values[name]]],
      ),
    ),
  }))
}
