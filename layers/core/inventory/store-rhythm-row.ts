import { storeListing, storeListingKey, zoneOf } from '#core/catalogue/listings.ts'
import { offsetAt } from '#core/metrics/business-time.ts'
import { type Folded, projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'
import { merchantSettings, settingsKey } from '#core/settings/settings.ts'
import { BOOKED, type Booked } from '#core/trade/booked.ts'
import { type HourCounts, NO_HOURS, recordHour } from './store-rhythm.ts'

/** At which hours of its day a store sells. */
export const storeRhythm = projection<HourCounts>({
  name: 'store-rhythms',
  version: 1,
  of: [BOOKED],
  key: (e) => ((e.data as Booked).kind === 'sale' ? storeRhythmKey(e) : undefined),
  empty: NO_HOURS,
  beside: {
    settings: { of: merchantSettings, key: settingsKey },
    store: { of: storeListing, key: storeListingKey },
  },
  fold: (row, e, { settings, store }) => {
    return recordHour(row, e.at, (e.data as Booked).quantity, offsetAt(e.at, zoneOf(store, settings)))
  },
})

export const storeRhythmKey = (e: Folded): string => rowKey(e.merchantId, e.storeId)
