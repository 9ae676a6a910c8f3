/**
 * Ranking within queries: LambdaMART, C. Burges, From RankNet to LambdaRank to LambdaMART, MSR-TR-2010-82. Two rows of a
 * query whose grades differ push each other apart by the change of NDCG that their exchange would make. Lambdas are
 * normalised by query, as in LightGBM, so that a long one does not outweigh the rest.
 */
import { checkEach, type Objective, TargetError, type Targets } from './objective.ts'

const MOST_GRADE = 30
const gainOf = (grade: number): number => 2 ** grade - 1
/** At a place from 0. */
const discountOf = (place: number): number => 1 / Math.log2(place + 2)

export interface Truncations {
  /** Pairs of which neither row stands among so many first ones push nothing. */
  readonly pushedPlaces: number
  /** The loss is 1 - NDCG at this place. */
  readonly judgedPlaces: number
}

/** Targets are grades, whole numbers from 0 (of no use) to 30. A row's weight multiplies what pushes it. */
export function lambdamart({ pushedPlaces, judgedPlaces }: Truncations): Objective {
  return {
    link: 'identity',
    check: (targets) => {
      checkEach(
        targets,
        (value) => Number.isInteger(value) && value >= 0 && value <= MOST_GRADE,
        `a whole number from 0 to ${MOST_GRADE}`,
      )
      const rows = queriesOf(targets).at(-1)?.end ?? 0
      if (rows !== targets.target.length)
        throw new TargetError(`the groups hold ${rows} rows, the table ${targets.target.length}`)
    },
    initialScore: () => 0,
    putGradients: (scores, targets, into) => {
      into.fill(0)
      for (const query of queriesOf(targets)) pushApart(query, scores, targets, pushedPlaces, into)
    },
    loss: (scores, targets) => 1 - meanNdcg(scores, targets, judgedPlaces),
  }
}

interface Query {
  readonly start: number
  readonly end: number
}

function queriesOf({ groups }: Targets): Query[] {
  if (!groups) throw new TargetError('ranking needs groups: how many rows each query has')
  let end = 0
  return Array.from(groups, (rows) => ({ start: end, end: (end += rows) }))
}

/** Rows of a query, best score first; of equal scores the first row. */
const ranked = ({ start, end }: Query, scores: Float64Array): Uint32Array =>
  Uint32Array.from({ length: end - start }, (_, k) => start + k).sort((a, b) => scores[b]! - scores[a]! || a - b)

/** DCG of the best order. */
function bestDcg({ start, end }: Query, target: Float64Array, places: number): number {
  const grades = target.slice(start, end).sort().reverse()
  return grades.subarray(0, places).reduce((sum, grade, place) => sum + gainOf(grade) * discountOf(place), 0)
}

function pushApart(
  query: Query,
  scores: Float64Array,
  { target, weights }: Targets,
  places: number,
  into: Float32Array,
): void {
  const order = ranked(query, scores)
  const best = bestDcg(query, target, places)
  if (best === 0) return
  const count = order.length
  const [lambdas, hessians] = [new Float64Array(count), new Float64Array(count)]
  const spread = scores[order[0]!]! !== scores[order[count - 1]!]!
  let pushed = 0
  for (let a = 0; a < Math.min(places, count - 1); a++) {
    for (let b = a + 1; b < count; b++) {
      const difference = target[order[a]!]! - target[order[b]!]!
      if (difference === 0) continue
      const [higher, lower] = difference > 0 ? [a, b] : [b, a]
      const apart = scores[order[higher]!]! - scores[order[lower]!]!
      const gain = gainOf(target[order[higher]!]!) - gainOf(target[order[lower]!]!)
      let change = (gain * Math.abs(discountOf(a) - discountOf(b))) / best
      if (spread) change /= 0.01 + Math.abs(apart)
      const wrong = 1 / (1 + Math.exp(apart))
      const lambda = change * wrong
      const hessian = change * wrong * (1 - wrong)
      lambdas[higher]! -= lambda
      lambdas[lower]! += lambda
      hessians[higher]! += hessian
      hessians[lower]! += hessian
      pushed += 2 * lambda
    }
  }
  const norm = pushed > 0 ? Math.log2(1 + pushed) / pushed : 1
  for (let k = 0; k < count; k++) {
    const row = order[k]!
    const scale = norm * (weights ? weights[row]! : 1)
    into[2 * row] = lambdas[k]! * scale
    into[2 * row + 1] = hessians[k]! * scale
  }
}

/** Mean NDCG of the queries; a query without any grade counts 1. */
export function meanNdcg(scores: Float64Array, targets: Targets, places: number): number {
  const queries = queriesOf(targets)
  const sum = queries.reduce((total, query) => {
    const best = bestDcg(query, targets.target, places)
    if (best === 0) return total + 1
    const order = ranked(query, scores).subarray(0, places)
    const dcg = order.reduce((so, row, place) => so + gainOf(targets.target[row]!) * discountOf(place), 0)
    return total + dcg / best
  }, 0)
  return sum / Math.max(1, queries.length)
}
