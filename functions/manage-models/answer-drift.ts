import type { DriftAnswer } from '#core/api/demand-models.ts'
import { FEATURE_GROUPS, featureGroup } from '#core/demand/feature-words.ts'
import { FALSE_ALARMS } from '#core/demand/stability.ts'
import { settingOf } from '#core/settings/settings.ts'
import { readDrift } from '#runtime/check-drift.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { readSettings } from '#runtime/read-catalogue.ts'
import { freshnessAt } from '#runtime/read-lag.ts'

/** What checks found, the newest first. */
export async function answerDrift({ log, state, clock }: Ports, request: HttpRequest): Promise<DriftAnswer> {
  const { merchantId } = viewerIn(request)
  const fresh = await freshnessAt({ log, state }, clock.now())
  const { checks } = await readDrift(state, merchantId)
  return {
    ...fresh,
    // Of features, and of the error: either alarms.
    falseAlarms: 2 * FALSE_ALARMS,
    trainOnDrift: settingOf('trainOnDrift', await readSettings(state, merchantId)),
    checks: checks.toReversed().map(({ at, shifts, ...check }) => ({
      ...check,
      at: new Date(at).toISOString(),
      shifts: shifts.map((shift) => ({ ...shift, about: FEATURE_GROUPS[featureGroup(shift.feature)] })),
    })),
  }
}
