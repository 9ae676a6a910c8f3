import type { DemandModelsAnswer } from '#core/api/demand-models.ts'
import type { ChampionRow } from '#core/demand/champion.ts'
import { manifestsOf, readChampion } from '#runtime/demand-models.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { freshnessAt } from '#runtime/read-lag.ts'

export const servingOf = ({ champion, baseline }: ChampionRow): DemandModelsAnswer['serving'] => ({
  version: champion?.version ?? null,
  since: champion === undefined ? null : new Date(champion.since).toISOString(),
  baseline,
})

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
    serving: servingOf(row),
    earlier: [...row.earlier],
    judged: row.judged === undefined ? null : { ...row.judged, at: new Date(row.judged.at).toISOString() },
    versions: versions.map(({ features, ...manifest }) => ({
      ...manifest,
      features: features.length,
      isServing: manifest.version === row.champion?.version,
    })),
  }
}
