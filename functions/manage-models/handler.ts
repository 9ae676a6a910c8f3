import {
  accuracyAnswer,
  demandModelsAnswer,
  driftAnswer,
  promoteRequest,
  servingAnswer,
} from '#core/api/demand-models.ts'
import type { ChampionRow } from '#core/demand/champion.ts'
import {
  demoteModel,
  NoSuchModelError,
  promoteModel,
  rollBackModel,
  seenChampion,
  shownChampion,
} from '#runtime/demand-models.ts'
import { bodyIn, HttpError, httpHandler, json, versionIn, viewerIn } from '#runtime/http-handler.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { answerAccuracy } from './answer-accuracy.ts'
import { answerDrift } from './answer-drift.ts'
import { answerModels } from './answer-models.ts'

/** Versions of the demand model, which one serves, what it was worth, and whether it still fits. */
export const handler = httpHandler((ports) => async (request) => {
  const by = viewerIn(request)
  switch (request.route) {
    case 'GET /models/demand':
      return json(200, demandModelsAnswer.parse(await answerModels(ports, request)))
    case 'GET /models/demand/accuracy':
      return json(200, accuracyAnswer.parse(await answerAccuracy(ports, request)))
    case 'GET /models/demand/drift':
      return json(200, driftAnswer.parse(await answerDrift(ports, request)))
    case 'POST /models/demand/promote': {
      const { version } = bodyIn(request, promoteRequest)
      return served(version === null ? await demoteModel(ports, by, versionIn(request)) : await promoted(version))
    }
    default: {
      const turn = versionIn(request)
      const row = await seenChampion(ports.state, by.merchantId, turn)
      const isLast = row.champion === undefined && row.earlier.length === 0
      return served(isLast ? row : await rollBackModel(ports, by, turn))
    }
  }

  async function promoted(version: string) {
    try {
      return await promoteModel(ports, by, version, versionIn(request))
    } catch (error) {
      if (error instanceof NoSuchModelError) throw new HttpError(404, `There is no version ${version}`)
      throw error
    }
  }

  async function served(row: ChampionRow) {
    const fresh = await freshnessAt(ports, ports.clock.now())
    return json(200, servingAnswer.parse({ ...fresh, ...shownChampion(row) }))
  }
})
