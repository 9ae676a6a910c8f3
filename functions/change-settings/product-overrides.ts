import type { ProductSettingsAnswer } from '#core/api/settings.ts'
import { partsOf, under } from '#core/row-key.ts'
import { type ProductSettingsRow, productSettings } from '#core/settings/settings.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { cursorIn, cursorOf, limitIn, restOf } from '#runtime/query-parameters.ts'
import { readProducts } from '#runtime/read-catalogue.ts'
import { freshnessAt } from '#runtime/read-lag.ts'

/** Products of which something is decided. A page may hold fewer than asked for: what went back to its default is left out. */
export async function productOverrides(ports: Ports, request: HttpRequest): Promise<ProductSettingsAnswer> {
  const { state, log, clock } = ports
  const { merchantId } = viewerIn(request)
  const limit = limitIn(request)
  const fresh = await freshnessAt({ log, state }, clock.now())
  const range = restOf(under('0', merchantId), cursorIn(request))
  const rows = await state.query({ table: productSettings.name, range, limit: limit + 1 })
  const page = rows.slice(0, limit).map(({ key, row }) => ({
    productId: partsOf(key)[2]!,
    values: { ...(row as ProductSettingsRow).values },
  }))
  const decided = page.filter(({ values }) => Object.keys(values).length > 0)
  const listings = await readProducts(
    state,
    merchantId,
    decided.map(({ productId }) => productId),
  )
  return {
    ...fresh,
    items: decided.map(({ productId, values }) => {
      const { title = null, category = null } = listings.get(productId) ?? {}
      return { productId, title, category, values }
    }),
    next: rows.length > limit ? cursorOf(rows[limit - 1]!.key) : null,
  }
}
