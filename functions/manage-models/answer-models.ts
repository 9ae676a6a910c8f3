import type { DemandModelsAnswer } from '#core/api/demand-models.ts'
import { manifestsOf, readChampion, shownChampion } from '#runtime/demand-models.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { freshnessAt } from '#runtime/read-lag.ts'

/** Every version, the newest first, and who serves. */
export async function answerModels(
  { log, state, objects, clock }: Ports,
  request: HttpRequest,
): Promise<DemandModelsAnswer> {
  const { merchantId } = viewerIn(request)
  const fresh = await freshnessAt({ log, state }, clock.now())
  const row = await readChampion(state, merchantId)
  const versions = (await manifestsOf(objects, merchantId)).toReversed()
  return {
    ...fresh,
    ...shownChampion(row),
    earlier: [...row.earlier],
    judged: row.judged === undefined ? null : { ...row.judged, at: new Date(row.judged.at).toISOString() },
    versions: versions.map(({ features, ...manifest }) => ({
      ...manifest,
      features: features.length,
      isServing: manifest.version === row.champion?.version,
    })),
  }
}
