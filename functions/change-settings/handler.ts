import { mayDo } from '#core/access/may-do.ts'
import { MAX_SETTING_CATEGORIES } from '#core/api/limits.ts'
import {
  previewAnswer,
  previewRequest,
  productSettingsAnswer,
  type SettingsAnswer,
  settingChange,
  settingsAnswer,
} from '#core/api/settings.ts'
import type { SettingChanged } from '#core/events/setting-changed.ts'
import type { Viewer } from '#core/ports.ts'
import { checkSetting, SETTINGS, type SettingName, type SettingsRow, settingOf } from '#core/settings/settings.ts'
import { audited, type Change } from '#runtime/audit.ts'
import { changeSetting } from '#runtime/change-setting.ts'
import {
  bodyIn,
  conflict,
  HttpError,
  type HttpReply,
  type HttpRequest,
  httpHandler,
  json,
  unprocessable,
  viewerIn,
} from '#runtime/http-handler.ts'
import { haveLastWords, type Word } from '#runtime/last-word.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorOfText } from '#runtime/query-parameters.ts'
import { readProductSettings, readSettings } from '#runtime/read-catalogue.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { KEPT } from './kept.ts'
import { previewSettings } from './preview-settings.ts'
import { productOverrides } from './product-overrides.ts'

/** What a merchant decided: shown, and changed by an event in every shard. */
export const handler = httpHandler((ports) => async (request) => {
  const viewer = viewerIn(request)
  if (request.route === 'GET /settings') {
    const fresh = await freshnessAt(ports, ports.clock.now())
    const settings = await readSettings(ports.state, viewer.merchantId)
    return json(
      200,
      settingsAnswer.parse({
        ...fresh,
        settings: shown(settings, mayDo(viewer, 'settings:change')),
        kept: KEPT,
      }),
    )
  }
  if (request.route === 'GET /settings/products')
    return json(200, productSettingsAnswer.parse(await productOverrides(ports, request)))
  if (request.route === 'POST /settings/preview') return preview(ports, viewer, request)
  return change(ports, viewer, request, await readSettings(ports.state, viewer.merchantId))
})

const isOneTooMany = ({ categories }: SettingsRow, category: string): boolean =>
  !Object.hasOwn(categories, category) && Object.keys(categories).length >= MAX_SETTING_CATEGORIES
const TOO_MANY_CATEGORIES = {
  field: 'category',
  message: `there are settings of ${MAX_SETTING_CATEGORIES} categories already, which is the most: set it for products, or for all`,
}

/** @throws HttpError 409 where what is decided is not what was seen */
async function change(ports: Ports, viewer: Viewer, request: HttpRequest, settings: SettingsRow): Promise<HttpReply> {
  const { before: seen, ...asked } = bodyIn(request, settingChange.strict())
  const checked = checkSetting(asked)
  if (!checked.ok) return unprocessable(checked.problems)
  const { name, category, productId, value = null } = checked.value
  if (category !== undefined && isOneTooMany(settings, category)) return unprocessable([TOO_MANY_CATEGORIES])
  const place = [name, category && `of category ${category}`, productId && `of product ${productId}`]
  const folded = await decided(ports, viewer.merchantId, settings, checked.value)
  const presentAfter = (last: Word<Decided> | undefined) => (last === undefined ? folded : last.value)
  const isLeft = (last: Word<Decided> | undefined) => {
    const present = presentAfter(last)
    if (seen === undefined || seen === present) return true
    throw conflict('Somebody else changed this setting', { name, value: present })
  }
  const shownAs = (of: Decided) => (name === SECRET_URL ? hostOf(of) : of)
  const word = { about: ['setting', name, category ?? '', productId ?? ''], value, isLeft }
  const id = await haveLastWords(ports, viewer.merchantId, [word], ([last]) => {
    const [before, after] = [shownAs(presentAfter(last)), shownAs(value)]
    const about: Change = { what: 'settings.changed', subject: place.filter(Boolean).join(' '), before, after }
    return audited(ports, viewer, about, () => changeSetting(ports, viewer, checked.value))
  })
  return json(202, { eventIds: [id], repeat: false })
}

/** @throws HttpError 403, 422 */
async function preview(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  // Who may read settings sees no stock by them.
  if (!mayDo(viewer, 'figures:read'))
    throw new HttpError(403, 'A preview shows stock and alerts: this needs the right figures:read')
  const { next, ...change } = bodyIn(request, previewRequest)
  const checked = checkSetting(change)
  if (!checked.ok) return unprocessable(checked.problems)
  return json(200, previewAnswer.parse(await previewSettings(ports, viewer, change, cursorOfText(next))))
}

/** Its path is often the receiver's key: whoever may read what was changed sees the host. */
const SECRET_URL = 'noticeWebhookUrl'
const hostOf = (value: unknown): string | null => (typeof value === 'string' ? (URL.parse(value)?.host ?? '') : null)

type Decided = string | number | boolean | null

/** What is decided now; null: nothing, it is at its default. */
async function decided(
  { state }: Ports,
  merchantId: string,
  { values, categories }: SettingsRow,
  { name, category, productId }: SettingChanged,
): Promise<Decided> {
  const own = category === undefined ? values : categories[category]
  if (productId === undefined) return own?.[name as SettingName] ?? null
  const row = (await readProductSettings(state, merchantId, [productId])).get(productId)
  return row?.values[name as SettingName] ?? null
}

function shown(settings: SettingsRow, maySeeAll: boolean): SettingsAnswer['settings'] {
  return (Object.keys(SETTINGS) as SettingName[]).map((name) => ({
    name,
    about: SETTINGS[name].about,
    value: name === SECRET_URL && !maySeeAll ? (hostOf(settingOf(name, settings)) ?? '') : settingOf(name, settings),
    default: SETTINGS[name].default,
    changed: settings.values[name] !== undefined,
    categories: Object.fromEntries(
      Object.entries(settings.categories).flatMap(([category, values]) =>
        values[name] === undefined ? [] : [[category, values[name]]],
      ),
    ),
  }))
}
